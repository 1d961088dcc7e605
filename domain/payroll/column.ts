import { type Exact, fraction } from '#domain/payroll/exact';
import type { Bilingual } from '#domain/payroll/formula/fault';

/**
 * The unit that the name of a column promises, in which formulas read it. Figures are kept as whole
 * numbers of something smaller: half days for days, seconds for minutes.
 */
export type NamedUnit = 'times' | 'days' | 'minutes' | 'seconds';

/** One figure of somebody's period. */
export interface PayrollColumn {
  readonly unit: NamedUnit;
  /** Without the unit, which the reader of a sheet chooses. */
  readonly heading: Bilingual;
}

/**
 * Every figure that can be paid by or deducted for, under the name integrators know: first those of
 * payroll programs, then 企业微信's monthly summary, then our own.
 *
 * @see docs/payroll.md, "Columns"
 */
export const PAYROLL_COLUMNS = {
  should_attendance_days: column('days', '应出勤天数', 'Days owed'),
  attendance_days: column('days', '出勤天数', 'Days attended'),
  attendance_rest_days: column('days', '休息日出勤天数', 'Days off attended'),
  attendance_work_time: column('minutes', '工作时长', 'Time worked'),
  late_times: column('times', '迟到次数', 'Times late'),
  late_minute: column('minutes', '迟到时长', 'Time late'),
  serious_late_times: column('times', '严重迟到次数', 'Times seriously late'),
  serious_late_minute: column('minutes', '严重迟到时长', 'Time seriously late'),
  absenteeism_late_times: column('times', '旷工迟到次数', 'Late arrivals counted as absence'),
  leave_early_times: column('times', '早退次数', 'Times left early'),
  leave_early_minute: column('minutes', '早退时长', 'Time left early'),
  on_work_lack_card_times: column('times', '上班缺卡次数', 'Missing arrivals'),
  off_work_lack_card_times: column('times', '下班缺卡次数', 'Missing departures'),
  absenteeism_days: column('days', '旷工天数', 'Days absent'),
  making_up_lack_times: column('times', '补卡次数', 'Make-ups'),

  work_days: column('days', '工作日天数', 'Workdays'),
  regular_days: column('days', '正常天数', 'Regular days'),
  except_days: column('days', '异常天数', 'Days with exceptions'),
  rest_days: column('days', '休息天数', 'Days off'),
  regular_work_sec: column('seconds', '工作日实际工时', 'Time worked on workdays'),
  standard_work_sec: column('seconds', '标准工时', 'Time owed'),
  late_count: column('times', '迟到（含严重）次数', 'Times late, serious included'),
  late_sec: column('seconds', '迟到（含严重）时长', 'Time late, serious included'),
  early_count: column('times', '早退次数', 'Early departures'),
  early_sec: column('seconds', '早退时长', 'Time of early departures'),
  missing_count: column('times', '缺卡次数', 'Missing punches'),
  absent_count: column('times', '旷工次数', 'Absences'),
  absent_sec: column('seconds', '旷工时长', 'Time absent'),
  outside_count: column('times', '地点异常次数', 'Punches out of place'),
  device_count: column('times', '设备异常次数', 'Doubtful punches'),
  leave_count: column('times', '请假次数', 'Leaves'),
  leave_sec: column('seconds', '请假时长', 'Time on leave'),
  trip_count: column('times', '出差次数', 'Business trips'),
  trip_sec: column('seconds', '出差时长', 'Time on business trips'),
  outing_count: column('times', '外出次数', 'Outings'),
  outing_sec: column('seconds', '外出时长', 'Time on outings'),
  field_count: column('times', '外勤次数', 'Field punches'),
  workday_over_sec: column('seconds', '工作日加班', 'Overtime on workdays'),
  restdays_over_sec: column('seconds', '休息日加班', 'Overtime on rest days'),
  holidays_over_sec: column('seconds', '节假日加班', 'Overtime on holidays'),
  workdays_over_as_money: column('seconds', '工作日加班计加班费', 'Workday overtime paid'),
  workdays_over_as_vacation: column('seconds', '工作日加班计调休', 'Workday overtime as time off'),
  restdays_over_as_money: column('seconds', '休息日加班计加班费', 'Rest day overtime paid'),
  restdays_over_as_vacation: column('seconds', '休息日加班计调休', 'Rest day overtime as time off'),
  holidays_over_as_money: column('seconds', '节假日加班计加班费', 'Holiday overtime paid'),
  holidays_over_as_vacation: column('seconds', '节假日加班计调休', 'Holiday overtime as time off'),

  vacation_earned_sec: column('seconds', '获得调休', 'Time off earned'),
  payable_sec: column('seconds', '计薪工时', 'Payable time'),
  night_sec: column('seconds', '夜间工时', 'Night time'),
  undecided_days: column('days', '未定天数', 'Days undecided'),
} as const satisfies Readonly<Record<string, PayrollColumn>>;

export type PayrollColumnName = keyof typeof PAYROLL_COLUMNS;

/** A whole number of the smallest unit for every column. */
export type PayrollFigures = Readonly<Record<PayrollColumnName, number>>;

/** In the order of the table. */
export const PAYROLL_COLUMN_NAMES: readonly PayrollColumnName[] =
  Object.keys(PAYROLL_COLUMNS).filter(isPayrollColumn);

export function isPayrollColumn(name: string): name is PayrollColumnName {
  return Object.hasOwn(PAYROLL_COLUMNS, name);
}

export function payrollColumn(name: PayrollColumnName): PayrollColumn {
  return PAYROLL_COLUMNS[name];
}

/** A figure in the unit that its column's name promises: 90 seconds of `late_minute` are 1.5. */
export function namedValue(name: PayrollColumnName, figure: number): Exact {
  return fraction(BigInt(figure), SMALLEST_PER[PAYROLL_COLUMNS[name].unit]);
}

/** Smallest units in one of each named unit; days are kept in halves. */
const SMALLEST_PER: Readonly<Record<NamedUnit, bigint>> = {
  times: 1n,
  days: 2n,
  minutes: 60n,
  seconds: 1n,
};

function column(unit: NamedUnit, zh: string, en: string): PayrollColumn {
  return { unit, heading: { 'zh-CN': zh, en } };
}
