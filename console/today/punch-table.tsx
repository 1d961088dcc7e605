import { Table, type TableColumnsType, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOf } from '#console/language/format';
import { Icon } from '#console/look/icon.tsx';
import { receiptOf, shortHashOf } from '#console/today/punch-list';
import { PunchReceipt, scoreOf } from '#console/today/punch-receipt.tsx';
import type { Punch } from '#contracts/rest/v1/punches';

/** What a reader can scan; the rest is a page away, and the filter nearer. */
const ROWS_PER_PAGE = 50;

export interface PunchTableProps {
  readonly punches: readonly Punch[];
  readonly arrivedIds: ReadonlySet<string>;
  readonly zone: string;
  readonly empty: ReactNode;
}

export function PunchTable(props: PunchTableProps): ReactNode {
  const columns = useColumns(props.zone);
  const rowClass = (punch: Punch): string =>
    [punch.voided && 'voided', props.arrivedIds.has(punch.id) && 'arrived']
      .filter(Boolean)
      .join(' ');
  return (
    <Table<Punch>
      className="rows"
      rowKey="id"
      columns={columns}
      dataSource={[...props.punches]}
      rowClassName={rowClass}
      locale={{ emptyText: props.empty }}
      pagination={{ pageSize: ROWS_PER_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
      expandable={{
        expandRowByClick: true,
        columnWidth: 34,
        expandedRowRender: receiptIn(props.zone),
        expandIcon: unfold,
      }}
    />
  );
}

function receiptIn(zone: string): (punch: Punch) => ReactNode {
  return (punch) => <PunchReceipt punch={punch} zone={zone} />;
}

type Unfolding = NonNullable<TableProps<Punch>['expandable']>;
type UnfoldProps = Parameters<NonNullable<Unfolding['expandIcon']>>[0];

function unfold(props: UnfoldProps): ReactNode {
  return <Unfold {...props} />;
}

function Unfold(props: UnfoldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={props.expanded ? 'unfold open' : 'unfold'}
      aria-expanded={props.expanded}
      aria-label={t('today.details')}
      onClick={(event) => props.onExpand(props.record, event)}
    >
      <Icon name="next" />
    </button>
  );
}

function useColumns(zone: string): TableColumnsType<Punch> {
  const { t } = useTranslation();
  return [
    { title: t('today.time'), width: 96, render: (_, punch) => <Time punch={punch} zone={zone} /> },
    { title: t('today.person'), render: (_, punch) => <Who punch={punch} /> },
    { title: t('today.direction'), width: 92, render: (_, punch) => <Direction punch={punch} /> },
    { title: t('today.method'), width: 104, render: (_, punch) => t(`method.${punch.method}`) },
    { title: t('today.terminal'), dataIndex: 'terminalName', ellipsis: true },
    {
      title: t('today.similarity'),
      width: 88,
      align: 'right',
      render: (_, punch) => scoreOf(punch.confidence) ?? <i className="quiet">–</i>,
    },
    {
      title: t('today.liveness'),
      width: 80,
      align: 'right',
      responsive: ['lg'],
      render: (_, punch) => scoreOf(punch.liveness) ?? <i className="quiet">–</i>,
    },
    {
      title: t('today.wifi'),
      width: 150,
      ellipsis: true,
      responsive: ['xl'],
      render: (_, punch) => <Wifi punch={punch} />,
    },
    {
      title: t('today.receipt'),
      width: 216,
      responsive: ['xl'],
      render: (_, punch) => (
        <span className="quiet">
          {receiptOf(punch)} · {shortHashOf(punch)}
        </span>
      ),
    },
  ];
}

/** Outlined with the word for "about" where the terminal's clock was not to be trusted. */
function Time(props: { readonly punch: Punch; readonly zone: string }): ReactNode {
  const { t } = useTranslation();
  const { punch, zone } = props;
  const time = <time dateTime={punch.punchedAt}>{timeOf(punch.punchedAt, zone)}</time>;
  if (punch.clock === 'synced') return time;
  return (
    <span className="doubt" title={`${t('today.clock')}: ${t(`clock.${punch.clock}`)}`}>
      {time}
      <Icon name="clock" />
    </span>
  );
}

function Who(props: { readonly punch: Punch }): ReactNode {
  const { t } = useTranslation();
  const { punch } = props;
  return (
    <span className="who">
      <b>{punch.name ?? t('today.unknownPerson')}</b>
      <span className="quiet">{punch.employeeNo}</span>
      {punch.voided && (
        <span className="why" title={t('today.voided')}>
          {t('today.voidedShort')}
        </span>
      )}
    </span>
  );
}

/** Like the door plate: solid when arriving, turned inside out when leaving. */
function Direction(props: { readonly punch: Punch }): ReactNode {
  const { t } = useTranslation();
  const direction = props.punch.direction ?? 'unknown';
  return <span className={`plate ${direction}`}>{t(`direction.${direction}`)}</span>;
}

function Wifi(props: { readonly punch: Punch }): ReactNode {
  const { t } = useTranslation();
  const { wifi } = props.punch;
  if (wifi === undefined) return <i className="quiet">–</i>;
  return 'absent' in wifi ? <span className="quiet">{t(`wifi.${wifi.absent}`)}</span> : wifi.ssid;
}
