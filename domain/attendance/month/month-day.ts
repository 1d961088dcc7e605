import type { Approval } from '#domain/attendance/approval/approval';
import type { DayClass } from '#domain/attendance/calendar/day-class';
import type { Attendance, DayResult, Outcome } from '#domain/attendance/day-result';
import type { Overtime } from '#domain/attendance/overtime/overtime';
import type { DutyStatus, Exception } from '#domain/attendance/status/verdict';

/** What a month reads of a day: a computed one, or one that was stored and read back. */
export interface MonthDay {
  /** null where no rule holds. */
  readonly dayClass: DayClass | null;
  readonly outcome: Outcome;
  readonly attendance: Attendance;
  readonly standardSeconds: number;
  readonly workedSeconds: number;
  readonly payableSeconds: number;
  readonly nightSeconds: number;
  readonly exceptions: readonly Exception[];
  readonly duties: readonly MonthDuty[];
  readonly forms: readonly MonthForm[];
  /** Punches given outside, by whatever rule. */
  readonly fieldPunches: number;
  readonly overtime: Pick<
    Overtime,
    'dayClass' | 'seconds' | 'paySeconds' | 'leaveSeconds' | 'leaveEarnedSeconds'
  >;
}

export interface MonthDuty {
  readonly kind: 'on' | 'off';
  readonly status: DutyStatus;
}

export interface MonthForm {
  readonly id: string;
  readonly kind: Approval['kind'];
  readonly acted: boolean;
  readonly coveredSeconds: number;
}

/** A computed day as its month reads it. */
export function monthDayOf(day: DayResult): MonthDay {
  const { frame, worked, calibrated } = day;
  return {
    dayClass: frame === null ? null : frame.kind.dayClass,
    outcome: day.outcome,
    attendance: day.attendance,
    standardSeconds: frame === null ? 0 : frame.standardSeconds,
    workedSeconds: worked.workedSeconds,
    payableSeconds: worked.payableSeconds,
    nightSeconds: worked.nightSeconds,
    exceptions: day.exceptions,
    duties: calibrated.duties.map(({ duty, status }) => ({ kind: duty.kind, status })),
    forms: day.approvals.map(({ form, acted, coveredSeconds }) => ({
      id: form.id,
      kind: form.kind,
      acted,
      coveredSeconds,
    })),
    fieldPunches: day.punches.filter((use) => use.punch.flags.includes('field')).length,
    overtime: day.overtime,
  };
}
