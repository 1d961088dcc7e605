import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureWords } from '#console/look/notice.tsx';
import { Door } from '#console/session/door.tsx';
import type { HubClient } from '#contracts/rest/v1/client/hub-client';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import type { Session } from '#contracts/rest/v1/session';

const SIX_DIGITS = /^\d{3} ?\d{3}$/;

export interface SignInCodePageProps {
  readonly api: HubClient;
  readonly challenge: string;
  readonly onSignedIn: (session: Session) => void;
  readonly onBack: () => void;
}

/** The second factor: what an application shows, or what was printed for the day the phone is lost. */
export function SignInCodePage(props: SignInCodePageProps): ReactNode {
  const { t } = useTranslation();
  const words = useFailureWords();
  const [failure, setFailure] = useState<HubFailure>();
  const [busy, setBusy] = useState(false);
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);

  const send = async ({ code }: { readonly code: string }) => {
    setBusy(true);
    const { challenge } = props;
    const kind = SIX_DIGITS.test(code.trim()) ? 'application' : 'recovery';
    const answer = await props.api.signInCode({ body: { kind, challenge, code: code.trim() } });
    setBusy(false);
    if (answer.ok) props.onSignedIn(answer.value);
    else setFailure(answer.failure);
  };

  return (
    <Door title={t('session.codeTitle')} why={t('session.codeWhy')}>
      {failure !== undefined && <Alert type="error" title={words(failure).title} />}
      <Form<{ code: string }>
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={(values) => void send(values)}
      >
        <Form.Item
          name="code"
          label={t('session.code')}
          extra={t('session.codeHint')}
          rules={[{ required: true, message: t('people.required') }]}
        >
          <Input ref={field} autoComplete="one-time-code" maxLength={60} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t('session.codeSend')}
        </Button>
        <Button type="link" onClick={props.onBack} block>
          {t('session.codeBack')}
        </Button>
      </Form>
    </Door>
  );
}
