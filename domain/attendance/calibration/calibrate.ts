import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import type { Yardstick } from '#domain/attendance/status/judge';
import { toMinute } from '#domain/attendance/time/rounding';
import {
  contains,
  covers,
  intersect,
  lengthOf,
  type Spans,
  spanOf,
  subtract,
} from '#domain/attendance/time/span';

/** Raw: the clock on the wall measures delays, and nothing is excused. */
export function rawYardstick(frame: DayFrame): Yardstick {
  return {
    delay: (from, to) => Math.max(0, to - from),
    excuses: () => false,
    absenceSeconds: lengthOf(frame.working),
  };
}

/**
 * Calibrated: only working time that no form covers is a delay, so rests and leave do not count.
 *
 * A section that forms cover entirely needs no punches. A single missing punch is not healed by leave
 * over its time alone, unless the rule says so: whoever was away for part of the day still shows when
 * the rest of it began or ended.
 *
 * @see docs/rules/calibration.md
 */
export function calibratedYardstick(frame: DayFrame, credit: Spans): Yardstick {
  const uncovered = subtract(frame.working, credit);
  return {
    delay: (from, to) => toMinute(lengthOf(intersect(uncovered, spanOf(from, to)))),
    excuses: (duty) =>
      covers(credit, duty.hours.working) ||
      (frame.rule.missing === 'covered' && coversTarget(credit, duty)),
    absenceSeconds: lengthOf(uncovered),
  };
}

/** The second a duty stands for: the first to be worked, or the last. */
function coversTarget(credit: Spans, duty: Duty): boolean {
  return contains(credit, duty.kind === 'on' ? duty.target : duty.target - 1);
}
