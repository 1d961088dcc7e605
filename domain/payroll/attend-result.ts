import type { PayrollFigures } from '#domain/payroll/column';
import type { Bilingual } from '#domain/payroll/formula/fault';

/** What a whole period came to. `undecided`: a day of it may still change by itself. */
export type AttendResult = 'normal' | 'exceptional' | 'undecided';

export function attendResultOf({ except_days, undecided_days }: PayrollFigures): AttendResult {
  if (undecided_days > 0) return 'undecided';
  return except_days > 0 ? 'exceptional' : 'normal';
}

export const ATTEND_RESULT_TEXTS: Readonly<Record<AttendResult, Bilingual>> = {
  normal: { 'zh-CN': '正常', en: 'normal' },
  exceptional: { 'zh-CN': '有异常', en: 'with exceptions' },
  undecided: { 'zh-CN': '尚未确定', en: 'undecided' },
};
