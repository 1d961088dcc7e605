import { Button, Input, Segmented } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOf } from '#console/language/format';
import { Icon } from '#console/look/icon.tsx';
import { FailureNotice, LoadingRows, Notice, StaleBand } from '#console/look/notice.tsx';
import { useNow } from '#console/look/now';
import { useTerminals } from '#console/terminals/terminals';
import { DayChoice } from '#console/today/day-choice.tsx';
import { DayLine } from '#console/today/day-line.tsx';
import {
  type DirectionChoice,
  figuresOf,
  matchingPunches,
  type PunchFilter,
  quartersOf,
} from '#console/today/punch-list';
import { PunchTable } from '#console/today/punch-table.tsx';
import { type DayPunches, useDayPunches } from '#console/today/today-punches';
import type { Punch } from '#contracts/rest/v1/punches';

const everything: PunchFilter = { words: '', direction: 'all' };

export function TodayPage(props: { readonly date: string | undefined }): ReactNode {
  const day = useDayPunches(props.date);
  const { value, failure } = day.resource;
  if (value !== undefined) return <Day {...day} value={value} />;
  return (
    <section className="sheet">
      {failure === undefined ? (
        <LoadingRows />
      ) : (
        <FailureNotice failure={failure} onRetry={day.reload} />
      )}
    </section>
  );
}

interface DayProps extends DayPunches {
  readonly value: NonNullable<DayPunches['resource']['value']>;
}

function Day(props: DayProps): ReactNode {
  const { t } = useTranslation();
  const { value, punches, resource } = props;
  const now = useNow().toZonedDateTimeISO(value.zone);
  const [filter, setFilter] = useState(everything);
  const matching = useMemo(() => matchingPunches(punches, filter), [punches, filter]);
  const shown = Temporal.PlainDate.from(value.date);
  const today = now.toPlainDate();
  const isToday = shown.equals(today);
  const total = value.total + Math.max(0, punches.length - value.punches.length);
  return (
    <>
      <div className="head">
        <h1>{isToday ? t('today.title') : t('today.dayTitle')}</h1>
        <span className="quiet">{t('today.zone', { zone: value.zone })}</span>
        <DayChoice shown={shown} today={today} />
      </div>
      {resource.failure !== undefined && resource.readAt !== undefined && (
        <StaleBand
          failure={resource.failure}
          since={timeOf(resource.readAt.toString(), value.zone)}
          onRetry={props.reload}
        />
      )}
      <section className="sheet day">
        <Figures punches={punches} of={total > punches.length ? 'newest' : 'all'} />
        <DayLine
          quarters={quartersOf(punches, value.zone)}
          now={isToday ? now.hour * 4 + now.minute / 15 : undefined}
        />
      </section>
      <section className="sheet">
        <FilterBar filter={filter} onChange={setFilter}>
          {total > punches.length && (
            <span className="warn">{t('today.tooMany', { total, shown: punches.length })}</span>
          )}
        </FilterBar>
        <PunchTable
          punches={matching}
          arrivedIds={props.arrivedIds}
          zone={value.zone}
          empty={
            <NoPunches
              filtered={punches.length > 0}
              isToday={isToday}
              onClear={() => setFilter(everything)}
            />
          }
        />
      </section>
    </>
  );
}

interface FiguresProps {
  readonly punches: readonly Punch[];
  /** Counts over the newest only are lower bounds, and say so. */
  readonly of: 'all' | 'newest';
}

function Figures(props: FiguresProps): ReactNode {
  const { t } = useTranslation();
  const figures = figuresOf(props.punches);
  const { resource } = useTerminals();
  const terminals = resource.value;
  const online = terminals?.filter((terminal) => terminal.online).length;
  const bound = props.of === 'newest' ? '≥ ' : '';
  const waiting = terminals?.reduce((sum, terminal) => sum + terminal.queueDepth, 0);
  return (
    <dl className="figures">
      <Figure name={t('today.peopleSeen')} count={figures.peopleSeen} bound={bound} />
      <Figure name={t('today.punches')} count={figures.punches} bound={bound} />
      <Figure name={t('today.withdrawn')} count={figures.withdrawn} bound={bound} />
      <Figure name={t('today.terminalsOnline')} count={online} of={terminals?.length} />
      <Figure name={t('today.waitingToSend')} count={waiting} />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  /** Undefined while not known: no number is better than a wrong 0. */
  readonly count: number | undefined;
  readonly of?: number | undefined;
  readonly bound?: string;
}

function Figure(props: FigureProps): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.bound}
        {props.count ?? '–'}
        {props.of !== undefined && <small> / {props.of}</small>}
      </dd>
    </div>
  );
}

interface FilterBarProps {
  readonly filter: PunchFilter;
  readonly onChange: (filter: PunchFilter) => void;
  readonly children: ReactNode;
}

function FilterBar(props: FilterBarProps): ReactNode {
  const { t } = useTranslation();
  const { filter, onChange } = props;
  return (
    <div className="bar">
      <Input
        className="find"
        allowClear
        prefix={<Icon name="find" />}
        placeholder={t('today.filter')}
        aria-label={t('today.filter')}
        value={filter.words}
        onChange={(event) => onChange({ ...filter, words: event.target.value })}
      />
      <Segmented<DirectionChoice>
        value={filter.direction}
        onChange={(direction) => onChange({ ...filter, direction })}
        options={[
          { value: 'all', label: t('today.allDirections') },
          { value: 'in', label: t('direction.in') },
          { value: 'out', label: t('direction.out') },
        ]}
      />
      {props.children}
    </div>
  );
}

interface NoPunchesProps {
  readonly filtered: boolean;
  readonly isToday: boolean;
  readonly onClear: () => void;
}

function NoPunches(props: NoPunchesProps): ReactNode {
  const { t } = useTranslation();
  if (props.filtered) {
    return (
      <Notice icon="find" title={t('today.emptyFilter')} hint={t('today.emptyFilterHint')}>
        <Button onClick={props.onClear}>{t('today.clearFilter')}</Button>
      </Notice>
    );
  }
  const words = props.isToday ? 'empty' : 'emptyDay';
  return <Notice icon="today" title={t(`today.${words}`)} hint={t(`today.${words}Hint`)} />;
}
