import type { DayClass } from '#domain/attendance/calendar/day-class';
import type { ApprovalEffect, DayResult } from '#domain/attendance/day-result';
import type { Exception, ExceptionKind } from '#domain/attendance/status/verdict';
import { byCodePoint } from '#domain/attendance/text-order';

/** Overtime of a month on one class of day. */
export interface OvertimeSum {
  readonly seconds: number;
  readonly paySeconds: number;
  readonly leaveSeconds: number;
  readonly leaveEarnedSeconds: number;
}

/** Forms of one kind that took effect, or field punches. */
export interface ItemSum {
  readonly count: number;
  readonly seconds: number;
}

/** A month of one person: sums of its days and nothing else. */
export interface MonthSummary {
  readonly personId: string;
  readonly workDays: number;
  readonly regularDays: number;
  readonly exceptionDays: number;
  readonly restDays: number;
  readonly undecidedDays: number;
  readonly regularSeconds: number;
  readonly standardSeconds: number;
  readonly payableSeconds: number;
  readonly nightSeconds: number;
  readonly exceptions: readonly Exception[];
  readonly items: Readonly<Record<ItemKind, ItemSum>>;
  readonly overtime: Readonly<Record<DayClass, OvertimeSum>>;
  readonly payroll: Payroll;
}

export type ItemKind = 'leave' | 'makeup' | 'trip' | 'outing' | 'field';

/** The columns that payroll programs ask for by these names. */
export interface Payroll {
  readonly shouldAttendanceDays: number;
  readonly attendanceDays: number;
  readonly attendanceRestDays: number;
  readonly attendanceWorkSeconds: number;
  readonly lateTimes: number;
  readonly lateSeconds: number;
  readonly seriousLateTimes: number;
  readonly seriousLateSeconds: number;
  readonly absenteeismLateTimes: number;
  readonly leaveEarlyTimes: number;
  readonly leaveEarlySeconds: number;
  readonly onWorkLackCardTimes: number;
  readonly offWorkLackCardTimes: number;
  readonly absenteeismDays: number;
  readonly makingUpLackTimes: number;
}

/**
 * Adds days up. Only sums are taken here, so a month cannot differ from its days.
 *
 * @param days of one person
 * @see docs/rules/month.md
 */
export function monthOf(personId: string, days: readonly DayResult[]): MonthSummary {
  const work = days.filter((day) => classOf(day) === 'workday');
  const exceptions = sumExceptions(days);
  return {
    personId,
    workDays: work.length,
    regularDays: work.filter((day) => day.outcome === 'normal').length,
    exceptionDays: work.filter((day) => day.exceptions.length > 0).length,
    restDays: days.filter(isOff).length,
    undecidedDays: days.filter((day) => day.outcome === 'undecided').length,
    regularSeconds: sum(work, (day) => day.worked.workedSeconds),
    standardSeconds: sum(days, standardOf),
    payableSeconds: sum(work, (day) => day.worked.payableSeconds),
    nightSeconds: sum(days, (day) => day.worked.nightSeconds),
    exceptions,
    items: {
      leave: itemsOf(days, 'leave'),
      makeup: itemsOf(days, 'makeup'),
      trip: itemsOf(days, 'trip'),
      outing: itemsOf(days, 'outing'),
      field: fieldPunches(days),
    },
    overtime: {
      workday: overtimeSum(days, 'workday'),
      restday: overtimeSum(days, 'restday'),
      holiday: overtimeSum(days, 'holiday'),
    },
    payroll: payrollOf(days, work, exceptions),
  };
}

function classOf({ frame }: DayResult): DayClass | null {
  return frame === null ? null : frame.kind.dayClass;
}

function isOff(day: DayResult): boolean {
  return classOf(day) === 'restday' || classOf(day) === 'holiday';
}

function standardOf({ frame }: DayResult): number {
  return frame?.kind.dayClass === 'workday' ? frame.standardSeconds : 0;
}

function sum(days: readonly DayResult[], figure: (day: DayResult) => number): number {
  return days.reduce((total, day) => total + figure(day), 0);
}

function sumExceptions(days: readonly DayResult[]): readonly Exception[] {
  const sums = new Map<ExceptionKind, Exception>();
  for (const { kind, count, seconds } of days.flatMap((day) => day.exceptions)) {
    const known = sums.get(kind) ?? { kind, count: 0, seconds: 0 };
    sums.set(kind, { kind, count: known.count + count, seconds: known.seconds + seconds });
  }
  return [...sums.values()].toSorted((a, b) => byCodePoint(a.kind, b.kind));
}

function itemsOf(days: readonly DayResult[], kind: ItemKind): ItemSum {
  const acting = days.flatMap((day) =>
    day.approvals.filter((effect) => effect.acted && effect.form.kind === kind),
  );
  const forms = new Set(acting.map((effect) => effect.form.id));
  return {
    count: forms.size,
    seconds: acting.reduce((total, effect: ApprovalEffect) => total + effect.coveredSeconds, 0),
  };
}

function fieldPunches(days: readonly DayResult[]): ItemSum {
  return {
    count: sum(
      days,
      (day) => day.punches.filter((use) => use.punch.flags.includes('field')).length,
    ),
    seconds: 0,
  };
}

function overtimeSum(days: readonly DayResult[], dayClass: DayClass): OvertimeSum {
  const own = days.filter((day) => day.overtime.dayClass === dayClass);
  return {
    seconds: sum(own, (day) => day.overtime.seconds),
    paySeconds: sum(own, (day) => day.overtime.paySeconds),
    leaveSeconds: sum(own, (day) => day.overtime.leaveSeconds),
    leaveEarnedSeconds: sum(own, (day) => day.overtime.leaveEarnedSeconds),
  };
}

function payrollOf(
  days: readonly DayResult[],
  work: readonly DayResult[],
  exceptions: readonly Exception[],
): Payroll {
  const of = (kind: ExceptionKind): Exception =>
    exceptions.find((each) => each.kind === kind) ?? { kind, count: 0, seconds: 0 };
  const rest = days.filter(isOff);
  return {
    shouldAttendanceDays: work.length,
    attendanceDays: sum(work, attendedDays),
    attendanceRestDays: rest.filter((day) => day.attendance === 'present').length,
    attendanceWorkSeconds: sum(days, (day) => day.worked.workedSeconds),
    lateTimes: of('late').count,
    lateSeconds: of('late').seconds,
    seriousLateTimes: of('seriousLate').count,
    seriousLateSeconds: of('seriousLate').seconds,
    absenteeismLateTimes: countDuties(days, 'on', 'absent'),
    leaveEarlyTimes: of('early').count,
    leaveEarlySeconds: of('early').seconds,
    onWorkLackCardTimes: countDuties(days, 'on', 'missing'),
    offWorkLackCardTimes: countDuties(days, 'off', 'missing'),
    absenteeismDays: days.filter((day) => day.attendance === 'absent').length,
    makingUpLackTimes: itemsOf(days, 'makeup').count,
  };
}

function attendedDays({ attendance }: DayResult): number {
  return attendance === 'present' ? 1 : attendance === 'half' ? 0.5 : 0;
}

/** Duties of days that are not absences as a whole. */
function countDuties(
  days: readonly DayResult[],
  kind: 'on' | 'off',
  status: 'missing' | 'absent',
): number {
  return sum(
    days.filter((day) => !day.calibrated.absent),
    ({ calibrated }) =>
      calibrated.duties.filter((each) => each.duty.kind === kind && each.status === status).length,
  );
}
