import { type PayrollColumnName, payrollColumn } from '#domain/payroll/column';
import type { FigureColumn, PayrollTemplate, TextField } from '#domain/payroll/template';

const TEXTS: readonly TextField[] = ['employee_no', 'name', 'department', 'attend_result'];

const FIGURES: readonly PayrollColumnName[] = [
  'should_attendance_days',
  'attendance_days',
  'attendance_rest_days',
  'attendance_work_time',
  'late_times',
  'late_minute',
  'serious_late_times',
  'serious_late_minute',
  'absenteeism_late_times',
  'leave_early_times',
  'leave_early_minute',
  'on_work_lack_card_times',
  'off_work_lack_card_times',
  'absenteeism_days',
  'making_up_lack_times',
  'leave_sec',
  'trip_sec',
  'outing_sec',
  'workdays_over_as_money',
  'restdays_over_as_money',
  'holidays_over_as_money',
  'workdays_over_as_vacation',
  'restdays_over_as_vacation',
  'holidays_over_as_vacation',
  'night_sec',
];

/** What lateness and lack of punches are read in; hours would hide them. */
const IN_MINUTES: ReadonlySet<PayrollColumnName> = new Set<PayrollColumnName>([
  'late_minute',
  'serious_late_minute',
  'leave_early_minute',
]);

/** The columns payroll programs ask for, and what was booked for locked periods beside them. */
export const DEFAULT_TEMPLATE: PayrollTemplate = {
  daySeconds: 8 * 3600,
  columns: [
    ...TEXTS.map((field) => ({ kind: 'text', field, heading: null }) as const),
    ...FIGURES.map((name) => figureColumn(name, 'period')),
    ...FIGURES.map((name) => figureColumn(name, 'adjustment')),
  ],
};

/** A column as it is usually shown: days with halves, time in hours, lateness in minutes. */
export function figureColumn(name: PayrollColumnName, of: FigureColumn['of']): FigureColumn {
  const usual = { kind: 'figure', name, of, heading: null, cut: 'nearest' } as const;
  const { unit } = payrollColumn(name);
  if (unit === 'times') return { ...usual, unit, decimals: 0 };
  if (unit === 'days') return { ...usual, unit, decimals: 1 };
  return IN_MINUTES.has(name)
    ? { ...usual, unit: 'minutes', decimals: 0 }
    : { ...usual, unit: 'hours', decimals: 2 };
}
