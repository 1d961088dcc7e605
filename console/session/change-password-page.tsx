import { Alert, Button, Form, type FormInstance, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showFieldErrors } from '#console/look/field-errors';
import { useFailureWords } from '#console/look/notice.tsx';
import { Door } from '#console/session/door.tsx';
import type { HubClient } from '#contracts/rest/v1/client/hub-client';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import { changePassword, type Session } from '#contracts/rest/v1/session';

interface PasswordValues {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

export interface ChangePasswordPageProps {
  readonly api: HubClient;
  readonly name: string;
  readonly onChanged: (session: Session) => void;
}

export function ChangePasswordPage(props: ChangePasswordPageProps): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<PasswordValues>();
  const { complaint, busy, change } = useChange(form, props);
  const required = { required: true, message: t('people.required') };
  return (
    <Door title={t('session.changeTitle')} why={t('session.changeWhy')}>
      {complaint !== undefined && <Alert type="error" title={complaint} />}
      <Form<PasswordValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={(values) => void change(values)}
      >
        {/* Tells a password keeper whose password this is. */}
        <input className="unseen" autoComplete="username" value={props.name} readOnly />
        <Form.Item name="current" label={t('session.current')} rules={[required]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('session.next')}
          extra={t('session.nextHint')}
          rules={[required, { validator: nextIsLongEnough, message: t('session.nextHint') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('session.nextAgain')}
          dependencies={['next']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: async (_, value: unknown) => {
                if (value !== getFieldValue('next')) throw new Error(t('session.notAlike'));
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t('session.change')}
        </Button>
      </Form>
    </Door>
  );
}

interface Changing {
  readonly complaint: string | undefined;
  readonly busy: boolean;
  readonly change: (values: PasswordValues) => Promise<void>;
}

function useChange(form: FormInstance<PasswordValues>, props: ChangePasswordPageProps): Changing {
  const words = useFailureWords();
  const [complaint, setComplaint] = useState<string>();
  const [busy, setBusy] = useState(false);

  const change = async (values: PasswordValues): Promise<void> => {
    setBusy(true);
    const answer = await props.api.changePassword({
      body: { current: values.current, next: values.next },
    });
    setBusy(false);
    if (answer.ok) return props.onChanged(answer.value);
    const { title } = words(answer.failure);
    if (isWrongPassword(answer.failure)) {
      form.setFields([{ name: 'current', errors: [title] }]);
      return setComplaint(undefined);
    }
    const elsewhere = showFieldErrors(form, answer.failure, ['current', 'next']);
    setComplaint([title, ...elsewhere].join(' · '));
  };
  return { complaint, busy, change };
}

function isWrongPassword(failure: HubFailure): boolean {
  return failure.kind === 'problem' && failure.problem.type === 'urn:lintel:problem:password-wrong';
}

async function nextIsLongEnough(_: unknown, value: unknown): Promise<void> {
  const parsed = changePassword.shape.next.safeParse(value);
  if (!parsed.success) throw parsed.error;
}
