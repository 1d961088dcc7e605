import type { Duty } from '#domain/attendance/duty/duty';
import { clustersNear } from '#domain/attendance/match/neighbourhood';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { lastSecondOf, type Timeline } from '#domain/attendance/timeline';

/** What one date is read from. */
export interface DayReach {
  /** Punches of `[opens, closes)`, epoch seconds. */
  readonly opens: number;
  readonly closes: number;
  /** Rosters, calendars and rules of these dates, both inside. */
  readonly from: DayNumber;
  readonly to: DayNumber;
}

const PAIRS_REACH_DAYS = 2; // as `presenceOf` pairs punches that no duty claims
const FOLLOWED_DAYS_MAX = 50; // as `clustersNear` follows a chain, and the dates beside it

/**
 * A date reads its own stretch, its windows and those of its eve (a late evening moves the morning);
 * where windows overlap from date to date, all of them, since they share their punches.
 */
export function reachOf(timeline: Timeline, date: DayNumber): DayReach {
  const near = clustersNear((day) => dutiesOn(timeline, day), date);
  const read = near.filter((cluster) =>
    cluster.some((duty) => duty.date === date || duty.date === date - 1),
  );
  const duties = read.flat();
  const dates = duties.map((duty) => duty.date);
  const pairs = pairsReach(timeline, date);
  return {
    opens: Math.min(timeline.opensOn(date), pairs.opens, ...duties.map((duty) => duty.from)),
    closes: Math.max(timeline.opensOn(date + 1), pairs.closes, lastSecondOf(duties) + 1),
    from: Math.min(date - 1, ...dates),
    to: Math.max(date + 1, ...dates),
  };
}

function dutiesOn(timeline: Timeline, date: DayNumber): readonly Duty[] {
  const frame = timeline.frameOn(date);
  return frame.rule === null ? [] : frame.duties;
}

function pairsReach(timeline: Timeline, date: DayNumber): Pick<DayReach, 'opens' | 'closes'> {
  const frame = timeline.frameOn(date);
  if (frame.rule === null || frame.rule.presence.date === 'duty') {
    return { opens: Infinity, closes: -Infinity };
  }
  return {
    opens: frame.clock.at(date - PAIRS_REACH_DAYS, 0),
    closes: frame.clock.at(date + PAIRS_REACH_DAYS + 1, 0),
  };
}

/**
 * Every date that has to be computed when these are marked. Whoever changes something on a date marks
 * its neighbours too, and mostly that is all; further dates come in where their windows reach into the
 * one in the middle, as in a chain of overlapping shifts.
 */
export function reachedFrom(timeline: Timeline, marked: readonly DayNumber[]): DayNumber[] {
  const reached = new Set(marked);
  const [first, last] = [Math.min(...marked), Math.max(...marked)];
  for (const date of marked) {
    // Single dates are looked at again because of the time, not because anything changed there.
    const isBeside = (day: DayNumber) => marked.includes(day) || day < first || day > last;
    if (marked.length < 2 || !isBeside(date - 1) || !isBeside(date + 1)) continue;
    for (const reader of readersOf(timeline, date)) reached.add(reader);
  }
  return [...reached].toSorted((one, other) => one - other);
}

/** The dates behind the neighbours, as far as each of them reads from this one. */
function readersOf(timeline: Timeline, date: DayNumber): DayNumber[] {
  const away = Array.from({ length: FOLLOWED_DAYS_MAX }, (_, index) => index + 2);
  return [-1, 1].flatMap((step) => {
    const others = away.map((days) => date + step * days);
    const end = others.findIndex((other) => !readsFrom(timeline, other, date));
    return end === -1 ? others : others.slice(0, end);
  });
}

/** Whether a date reads punches or rosters of another one. */
function readsFrom(timeline: Timeline, date: DayNumber, source: DayNumber): boolean {
  const { opens, closes, from, to } = reachOf(timeline, date);
  const clock = timeline.world.clockOf(timeline.world.zone);
  const readsPunches = opens < clock.at(source + 1, 0) && clock.at(source, 0) < closes;
  return readsPunches || (from <= source && source <= to);
}
