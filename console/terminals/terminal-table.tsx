import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { agoOf, spanOf } from '#console/language/format';
import { localeOf } from '#console/language/language';
import { Icon } from '#console/look/icon.tsx';
import type { Terminal } from '#contracts/rest/v1/terminals';

export interface TerminalTableProps {
  readonly terminals: readonly Terminal[];
  readonly now: Temporal.Instant;
  readonly empty: ReactNode;
}

/** Normal has no colour: only what wants a look is amber, and it has a shape or a word too. */
export function TerminalTable(props: TerminalTableProps): ReactNode {
  const columns = useColumns(props.now);
  return (
    <Table<Terminal>
      className="rows two-lines"
      rowKey="terminalId"
      columns={columns}
      dataSource={[...props.terminals]}
      locale={{ emptyText: props.empty }}
      pagination={false}
    />
  );
}

function useColumns(now: Temporal.Instant): TableColumnsType<Terminal> {
  const { t } = useTranslation();
  return [
    {
      title: t('terminals.name'),
      render: (_, terminal) => (
        <TwoLines
          first={<b>{terminal.name}</b>}
          second={[terminal.terminalId, terminal.app].filter(Boolean).join(' · ')}
        />
      ),
    },
    {
      title: t('terminals.state'),
      width: 128,
      render: (_, terminal) => <State terminal={terminal} now={now} />,
    },
    { title: t('terminals.queue'), width: 84, render: (_, terminal) => <Queue {...terminal} /> },
    {
      title: t('terminals.gallery'),
      width: 104,
      render: (_, terminal) => <Gallery {...terminal} />,
    },
    {
      title: t('terminals.device'),
      width: 140,
      render: (_, terminal) => (
        <TwoLines first={<Camera {...terminal} />} second={<Disk {...terminal} />} />
      ),
    },
    {
      title: t('terminals.clock'),
      width: 136,
      render: (_, terminal) => <ClockState {...terminal} />,
    },
    {
      title: t('terminals.refusals'),
      width: 120,
      render: (_, terminal) => <Refusals terminal={terminal} now={now} />,
    },
  ];
}

interface TwoLinesProps {
  readonly first: ReactNode;
  readonly second?: ReactNode;
}

function TwoLines(props: TwoLinesProps): ReactNode {
  return (
    <span className="lines">
      <span>{props.first}</span>
      <span className="quiet">{props.second}</span>
    </span>
  );
}

interface AtProps {
  readonly terminal: Terminal;
  readonly now: Temporal.Instant;
}

function State(props: AtProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { online, lastContactAt } = props.terminal;
  const ago =
    lastContactAt === undefined
      ? t('terminals.neverContact')
      : agoOf(lastContactAt, props.now, localeOf(i18n.language));
  const word = online ? (
    t('terminals.online')
  ) : (
    <span className="warn">
      <Icon name="offline" />
      {t('terminals.offline')}
    </span>
  );
  return <TwoLines first={word} second={ago} />;
}

function Queue(props: Terminal): ReactNode {
  const { t } = useTranslation();
  if (props.queueDepth === 0) return <span className="quiet">{t('terminals.queueNone')}</span>;
  return props.queueDepth;
}

function Gallery(props: Terminal): ReactNode {
  const { t } = useTranslation();
  const behind = props.headRev - props.galleryRev;
  const revs = t('terminals.galleryRev', { rev: props.galleryRev, head: props.headRev });
  if (behind <= 0) return <TwoLines first={t('terminals.galleryCurrent')} second={revs} />;
  const words = t('terminals.galleryBehind', { count: behind });
  return <TwoLines first={<span className="warn">{words}</span>} second={revs} />;
}

function Camera(props: Terminal): ReactNode {
  const { t } = useTranslation();
  const words = t(`camera.${props.camera}`);
  if (props.camera === 'live') return words;
  if (props.camera === 'unknown') return <span className="quiet">{words}</span>;
  return (
    <span className="warn">
      <Icon name="warn" />
      {words}
    </span>
  );
}

function Disk(props: Terminal): ReactNode {
  const { t } = useTranslation();
  const words = t(`disk.${props.disk}`);
  if (props.disk === 'ok') return words;
  return (
    <span className={props.disk === 'full' ? 'stop' : 'warn'}>
      <Icon name="warn" />
      {words}
    </span>
  );
}

function ClockState(props: Terminal): ReactNode {
  const { t } = useTranslation();
  const { clock } = props;
  if (clock === undefined) return <span className="quiet">{t('terminals.unknown')}</span>;
  const words = t(`clock.${clock.trust}`);
  const offset = t('terminals.clockOffset', {
    offset: spanOf(clock.offsetMs),
    error: spanOf(clock.errorMs),
  });
  const first = clock.trust === 'synced' ? words : <span className="warn">{words}</span>;
  return <TwoLines first={first} second={offset} />;
}

function Refusals(props: AtProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { count, lastReason, lastAt } = props.terminal.refusals;
  if (count === 0) return <span className="quiet">{t('terminals.refusalsNone')}</span>;
  const reason = lastReason === undefined ? '' : t(`refusal.${lastReason}`);
  const ago = lastAt === undefined ? '' : agoOf(lastAt, props.now, localeOf(i18n.language));
  const words = t('terminals.refusalsCount', { count });
  return (
    <TwoLines
      first={<span className="warn">{[words, reason].filter(Boolean).join(' · ')}</span>}
      second={ago}
    />
  );
}
