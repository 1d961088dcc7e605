import type { Attendance } from '#domain/attendance/day-result';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { DayVerdict } from '#domain/attendance/status/verdict';

/** What decides whether somebody attended. */
export interface AttendanceEvidence {
  /** Some counted punch belongs to the day. */
  readonly came: boolean;
  /** Worked, plus working time that forms cover. */
  readonly creditedSeconds: number;
  readonly owedSeconds: number;
  /** Every duty is excused by forms. */
  readonly excused: boolean;
}

/**
 * A day worked for less than the rule's line is an absence, whatever its punches say.
 *
 * @see docs/rules/status.md, "Days too short"
 */
export function failShortDay(
  verdict: DayVerdict,
  frame: DayFrame,
  evidence: AttendanceEvidence,
): DayVerdict {
  const { absentBelowSeconds } = frame.rule.thresholds;
  const short = evidence.came && evidence.creditedSeconds < absentBelowSeconds;
  if (frame.kind.dayClass !== 'workday' || !short || evidence.excused) return verdict;
  return {
    ...verdict,
    duties: verdict.duties.map((duty) => ({ ...duty, status: 'absent', seconds: 0 })),
    absent: true,
    absentSeconds: evidence.owedSeconds,
  };
}

export function attendanceOf(
  verdict: DayVerdict,
  frame: DayFrame,
  evidence: AttendanceEvidence,
): Attendance {
  const workday = frame.kind.dayClass === 'workday';
  if (verdict.absent) return 'absent';
  if (verdict.duties.length > 0 && verdict.duties.every((duty) => duty.status === 'pending')) {
    return 'undecided';
  }
  if (!evidence.came) {
    if (!workday) return 'none';
    return evidence.excused ? 'excused' : nobodySeen(verdict, frame);
  }
  const half = workday && evidence.creditedSeconds < frame.rule.thresholds.halfDayBelowSeconds;
  return half ? 'half' : 'present';
}

/** Nobody punched and nobody is absent: either nothing is asked for, or it is too early to say. */
function nobodySeen(verdict: DayVerdict, { rule }: DayFrame): Attendance {
  const asked = rule.kind === 'free' || verdict.duties.length > 0;
  return asked ? 'undecided' : 'present';
}

/** A manager's word: present or half heals every duty, absent is one absence of the whole standard. */
export function overrule(
  verdict: DayVerdict,
  frame: DayFrame,
  attendance: 'present' | 'half' | 'absent',
): DayVerdict {
  const absent = attendance === 'absent';
  const status = absent ? 'absent' : 'normal';
  return {
    ...verdict,
    duties: verdict.duties.map((duty) => ({ ...duty, status, seconds: 0 })),
    absent,
    absentSeconds: absent ? frame.standardSeconds : 0,
  };
}
