import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Filled } from '#domain/attendance/match/match';
import { toMinute } from '#domain/attendance/time/rounding';
import type { Unruled } from '#domain/attendance/timeline';

/**
 * How much later the first on may be after a long evening: the largest step that the time between
 * yesterday's last off and the punch that filled it reaches.
 *
 * @see docs/rules/flexible.md, "After a late evening"
 */
export function laterSecondsOf(frame: DayFrame, eve: DayFrame | Unruled, filled: Filled): number {
  const duties = eve.rule === null ? [] : eve.duties;
  const lastOff = duties.findLast((duty) => duty.kind === 'off' && duty.edge);
  const left = lastOff === undefined ? undefined : filled.get(lastOff);
  if (lastOff === undefined || left === undefined) return 0;
  const stayed = toMinute(left.at) - lastOff.target;
  let later = 0;
  for (const step of frame.rule.lateSteps) {
    if (stayed >= step.afterSeconds) later = Math.max(later, step.laterSeconds);
  }
  return later;
}
