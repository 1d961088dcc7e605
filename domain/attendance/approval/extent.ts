import type { Extent } from '#domain/attendance/approval/approval';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import { type Spans, spanOf, union } from '#domain/attendance/time/span';

const NOON = 12 * 3600;

/**
 * The seconds of a form as they touch one business date.
 *
 * A day form covers its calendar days, and also the whole duty of each of its business dates: leave
 * for a date excuses the night shift that begins on it up to its end next morning.
 *
 * @see docs/rules/calibration.md, "Forms by the day"
 */
export function spansOn(extent: Extent, frame: DayFrame): Spans {
  if (extent.unit === 'time') return spanOf(extent.from, extent.to);
  const touches = frame.date >= extent.from - 1 && frame.date <= extent.to + 1;
  return touches ? union([...ownHalves(extent, frame), ...neighbourDays(extent, frame)]) : [];
}

type DayExtent = Extract<Extent, { unit: 'day' }>;

function ownHalves(extent: DayExtent, frame: DayFrame): Spans {
  const { date, clock, sections } = frame;
  if (date < extent.from || date > extent.to) return [];
  const begin = Math.min(clock.at(date, 0), sections.at(0)?.span.from ?? Infinity);
  const end = Math.max(clock.at(date + 1, 0), sections.at(-1)?.span.to ?? -Infinity);
  const split = halfDayOf(frame);
  const morning = date > extent.from || extent.starts === 'am';
  const afternoon = date < extent.to || extent.ends === 'pm';
  return spanOf(morning ? begin : split, afternoon ? end : split);
}

/** A night shift reaches into the next date, which a form may cover as a calendar day. */
function neighbourDays(extent: DayExtent, { date, clock }: DayFrame): Spans {
  const whole = (day: number): boolean =>
    (day > extent.from || (day === extent.from && extent.starts === 'am')) &&
    (day < extent.to || (day === extent.to && extent.ends === 'pm'));
  return [date - 1, date + 1]
    .filter(whole)
    .flatMap((day) => spanOf(clock.at(day, 0), clock.at(day + 1, 0)));
}

/** Where a half day ends: the noon of the rule, else the longest rest, else the middle of the day. */
export function halfDayOf({ rule, date, clock, working }: DayFrame): number {
  const first = working.at(0);
  const last = working.at(-1);
  if (rule.noon !== null) return clock.at(date, rule.noon);
  if (first === undefined || last === undefined) return clock.at(date, NOON);
  let split = first.from + Math.floor((last.to - first.from) / 2);
  let longest = 0;
  for (const [index, span] of working.entries()) {
    const pause = (working[index + 1]?.from ?? span.to) - span.to;
    if (pause > longest) [longest, split] = [pause, span.to];
  }
  return split;
}
