import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureWords } from '#console/look/notice.tsx';
import { Door } from '#console/session/door.tsx';
import { SignInCodePage } from '#console/session/sign-in-code-page.tsx';
import type { HubClient } from '#contracts/rest/v1/client/hub-client';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import type { Session } from '#contracts/rest/v1/session';

interface SignInValues {
  readonly name: string;
  readonly password: string;
}

export interface SignInPageProps {
  readonly api: HubClient;
  /** A session was there and is over. */
  readonly reason: 'first' | 'ended';
  readonly onSignedIn: (session: Session) => void;
}

export function SignInPage(props: SignInPageProps): ReactNode {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<HubFailure>();
  const [busy, setBusy] = useState(false);
  const [challenge, setChallenge] = useState<string>();
  const first = useRef<InputRef>(null);
  useEffect(() => first.current?.focus(), []);

  const signIn = async (values: SignInValues) => {
    setBusy(true);
    const answer = await props.api.signIn({
      body: { name: values.name, password: values.password },
    });
    setBusy(false);
    if (!answer.ok) setFailure(answer.failure);
    else if ('next' in answer.value) setChallenge(answer.value.challenge);
    else props.onSignedIn(answer.value);
  };

  if (challenge !== undefined) {
    const { api, onSignedIn } = props;
    const onBack = () => setChallenge(undefined);
    return <SignInCodePage {...{ api, challenge, onSignedIn, onBack }} />;
  }
  const required = [{ required: true, message: t('people.required') }];
  return (
    <Door title={t('session.title')}>
      {failure === undefined && props.reason === 'ended' && (
        <Alert type="info" title={t('session.ended')} />
      )}
      {failure !== undefined && <SignInFailure failure={failure} />}
      <Form<SignInValues>
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={(values) => void signIn(values)}
      >
        <Form.Item name="name" label={t('session.name')} rules={required}>
          <Input ref={first} autoComplete="username" maxLength={60} />
        </Form.Item>
        <Form.Item name="password" label={t('session.password')} rules={required}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t('session.signIn')}
        </Button>
      </Form>
      <p className="foot">{t('session.firstTime')}</p>
    </Door>
  );
}

function SignInFailure(props: { readonly failure: HubFailure }): ReactNode {
  const { t } = useTranslation();
  const words = useFailureWords()(props.failure);
  if (props.failure.kind === 'signed-out') {
    return <Alert type="error" title={props.failure.problem?.title ?? t('session.wrong')} />;
  }
  return <Alert type="error" title={words.title} description={words.hint} />;
}
