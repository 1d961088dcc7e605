import { Alert, App, Button, Form, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHub } from '#console/app/hub-context';
import { useSite } from '#console/app/site';
import { showFieldErrors } from '#console/look/field-errors';
import { FailureNotice, LoadingRows, useFailureWords } from '#console/look/notice.tsx';
import type { Versioned } from '#contracts/rest/v1/client/given';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import { problemKindOf } from '#contracts/rest/v1/problem';
import type { Site } from '#contracts/rest/v1/terminals';

interface SiteValues {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly zone: string;
}

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

/** The site's names and zone; terminals take them over as they connect. */
export function SiteSheet(): ReactNode {
  const { t } = useTranslation();
  const { value, version, failure, reload, onChanged } = useSite();
  return (
    <section className="sheet">
      <h2>{t('terminals.siteTitle')}</h2>
      {value === undefined && failure === undefined && <LoadingRows />}
      {value === undefined && failure !== undefined && (
        <FailureNotice failure={failure} onRetry={reload} />
      )}
      {value !== undefined && version !== undefined && (
        <SiteForm
          key={version}
          site={value}
          version={version}
          onChanged={onChanged}
          onStale={reload}
        />
      )}
    </section>
  );
}

interface SiteFormProps {
  readonly site: Site;
  readonly version: string;
  readonly onChanged: (site: Versioned<Site>) => void;
  /** Somebody else changed it: what is there now is shown instead. */
  readonly onStale: () => void;
}

function SiteForm(props: SiteFormProps): ReactNode {
  const { t } = useTranslation();
  const { api } = useHub();
  const { message } = App.useApp();
  const words = useFailureWords();
  const [form] = Form.useForm<SiteValues>();
  const [complaint, setComplaint] = useState<string>();
  const { name, zone } = props.site;
  const required = [{ required: true, whitespace: true, message: t('people.required') }];

  const save = async (values: SiteValues) => {
    const names = { 'zh-CN': values.nameZh.trim(), en: values.nameEn.trim() };
    const body = { name: names, zone: values.zone };
    const answer = await api.changeSite({ body, version: props.version });
    if (!answer.ok && isStale(answer.failure)) {
      void message.warning(words(answer.failure).title);
      props.onStale();
      return;
    }
    if (!answer.ok) {
      const elsewhere = showFieldErrors(form, answer.failure, ['zone']);
      setComplaint([words(answer.failure).title, ...elsewhere].join(' · '));
      return;
    }
    setComplaint(undefined);
    props.onChanged(answer.value);
    void message.success(t('terminals.siteSaved'));
  };

  return (
    <Form<SiteValues>
      form={form}
      className="site-form"
      layout="vertical"
      requiredMark={false}
      initialValues={{ nameZh: name['zh-CN'], nameEn: name.en, zone }}
      onFinish={(values) => void save(values)}
    >
      {complaint !== undefined && <Alert type="error" title={complaint} />}
      <Form.Item name="nameZh" label={t('terminals.siteNameZh')} rules={required}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('terminals.siteNameEn')} rules={required}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="zone" label={t('terminals.siteZone')} extra={t('terminals.siteZoneHint')}>
        <Select showSearch options={zones} />
      </Form.Item>
      <Button htmlType="submit">{t('terminals.siteSave')}</Button>
    </Form>
  );
}

function isStale(failure: HubFailure): boolean {
  return failure.kind === 'problem' && problemKindOf(failure.problem) === 'stale';
}
