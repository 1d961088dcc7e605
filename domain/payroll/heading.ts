import { payrollColumn } from '#domain/payroll/column';
import type { Bilingual } from '#domain/payroll/formula/fault';
import type { ShownUnit, TemplateColumn, TextField } from '#domain/payroll/template';

const FIELDS: Readonly<Record<TextField, Bilingual>> = {
  employee_no: { 'zh-CN': '工号', en: 'Employee no.' },
  name: { 'zh-CN': '姓名', en: 'Name' },
  department: { 'zh-CN': '部门', en: 'Department' },
  site: { 'zh-CN': '办公地点', en: 'Site' },
  rule_group: { 'zh-CN': '打卡规则', en: 'Rule' },
  period_from: { 'zh-CN': '开始日期', en: 'From' },
  period_to: { 'zh-CN': '结束日期', en: 'To' },
  attend_result: { 'zh-CN': '考勤结果', en: 'Result' },
};

const UNITS: Readonly<Record<ShownUnit, Bilingual>> = {
  times: { 'zh-CN': '次', en: 'times' },
  days: { 'zh-CN': '天', en: 'days' },
  hours: { 'zh-CN': '小时', en: 'hours' },
  minutes: { 'zh-CN': '分钟', en: 'minutes' },
  seconds: { 'zh-CN': '秒', en: 'seconds' },
};

/** What stands over a column: the chosen words, or the usual ones with their unit. */
export function headingOf(column: TemplateColumn): Bilingual {
  if (column.kind === 'formula') return column.heading;
  if (column.heading !== null) return column.heading;
  if (column.kind === 'text') return FIELDS[column.field];
  const { heading } = payrollColumn(column.name);
  const isBooked = column.of === 'adjustment';
  const [zh, en] = [UNITS[column.unit]['zh-CN'], UNITS[column.unit].en];
  return {
    'zh-CN': `${isBooked ? '补差：' : ''}${heading['zh-CN']}（${zh}）`,
    en: `${isBooked ? 'Adjustment: ' : ''}${heading.en} (${en})`,
  };
}
