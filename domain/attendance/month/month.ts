import type { DayClass } from '#domain/attendance/calendar/day-class';
import type { MonthDay } from '#domain/attendance/month/month-day';
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
export function monthOf(personId: string, days: readonly MonthDay[]): MonthSummary {
  const work = days.filter((day) => day.dayClass === 'workday');
  const exceptions = sumExceptions(days);
  return {
    personId,
    workDays: work.length,
    regularDays: work.filter((day) => day.outcome === 'normal').length,
    exceptionDays: work.filter((day) => day.exceptions.length > 0).length,
    restDays: days.filter(isOff).length,
    undecidedDays: days.filter((day) => day.outcome === 'undecided').length,
    regularSeconds: sum(work, (day) => day.workedSeconds),
    standardSeconds: sum(work, (day) => day.standardSeconds),
    payableSeconds: sum(work, (day) => day.payableSeconds),
    nightSeconds: sum(days, (day) => day.nightSeconds),
    exceptions,
    items: {
      leave: itemsOf(days, 'leave'),
      makeup: itemsOf(days, 'makeup'),
      trip: itemsOf(days, 'trip'),
      outing: itemsOf(days, 'outing'),
      field: { count: sum(days, (day) => day.fieldPunches), seconds: 0 },
    },
    overtime: {
      workday: overtimeSum(days, 'workday'),
      restday: overtimeSum(days, 'restday'),
      holiday: overtimeSum(days, 'holiday'),
    },
    payroll: payrollOf(days, work, exceptions),
  };
}

function isOff(day: MonthDay): boolean {
  return day.dayClass === 'restday' || day.dayClass === 'holiday';
}

function sum(days: readonly MonthDay[], figure: (day: MonthDay) => number): number {
  return days.reduce((total, day) => total + figure(day), 0);
}

function sumExceptions(days: readonly MonthDay[]): readonly Exception[] {
  const sums = new Map<ExceptionKind, Exception>();
  for (const { kind, count, seconds } of days.flatMap((day) => day.exceptions)) {
    const known = sums.get(kind) ?? { kind, count: 0, seconds: 0 };
    sums.set(kind, { kind, count: known.count + count, seconds: known.seconds + seconds });
  }
  return [...sums.values()].toSorted((a, b) => byCodePoint(a.kind, b.kind));
}

function itemsOf(days: readonly MonthDay[], kind: ItemKind): ItemSum {
  const acting = days.flatMap((day) =>
    day.forms.filter((form) => form.acted && form.kind === kind),
  );
  const forms = new Set(acting.map((form) => form.id));
  return {
    count: forms.size,
    seconds: acting.reduce((total, form) => total + form.coveredSeconds, 0),
  };
}

function overtimeSum(days: readonly MonthDay[], dayClass: DayClass): OvertimeSum {
  const own = days.filter((day) => day.overtime.dayClass === dayClass);
  return {
    seconds: sum(own, (day) => day.overtime.seconds),
    paySeconds: sum(own, (day) => day.overtime.paySeconds),
    leaveSeconds: sum(own, (day) => day.overtime.leaveSeconds),
    leaveEarnedSeconds: sum(own, (day) => day.overtime.leaveEarnedSeconds),
  };
}

function payrollOf(
  days: readonly MonthDay[],
  work: readonly MonthDay[],
  exceptions: readonly Exception[],
): Payroll {
  const of = (kind: ExceptionKind): Exception =>
    exceptions.find((each) => each.kind === kind) ?? { kind, count: 0, seconds: 0 };
  const rest = days.filter(isOff);
  return {
    shouldAttendanceDays: work.length,
    attendanceDays: sum(work, attendedDays),
    attendanceRestDays: rest.filter((day) => day.attendance === 'present').length,
    attendanceWorkSeconds: sum(days, (day) => day.workedSeconds),
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

function attendedDays({ attendance }: MonthDay): number {
  return attendance === 'present' ? 1 : attendance === 'half' ? 0.5 : 0;
}

/** Duties of days that are not absences as a whole. */
function countDuties(
  days: readonly MonthDay[],
  kind: 'on' | 'off',
  status: 'missing' | 'absent',
): number {
  return sum(
    days.filter((day) => day.attendance !== 'absent'),
    ({ duties }) => duties.filter((each) => each.kind === kind && each.status === status).length,
  );
}
