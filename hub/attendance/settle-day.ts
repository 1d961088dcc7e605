import { answerDayOf } from '#contracts/attendance/day-mapper';
import { figuresOf } from '#domain/attendance/day-figures';
import type { DayResult } from '#domain/attendance/day-result';
import type { Progress } from '#domain/attendance/finality/finality';
import { isoOf } from '#domain/attendance/time/day-number';
import type { WorldNow } from '#hub/attendance/attendance-world';
import type { StoredDay } from '#hub/storage/attendance-day-repository';

/** A computed day as it is stored, with when to look at it again. */
export function storedDayOf(day: DayResult, now: WorldNow, inputsHash: string): StoredDay {
  const { world, versionOf } = now;
  const rule = day.frame?.rule;
  return {
    personId: day.personId,
    date: isoOf(day.date),
    state: day.finality,
    ruleVersion:
      rule === undefined ? null : (versionOf.get(`${rule.id} ${rule.effectiveFrom}`) ?? null),
    inputsHash,
    figures: figuresOf(day),
    result: answerDayOf(day, world),
    settlesAt: day.finality === 'open' ? settlingOf(day) : null,
    reviewAt: day.finality === 'final' ? null : reviewOf(day, world.progress),
  };
}

/** The last second at which a punch of the date may be given. */
function settlingOf(day: DayResult): number {
  const windows = windowsOf(day);
  return windows.length === 0 ? day.closes - 1 : Math.max(...windows);
}

/** The next end of a window that cannot be decided yet; null when all of them are. */
function reviewOf(day: DayResult, { asOf, watermarks }: Progress): number | null {
  const decided = decidedThrough(asOf ?? Infinity, watermarks);
  const ahead = [...windowsOf(day), settlingOf(day)].filter((end) => end > decided);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** Windows are closed to the minute. */
function windowsOf({ frame }: DayResult): number[] {
  return frame?.duties.map((duty) => duty.to + 59) ?? [];
}

/** Up to which second everything is known: it is past, and every terminal has reported. */
export function decidedThrough(asOf: number, watermarks: readonly number[]): number {
  return Math.min(asOf - 1, ...watermarks);
}
