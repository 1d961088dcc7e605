import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import type { Filled } from '#domain/attendance/match/match';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import type { Rule } from '#domain/attendance/rule/rule';
import type { DayVerdict, DutyStatus, DutyVerdict } from '#domain/attendance/status/verdict';
import { type Rounding, roundTo, toMinute } from '#domain/attendance/time/rounding';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** How a judgement measures delays, and what it lets pass. Raw and calibrated differ in nothing else. */
export interface Yardstick {
  /** Seconds of delay in a stretch the person was not there. */
  delay(from: number, to: number): number;
  /** Whether a duty without a punch is excused. */
  excuses(duty: Duty): boolean;
  /** Length of the absence when nobody came; 0 when everything is excused. */
  readonly absenceSeconds: number;
}

/**
 * Judges every duty of a day: normal, late, early, missing or absent.
 *
 * @param laterSeconds what the late rule allows the first on after a long evening
 * @see docs/rules/status.md
 */
export function judge(
  frame: DayFrame,
  filled: Filled,
  yardstick: Yardstick,
  laterSeconds: number,
): DayVerdict {
  const came = frame.duties.some((duty) => filled.has(duty));
  if (!came && frame.duties.length > 0 && yardstick.absenceSeconds > 0) {
    return absence(frame, yardstick);
  }
  const shiftSeconds = shiftOf(frame, filled, yardstick, laterSeconds);
  const duties = frame.duties.map((duty) => {
    const punch = filled.get(duty) ?? null;
    const target = targetOf(duty, shiftSeconds, laterSeconds);
    if (punch === null) return unfilled(duty, target, yardstick);
    const countedAt = countedAtOf(punch, duty, frame);
    const delay = delayOf(duty, { countedAt, shiftSeconds, laterSeconds }, yardstick);
    const graded =
      duty.kind === 'on' ? gradeLate(delay, frame.rule) : gradeEarly(delay, frame.rule);
    return { duty, punch, attempt: null, countedAt, target, ...graded };
  });
  return { duties, shiftSeconds, laterSeconds, absent: false, absentSeconds: 0 };
}

function absence(frame: DayFrame, yardstick: Yardstick): DayVerdict {
  const duties = frame.duties.map((duty): DutyVerdict => {
    const excused = unfilled(duty, duty.target, yardstick);
    return yardstick.excuses(duty) ? excused : { ...excused, status: 'absent' };
  });
  const { absenceSeconds } = yardstick;
  return { duties, shiftSeconds: 0, laterSeconds: 0, absent: true, absentSeconds: absenceSeconds };
}

function unfilled(duty: Duty, target: number, yardstick: Yardstick): DutyVerdict {
  const status = yardstick.excuses(duty) ? 'normal' : 'missing';
  return { duty, punch: null, attempt: null, countedAt: null, target, status, seconds: 0 };
}

/** The minute at which a punch counts: rounded by the rule's grid on the wall clock, seconds dropped. */
function countedAtOf(punch: CleanPunch, duty: Duty, frame: DayFrame): number {
  const grid = duty.kind === 'on' ? frame.rule.rounding.on : frame.rule.rounding.off;
  return toMinute(roundAt(punch.at, grid, frame.clock));
}

/** Rounds an instant on the wall clock of its zone: quarters in Kathmandu are not quarters of UTC. */
export function roundAt(at: number, grid: Rounding | undefined, clock: ZoneClock): number {
  const offset = clock.offsetAt(at);
  return roundTo(at + offset, grid) - offset;
}

/** Flexible hours: how far the first punch moves the day, within what the rule allows. */
function shiftOf(
  frame: DayFrame,
  filled: Filled,
  yardstick: Yardstick,
  laterSeconds: number,
): number {
  const { earlySeconds, lateSeconds } = frame.rule.flex;
  const first = frame.duties.find((duty) => duty.kind === 'on' && duty.edge);
  const punch = first === undefined ? undefined : filled.get(first);
  if (first === undefined || punch === undefined) return 0;
  const countedAt = countedAtOf(punch, first, frame);
  if (countedAt < first.target) return -Math.min(first.target - countedAt, earlySeconds);
  return Math.min(yardstick.delay(first.target + laterSeconds, countedAt), lateSeconds);
}

function targetOf(duty: Duty, shiftSeconds: number, laterSeconds: number): number {
  if (!duty.edge) return duty.target;
  const later = duty.kind === 'on' ? laterSeconds : 0;
  return duty.target + (shiftSeconds < 0 ? 0 : later) + shiftSeconds;
}

interface Moment {
  readonly countedAt: number;
  readonly shiftSeconds: number;
  readonly laterSeconds: number;
}

function delayOf(duty: Duty, moment: Moment, yardstick: Yardstick): number {
  const { countedAt } = moment;
  const shift = duty.edge ? moment.shiftSeconds : 0;
  if (duty.kind === 'off') {
    const regular = yardstick.delay(countedAt, duty.target + Math.min(0, shift));
    const owed = duty.target + shift - Math.max(countedAt, duty.target);
    return regular + Math.max(0, Math.min(shift, owed));
  }
  const due = duty.target + (duty.edge ? moment.laterSeconds : 0);
  return Math.max(0, yardstick.delay(due, countedAt) - Math.max(0, shift));
}

interface Grade {
  readonly status: DutyStatus;
  readonly seconds: number;
}

function gradeLate(delay: number, { tolerance, thresholds }: Rule): Grade {
  const seconds = beyond(delay, tolerance.lateSeconds, tolerance.counts);
  if (seconds === 0) return { status: 'normal', seconds };
  if (delay > thresholds.absentLateSeconds) return { status: 'absent', seconds };
  return { status: delay > thresholds.seriousLateSeconds ? 'seriousLate' : 'late', seconds };
}

function gradeEarly(delay: number, { tolerance, thresholds }: Rule): Grade {
  const seconds = beyond(delay, tolerance.earlySeconds, tolerance.counts);
  if (seconds === 0) return { status: 'normal', seconds };
  return { status: delay > thresholds.absentEarlySeconds ? 'absent' : 'early', seconds };
}

/** A delay within the tolerance is none; beyond it, it counts from the schedule unless the rule says less. */
function beyond(delay: number, tolerance: number, counts: 'whole' | 'excess'): number {
  if (delay <= tolerance) return 0;
  return counts === 'whole' ? delay : delay - tolerance;
}
