import { Alert, App, Button, Checkbox, Drawer, Form, type FormInstance, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHub } from '#console/app/hub-context';
import { showFieldErrors } from '#console/look/field-errors';
import { useFailureWords } from '#console/look/notice.tsx';
import { newPerson, type Person } from '#contracts/rest/v1/people';
import type { Locale } from '#contracts/wire/v1/ids';

export type PersonTask =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly person: Person };

interface PersonValues {
  readonly employeeNo: string;
  readonly name: string;
  readonly greetingName: string;
  readonly locale: Locale;
  readonly manager: boolean;
  readonly pin?: string;
}

const names = ['employeeNo', 'name', 'greetingName', 'locale', 'manager', 'pin'] as const;

export interface PersonDrawerProps {
  readonly task: PersonTask | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function PersonDrawer(props: PersonDrawerProps): ReactNode {
  const { t } = useTranslation();
  const { task } = props;
  const title =
    task?.kind === 'edit'
      ? t('people.editTitle', { name: task.person.name })
      : t('people.addTitle');
  return (
    <Drawer
      open={task !== undefined}
      title={title}
      size={400}
      destroyOnHidden
      onClose={props.onClose}
    >
      {task !== undefined && <PersonForm {...props} task={task} />}
    </Drawer>
  );
}

interface PersonFormProps extends PersonDrawerProps {
  readonly task: PersonTask;
}

function PersonForm(props: PersonFormProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { task } = props;
  const [form] = Form.useForm<PersonValues>();
  const { complaint, busy, save } = useSave(form, props);
  const fits = useFits();
  const isNew = task.kind === 'add';
  const initial = isNew ? { locale: i18n.language, manager: false } : task.person;
  return (
    <Form<PersonValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(values) => void save(values)}
    >
      {complaint !== undefined && <Alert type="error" title={complaint} />}
      <Form.Item name="employeeNo" label={t('people.employeeNo')} rules={[fits('employeeNo')]}>
        <Input autoFocus={isNew} autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item name="name" label={t('people.name')} rules={[fits('name')]}>
        <Input autoComplete="off" maxLength={80} />
      </Form.Item>
      <Form.Item
        name="greetingName"
        label={t('people.greetingName')}
        extra={t('people.greetingHint')}
        rules={[fits('greetingName')]}
      >
        <Input autoComplete="off" maxLength={40} />
      </Form.Item>
      <Form.Item name="locale" label={t('people.locale')}>
        <Radio.Group
          options={[
            { value: 'zh-CN', label: t('locale.zh-CN') },
            { value: 'en', label: t('locale.en') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="pin"
        label={t('people.pin')}
        extra={!isNew && task.person.hasPin ? t('people.pinKeep') : t('people.pinHint')}
        rules={[fits('pin')]}
      >
        <Input.Password autoComplete="new-password" inputMode="numeric" maxLength={12} />
      </Form.Item>
      <Form.Item name="manager" valuePropName="checked" extra={t('people.managerHint')}>
        <Checkbox>{t('people.manager')}</Checkbox>
      </Form.Item>
      <div className="form-acts">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('people.save')}
        </Button>
        <Button onClick={props.onClose}>{t('people.cancel')}</Button>
      </div>
    </Form>
  );
}

/** The contract's own rule for a field, worded for the reader. */
function useFits(): (field: 'employeeNo' | 'name' | 'greetingName' | 'pin') => {
  readonly validator: (rule: unknown, value: unknown) => Promise<void>;
} {
  const { t } = useTranslation();
  return (field) => ({
    validator: async (_, value) => {
      const given = value === '' ? undefined : value;
      if (newPerson.shape[field].safeParse(given).success) return;
      throw new Error(given === undefined ? t('people.required') : t(`people.${field}Rule`));
    },
  });
}

interface Saving {
  readonly complaint: string | undefined;
  readonly busy: boolean;
  readonly save: (values: PersonValues) => Promise<void>;
}

function useSave(form: FormInstance<PersonValues>, props: PersonFormProps): Saving {
  const { t } = useTranslation();
  const { api } = useHub();
  const { message } = App.useApp();
  const words = useFailureWords();
  const [complaint, setComplaint] = useState<string>();
  const [busy, setBusy] = useState(false);

  const save = async (values: PersonValues): Promise<void> => {
    const { pin, ...rest } = values;
    const body = pin === undefined || pin === '' ? rest : { ...rest, pin };
    setBusy(true);
    const { task } = props;
    const answer =
      task.kind === 'add'
        ? await api.addPerson({ body })
        : await api.changePerson({
            params: { personId: task.person.personId },
            body,
            version: task.person.version,
          });
    setBusy(false);
    if (!answer.ok) {
      const elsewhere = showFieldErrors(form, answer.failure, names);
      setComplaint([words(answer.failure).title, ...elsewhere].join(' · '));
      return;
    }
    const told = task.kind === 'add' ? 'added' : 'saved';
    void message.success(t(`people.${told}`, { name: values.name.trim() }));
    props.onSaved();
    props.onClose();
  };
  return { complaint, busy, save };
}
