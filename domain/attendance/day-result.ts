import type { Approval } from '#domain/attendance/approval/approval';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import type { Fact } from '#domain/attendance/explain/fact';
import type { Finality } from '#domain/attendance/finality/finality';
import type { Overtime } from '#domain/attendance/overtime/overtime';
import type { Override } from '#domain/attendance/person';
import type { Worked } from '#domain/attendance/presence/worked';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import type { DayVerdict, Exception } from '#domain/attendance/status/verdict';
import type { DayNumber } from '#domain/attendance/time/day-number';
import type { Spans } from '#domain/attendance/time/span';

/** Whether somebody was there, as payroll asks. `none`: nobody expected them. */
export type Attendance = 'present' | 'half' | 'absent' | 'excused' | 'none' | 'undecided';

/** The one word for a day. */
export type Outcome =
  | 'normal'
  | 'late'
  | 'seriousLate'
  | 'early'
  | 'missing'
  | 'absent'
  | 'irregular'
  | 'rest'
  | 'overtime'
  | 'overtimeShort'
  | 'undecided'
  | 'exempt'
  | 'noRule'
  | 'inactive';

/** What became of one punch. */
export interface PunchUse {
  readonly punch: CleanPunch;
  /** null: it fills no duty. */
  readonly duty: Duty | null;
}

/** What one form changed in one day. */
export interface ApprovalEffect {
  readonly form: Approval;
  /** Working time it covers. */
  readonly coveredSeconds: number;
  /** Of a raw delay or absence, what it took away. */
  readonly healedSeconds: number;
  readonly acted: boolean;
}

/** Everything that can be said about one person on one business date. */
export interface DayResult {
  readonly personId: string;
  readonly date: DayNumber;
  /** null where no rule holds. */
  readonly frame: DayFrame | null;
  readonly outcome: Outcome;
  readonly attendance: Attendance;
  readonly finality: Finality;
  readonly raw: DayVerdict;
  readonly calibrated: DayVerdict;
  readonly rawExceptions: readonly Exception[];
  readonly exceptions: readonly Exception[];
  readonly punches: readonly PunchUse[];
  readonly presence: Spans;
  readonly worked: Worked;
  /** What a free day falls short of its required time. */
  readonly shortageSeconds: number;
  readonly overtime: Overtime;
  readonly approvals: readonly ApprovalEffect[];
  readonly override: Override | null;
  readonly opens: number;
  readonly closes: number;
  readonly facts: readonly Fact[];
}
