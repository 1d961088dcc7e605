import type { Extent } from '#domain/attendance/approval/approval';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import { intersect, type Span, type Spans, spanOf, union } from '#domain/attendance/time/span';

const NOON = 12 * 3600;

/**
 * The seconds of a form as they touch one business date.
 *
 * A day form covers the whole of each of its business dates: leave for a date excuses the night shift
 * that begins on it up to its end next morning. Being a calendar day as well, it also covers the
 * morning end of the shift before; nothing else of its neighbours.
 *
 * @param day the date's own stretch of time
 * @see docs/rules/calibration.md, "Forms by the day"
 */
export function spansOn(extent: Extent, frame: DayFrame, day: Span): Spans {
  if (extent.unit === 'time') return spanOf(extent.from, extent.to);
  const ownDate = extent.from <= frame.date && frame.date <= extent.to;
  return union([...(ownDate ? ownHalves(extent, frame, day) : []), ...nextMorning(extent, frame)]);
}

type DayExtent = Extract<Extent, { unit: 'day' }>;

function ownHalves(extent: DayExtent, frame: DayFrame, day: Span): Spans {
  const { date, sections } = frame;
  const begin = Math.min(day.from, ...sections.map(({ span }) => span.from));
  const end = Math.max(day.to, ...sections.map(({ span }) => span.to));
  const split = halfDayOf(frame);
  const morning = date > extent.from || extent.starts === 'am';
  const afternoon = date < extent.to || extent.ends === 'pm';
  return spanOf(morning ? begin : split, afternoon ? end : split);
}

/** A night shift reaches into the next date; only a form that covers that date whole covers its end. */
function nextMorning(extent: DayExtent, { date, clock, working }: DayFrame): Spans {
  const next = date + 1;
  const fromMorning = next > extent.from || (next === extent.from && extent.starts === 'am');
  const toEvening = next < extent.to || (next === extent.to && extent.ends === 'pm');
  if (!fromMorning || !toEvening) return [];
  return intersect(working, spanOf(clock.at(next, 0), clock.at(next + 1, 0)));
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
