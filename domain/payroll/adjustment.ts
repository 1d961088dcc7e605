import type { AdjustmentRow } from '#domain/attendance/finality/adjustment';
import {
  isPayrollColumn,
  type PayrollColumnName,
  type PayrollFigures,
} from '#domain/payroll/column';
import { NOTHING } from '#domain/payroll/figures';

/** What was booked in a period because locked days of earlier periods came out differently. */
export interface Adjustments {
  readonly figures: PayrollFigures;
  /** Figures that no column of payroll shows; they are told, never dropped. */
  readonly unplaced: readonly string[];
}

/** Differences of one person, summed into columns of their own; the locked period stays as it was. */
export function adjustmentsIn(
  rows: readonly Pick<AdjustmentRow, 'column' | 'difference'>[],
): Adjustments {
  const figures = { ...NOTHING };
  const unplaced = new Set<string>();
  for (const { column, difference } of rows) {
    const names = columnsOf(column);
    if (names.length === 0) unplaced.add(column);
    for (const name of names) figures[name] += difference;
  }
  return { figures, unplaced: [...unplaced].toSorted() };
}

/** A row names a column of payroll, or a figure of a day that several columns contain. */
function columnsOf(figure: string): readonly PayrollColumnName[] {
  return isPayrollColumn(figure) ? [figure] : (COLUMNS_OF_FIGURE.get(figure) ?? []);
}

const COLUMNS_OF_FIGURE: ReadonlyMap<string, readonly PayrollColumnName[]> = new Map<
  string,
  readonly PayrollColumnName[]
>([
  ['standardSeconds', ['standard_work_sec']],
  ['workedSeconds', ['attendance_work_time']],
  ['payableSeconds', ['payable_sec']],
  ['nightSeconds', ['night_sec']],
  ['overtime.workday.paySeconds', ['workdays_over_as_money', 'workday_over_sec']],
  ['overtime.workday.leaveSeconds', ['workdays_over_as_vacation', 'workday_over_sec']],
  ['overtime.restday.paySeconds', ['restdays_over_as_money', 'restdays_over_sec']],
  ['overtime.restday.leaveSeconds', ['restdays_over_as_vacation', 'restdays_over_sec']],
  ['overtime.holiday.paySeconds', ['holidays_over_as_money', 'holidays_over_sec']],
  ['overtime.holiday.leaveSeconds', ['holidays_over_as_vacation', 'holidays_over_sec']],
  ['late.count', ['late_times', 'late_count']],
  ['late.seconds', ['late_minute', 'late_sec']],
  ['seriousLate.count', ['serious_late_times', 'late_count']],
  ['seriousLate.seconds', ['serious_late_minute', 'late_sec']],
  ['early.count', ['leave_early_times', 'early_count']],
  ['early.seconds', ['leave_early_minute', 'early_sec']],
  ['missing.count', ['missing_count']],
  ['absent.count', ['absent_count']],
  ['absent.seconds', ['absent_sec']],
  ['outside.count', ['outside_count']],
  ['method.count', ['device_count']],
  ['clock.count', ['device_count']],
  ['impossibleTravel.count', ['device_count']],
]);
