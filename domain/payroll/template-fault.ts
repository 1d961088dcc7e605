import { payrollColumn } from '#domain/payroll/column';
import { type Bilingual, type FormulaFault, faultText } from '#domain/payroll/formula/fault';
import type { FigureColumn } from '#domain/payroll/template';

type PlainReason = 'badName' | 'nameTaken' | 'unitUnfit';

/** What is wrong with one column: its formula, or something plainer. */
export type Complaint =
  | { readonly reason: 'formula'; readonly formula: FormulaFault }
  | { readonly reason: PlainReason };

/** @param column counted from 0 */
export type TemplateFault = Complaint & { readonly column: number };

const TEXTS: Readonly<Record<PlainReason, Bilingual>> = {
  badName: {
    'zh-CN': '名称须以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符',
    en: 'a name begins with a small letter and has small letters, digits and _ only, at most 40',
  },
  nameTaken: {
    'zh-CN': '名称已被占用，请换一个',
    en: 'the name is taken; choose another',
  },
  unitUnfit: {
    'zh-CN': '这一列不能换算成所选单位：次数用“次”，天数用“天”，时长用天、小时、分钟或秒',
    en: 'the column cannot be shown in this unit: counts are times, days are days, time is days, hours, minutes or seconds',
  },
};

/** Counts stay counts and days stay days; time is shown in any unit of time. */
export function isUnitFit({ name, unit }: Pick<FigureColumn, 'name' | 'unit'>): boolean {
  const kept = payrollColumn(name).unit;
  const isTime = kept === 'minutes' || kept === 'seconds';
  return isTime ? unit !== 'times' : unit === kept;
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const WORDS: ReadonlySet<string> = new Set([
  'if',
  'min',
  'max',
  'floor',
  'ceil',
  'round',
  'and',
  'or',
  'not',
]);

/** A formula's own name must be one that another formula can say, and nobody else's. */
export function nameFault(
  name: string,
  taken: ReadonlySet<string>,
): 'badName' | 'nameTaken' | null {
  if (!NAME.test(name)) return 'badName';
  return taken.has(name) || WORDS.has(name) ? 'nameTaken' : null;
}

/** The fault as a person reads it, with the column counted from 1. */
export function templateFaultText(fault: TemplateFault): Bilingual {
  const text = fault.reason === 'formula' ? faultText(fault.formula) : TEXTS[fault.reason];
  return {
    'zh-CN': `第 ${fault.column + 1} 列：${text['zh-CN']}`,
    en: `column ${fault.column + 1}: ${text.en}`,
  };
}
