/** Why a formula cannot be read. */
export type FormulaFaultReason =
  | 'empty'
  | 'tooLong'
  | 'tooDeep'
  | 'strangeCharacter'
  | 'badNumber'
  | 'unknownColumn'
  | 'unknownFunction'
  | 'valueExpected'
  | 'closingExpected'
  | 'endExpected'
  | 'argumentCount'
  | 'numberExpected'
  | 'conditionExpected';

/** Why a formula that was read has no answer for one row. */
export type EvaluationFaultReason =
  | 'divisionByZero'
  | 'stepNotPositive'
  | 'columnEmpty'
  | 'tooLarge';

/** What is wrong, and where. */
export interface Fault<R extends string = FormulaFaultReason | EvaluationFaultReason> {
  readonly reason: R;
  /** Characters before it. */
  readonly at: number;
  /** What stands there, as it was written; empty at the end. */
  readonly found: string;
}

export type FormulaFault = Fault<FormulaFaultReason>;
export type EvaluationFault = Fault<EvaluationFaultReason>;

export interface Bilingual {
  readonly 'zh-CN': string;
  readonly en: string;
}

const TEXTS: Readonly<Record<Fault['reason'], readonly [zh: string, en: string]>> = {
  empty: [
    '公式为空，请填写，例如 late_times * 10',
    'the formula is empty; write one such as late_times * 10',
  ],
  tooLong: ['公式过长，请拆成几列', 'the formula is too long; split it over several columns'],
  tooDeep: [
    '括号嵌套过深，请拆成几列',
    'brackets are nested too deeply; split it over several columns',
  ],
  strangeCharacter: ['不能使用“{found}”', '“{found}” means nothing in a formula'],
  badNumber: [
    '“{found}”不是可用的数字，请写成 12 或 0.5，小数点前最多 12 位，后最多 6 位',
    '“{found}” is not a number; write 12 or 0.5, at most 12 digits before the point and 6 after',
  ],
  unknownColumn: [
    '没有名为“{found}”的列；公式列只能引用排在它前面的公式列',
    'there is no column “{found}”; a formula sees only those formulas that stand before it',
  ],
  unknownFunction: [
    '没有名为“{found}”的函数，可用 if min max floor ceil round and or not',
    'there is no function “{found}”; there are if, min, max, floor, ceil, round, and, or, not',
  ],
  valueExpected: [
    '此处应为数字、列名或函数，而不是“{found}”',
    'a number, a column or a function belongs here, not “{found}”',
  ],
  closingExpected: ['此处缺少“)”或“,”', 'a “)” or a “,” is missing here'],
  endExpected: [
    '“{found}”之前缺少运算符，或它是多余的',
    'an operator is missing before “{found}”, or it is one too many',
  ],
  argumentCount: [
    '“{found}”的参数个数不对：if 要 3 个，floor、ceil、not 要 1 个，round 要 1 或 2 个，其余 1 至 10 个',
    '“{found}” has the wrong number of arguments: if takes 3, floor, ceil and not 1, round 1 or 2, the others 1 to 10',
  ],
  numberExpected: [
    '此处需要数字；比较只能放在 if(…) 的第一个参数里',
    'a number belongs here; a comparison may only be the first argument of if(…)',
  ],
  conditionExpected: [
    '此处需要比较，例如 late_times > 3',
    'a comparison belongs here, such as late_times > 3',
  ],
  divisionByZero: [
    '除数为 0，请用 if(除数 = 0, 0, …) 避开',
    'this divides by zero; avoid it with if(divisor = 0, 0, …)',
  ],
  stepNotPositive: ['round 的步长必须大于 0', 'the step of round must be above zero'],
  columnEmpty: [
    '“{found}”在这一行没有结果，请先改正它',
    '“{found}” has no answer in this row; put it right first',
  ],
  tooLarge: ['结果过大，无法写入表格', 'the result is too large for a cell'],
};

const HERE: Bilingual = { 'zh-CN': '公式结尾', en: 'the end' };

/** The fault as a person reads it, with the position counted from 1. */
export function faultText({ reason, at, found }: Fault): Bilingual {
  const [zh, en] = TEXTS[reason];
  const say = (text: string, language: keyof Bilingual): string =>
    text.replace('{found}', () => (found === '' ? HERE[language] : found));
  return {
    'zh-CN': `第 ${at + 1} 个字符：${say(zh, 'zh-CN')}`,
    en: `character ${at + 1}: ${say(en, 'en')}`,
  };
}
