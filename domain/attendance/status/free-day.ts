import type { FreeRule } from '#domain/attendance/rule/rule';
import type { DayVerdict } from '#domain/attendance/status/verdict';

/** What a day without fixed hours is judged by. */
export interface FreeDay {
  readonly cameSeconds: number;
  readonly came: boolean;
  /** Covered by forms inside the day's boundaries; 0 for the raw verdict. */
  readonly excusedSeconds: number;
}

/**
 * Judges a free day: only absence, unless the rule wants a day that is too short judged as well.
 *
 * @see docs/rules/free.md
 */
export function judgeFreeDay(free: FreeRule, day: FreeDay): DayVerdict {
  const required = free.requiredSeconds ?? 1;
  const owed = Math.max(0, required - day.excusedSeconds - day.cameSeconds);
  const tooShort = free.shortage === 'absent' && free.requiredSeconds !== null;
  const absent = owed > 0 && (!day.came || tooShort);
  return {
    duties: [],
    shiftSeconds: 0,
    laterSeconds: 0,
    absent,
    absentSeconds: absent && free.requiredSeconds !== null ? owed : 0,
  };
}

/** What is missing of a free day's required time. */
export function shortageOf(free: FreeRule, day: FreeDay): number {
  return Math.max(0, (free.requiredSeconds ?? 0) - day.excusedSeconds - day.cameSeconds);
}
