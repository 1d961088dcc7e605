import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '#console/look/icon.tsx';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';

export interface NoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
}

/** What stands where rows would stand: nothing yet, nothing found, nothing reachable. */
export function Notice(props: NoticeProps): ReactNode {
  return (
    <div className="notice">
      <Icon name={props.icon} />
      <div>
        <h2>{props.title}</h2>
        <p>{props.hint}</p>
        {props.children}
      </div>
    </div>
  );
}

/** Shaped like the rows to come, so that nothing jumps when they arrive. */
export function LoadingRows(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status" aria-label={t('unit.loading')}>
      <Skeleton active title={false} paragraph={{ rows: 6, width: '100%' }} />
    </div>
  );
}

/** Says what happened and what happens next, in the reader's words. */
export function useFailureWords(): (failure: HubFailure) => { title: string; hint: string } {
  const { t } = useTranslation();
  return (failure) => {
    switch (failure.kind) {
      case 'offline':
        return { title: t('failure.offline'), hint: t('failure.offlineHint') };
      case 'signed-out':
        return { title: t('failure.signedOut'), hint: t('failure.signedOutHint') };
      case 'unreadable':
        return { title: t('failure.unreadable'), hint: t('failure.unreadableHint') };
      case 'problem':
        return { title: failure.problem.title, hint: failure.problem.detail ?? '' };
    }
  };
}

export interface FailureNoticeProps {
  readonly failure: HubFailure;
  readonly onRetry: () => void;
}

export function FailureNotice(props: FailureNoticeProps): ReactNode {
  const { t } = useTranslation();
  const words = useFailureWords()(props.failure);
  const icon = props.failure.kind === 'offline' ? 'offline' : 'warn';
  return (
    <div role="alert">
      <Notice icon={icon} title={words.title} hint={words.hint}>
        <Button onClick={props.onRetry}>{t('failure.retry')}</Button>
      </Notice>
    </div>
  );
}

export interface StaleBandProps extends FailureNoticeProps {
  /** When the rows below were true, as a wall-clock time. */
  readonly since: string;
}

/** Over rows that were read before and cannot be read again just now. */
export function StaleBand(props: StaleBandProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="band" role="alert">
      <Icon name={props.failure.kind === 'offline' ? 'offline' : 'warn'} />
      <span>
        <b>{useFailureWords()(props.failure).title}</b> {t('failure.stale', { time: props.since })}
      </span>
      <Button onClick={props.onRetry}>{t('failure.retry')}</Button>
    </div>
  );
}
