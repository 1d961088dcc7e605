import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Quarter } from '#console/today/punch-list';

/** An office day; wider when somebody came earlier or left later. */
const OFFICE = { from: 6 * 4, upto: 22 * 4 } as const;
const HEIGHT = 44;
/** The line lies a little below the middle: mornings are steeper than evenings. */
const LINE = 26;

export interface DayLineProps {
  readonly quarters: readonly Quarter[];
  /** Quarter hours since midnight, while the day is still going on. */
  readonly now: number | undefined;
}

/** A day is one drawn line: arrivals stand on it, departures hang from it. */
export function DayLine(props: DayLineProps): ReactNode {
  const { t } = useTranslation();
  const { quarters, now } = props;
  const marks = quarters.map((quarter) => quarter.at);
  const from = Math.floor(Math.min(OFFICE.from, ...marks) / 4) * 4;
  const upto = Math.ceil((Math.max(OFFICE.upto, ...marks) + 1) / 4) * 4;
  const most = Math.max(4, ...quarters.map((q) => Math.max(q.arrivals, q.departures)));
  const hours = Array.from({ length: (upto - from) / 4 + 1 }, (_, n) => from / 4 + n);
  return (
    <figure className="day-line">
      <svg
        viewBox={`${from} 0 ${upto - from} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('today.legend')}
      >
        <rect className="rule" x={from} y={LINE - 1} width={upto - from} height="2" />
        {quarters.map((quarter) => (
          <Bars key={quarter.at} quarter={quarter} most={most} />
        ))}
        {now !== undefined && <rect className="now" x={now} y="0" width=".12" height={HEIGHT} />}
      </svg>
      <div className="hours" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour}>{hour % 2 === 0 ? String(hour).padStart(2, '0') : ''}</span>
        ))}
      </div>
      <figcaption>{t('today.legend')}</figcaption>
    </figure>
  );
}

function Bars(props: { readonly quarter: Quarter; readonly most: number }): ReactNode {
  const { quarter, most } = props;
  const up = (quarter.arrivals / most) * (LINE - 2);
  const down = (quarter.departures / most) * (HEIGHT - LINE - 2);
  return (
    <>
      <rect className="arrive" x={quarter.at + 0.15} y={LINE - 1 - up} width=".7" height={up} />
      <rect className="leave" x={quarter.at + 0.15} y={LINE + 1} width=".7" height={down} />
    </>
  );
}
