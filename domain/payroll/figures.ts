import { assert } from '#domain/assert';
import type { DayResult } from '#domain/attendance/day-result';
import { type ItemKind, type MonthSummary, monthOf } from '#domain/attendance/month/month';
import { monthDayOf } from '#domain/attendance/month/month-day';
import type { ExceptionKind } from '#domain/attendance/status/verdict';
import {
  PAYROLL_COLUMN_NAMES,
  type PayrollColumnName,
  type PayrollFigures,
} from '#domain/payroll/column';

/** A form of several days is one leave, not several: these columns count it once in a period. */
const COUNTED_FORMS = {
  leave: 'leave_count',
  trip: 'trip_count',
  outing: 'outing_count',
  makeup: 'making_up_lack_times',
} as const satisfies Partial<Record<ItemKind, PayrollColumnName>>;

type CountedForm = keyof typeof COUNTED_FORMS;

/**
 * One day of one person in payroll's columns: what is stored beside a day's result, so that a period
 * is a sum of small whole numbers and never reads a day again.
 */
export interface PayrollDay {
  readonly figures: PayrollFigures;
  /** Forms that took effect, to be counted once however many days they cover. */
  readonly forms: readonly { readonly kind: CountedForm; readonly id: string }[];
}

export function payrollDayOf(day: DayResult): PayrollDay {
  const acting = day.approvals.filter((effect) => effect.acted);
  return {
    figures: figuresOfMonth(monthOf(day.personId, [monthDayOf(day)])),
    forms: acting.flatMap(({ form: { kind, id } }) => (isCounted(kind) ? [{ kind, id }] : [])),
  };
}

function isCounted(kind: string): kind is CountedForm {
  return Object.hasOwn(COUNTED_FORMS, kind);
}

/**
 * The figures of a period: sums of its days, with no difference to `monthOf` over the same days.
 *
 * @param days of one person
 */
export function figuresOf(days: readonly PayrollDay[]): PayrollFigures {
  const sums = { ...NOTHING };
  for (const { figures } of days) {
    for (const name of PAYROLL_COLUMN_NAMES) sums[name] += figures[name];
  }
  return { ...sums, ...countForms(days) };
}

function countForms(days: readonly PayrollDay[]): Record<CountedColumn, number> {
  const ids: Readonly<Record<CountedForm, Set<string>>> = {
    leave: new Set(),
    trip: new Set(),
    outing: new Set(),
    makeup: new Set(),
  };
  for (const { kind, id } of days.flatMap((day) => day.forms)) ids[kind].add(id);
  return {
    [COUNTED_FORMS.leave]: ids.leave.size,
    [COUNTED_FORMS.trip]: ids.trip.size,
    [COUNTED_FORMS.outing]: ids.outing.size,
    [COUNTED_FORMS.makeup]: ids.makeup.size,
  };
}

type CountedColumn = (typeof COUNTED_FORMS)[CountedForm];

/** A month's summary in payroll's columns. */
export function figuresOfMonth(month: MonthSummary): PayrollFigures {
  return { ...payrollColumns(month), ...summaryColumns(month), ...ownColumns(month) };
}

function payrollColumns({ payroll }: MonthSummary) {
  return {
    should_attendance_days: halfDays(payroll.shouldAttendanceDays),
    attendance_days: halfDays(payroll.attendanceDays),
    attendance_rest_days: halfDays(payroll.attendanceRestDays),
    attendance_work_time: payroll.attendanceWorkSeconds,
    late_times: payroll.lateTimes,
    late_minute: payroll.lateSeconds,
    serious_late_times: payroll.seriousLateTimes,
    serious_late_minute: payroll.seriousLateSeconds,
    absenteeism_late_times: payroll.absenteeismLateTimes,
    leave_early_times: payroll.leaveEarlyTimes,
    leave_early_minute: payroll.leaveEarlySeconds,
    on_work_lack_card_times: payroll.onWorkLackCardTimes,
    off_work_lack_card_times: payroll.offWorkLackCardTimes,
    absenteeism_days: halfDays(payroll.absenteeismDays),
    making_up_lack_times: payroll.makingUpLackTimes,
  };
}

function summaryColumns(month: MonthSummary) {
  const { items, overtime } = month;
  return {
    work_days: halfDays(month.workDays),
    regular_days: halfDays(month.regularDays),
    except_days: halfDays(month.exceptionDays),
    rest_days: halfDays(month.restDays),
    regular_work_sec: month.regularSeconds,
    standard_work_sec: month.standardSeconds,
    late_count: countOf(month, ['late', 'seriousLate']),
    late_sec: secondsOf(month, ['late', 'seriousLate']),
    early_count: countOf(month, ['early']),
    early_sec: secondsOf(month, ['early']),
    missing_count: countOf(month, ['missing']),
    absent_count: countOf(month, ['absent']),
    absent_sec: secondsOf(month, ['absent']),
    outside_count: countOf(month, ['outside']),
    device_count: countOf(month, ['method', 'clock', 'impossibleTravel']),
    leave_count: items.leave.count,
    leave_sec: items.leave.seconds,
    trip_count: items.trip.count,
    trip_sec: items.trip.seconds,
    outing_count: items.outing.count,
    outing_sec: items.outing.seconds,
    field_count: items.field.count,
    workday_over_sec: overtime.workday.seconds,
    restdays_over_sec: overtime.restday.seconds,
    holidays_over_sec: overtime.holiday.seconds,
    workdays_over_as_money: overtime.workday.paySeconds,
    workdays_over_as_vacation: overtime.workday.leaveSeconds,
    restdays_over_as_money: overtime.restday.paySeconds,
    restdays_over_as_vacation: overtime.restday.leaveSeconds,
    holidays_over_as_money: overtime.holiday.paySeconds,
    holidays_over_as_vacation: overtime.holiday.leaveSeconds,
  };
}

function ownColumns({ overtime, ...month }: MonthSummary) {
  return {
    vacation_earned_sec:
      overtime.workday.leaveEarnedSeconds +
      overtime.restday.leaveEarnedSeconds +
      overtime.holiday.leaveEarnedSeconds,
    payable_sec: month.payableSeconds,
    night_sec: month.nightSeconds,
    undecided_days: halfDays(month.undecidedDays),
  };
}

/** A day or a half, as a whole number. */
function halfDays(days: number): number {
  assert(Number.isInteger(days * 2), 'days are whole or half');
  return days * 2;
}

function countOf(month: MonthSummary, kinds: readonly ExceptionKind[]): number {
  return sum(month, kinds, 'count');
}

function secondsOf(month: MonthSummary, kinds: readonly ExceptionKind[]): number {
  return sum(month, kinds, 'seconds');
}

function sum(
  { exceptions }: MonthSummary,
  kinds: readonly ExceptionKind[],
  figure: 'count' | 'seconds',
): number {
  return exceptions
    .filter((each) => kinds.includes(each.kind))
    .reduce((total, each) => total + each[figure], 0);
}

/** A period without a day. */
export const NOTHING: PayrollFigures = figuresOfMonth(monthOf('', []));
