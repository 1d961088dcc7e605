import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, decimalText, type Exact, fraction } from '#domain/payroll/exact';
import { evaluate } from '#domain/payroll/formula/evaluate';
import type { ConditionNode, NumberNode } from '#domain/payroll/formula/expression';
import { faultText } from '#domain/payroll/formula/fault';
import { FORMULA_DEPTH_MAX, parseFormula } from '#domain/payroll/formula/parser';
import { printFormula } from '#domain/payroll/formula/printer';
import { FORMULA_CHARACTERS_MAX } from '#domain/payroll/formula/token';

const ROW: Readonly<Record<string, Exact>> = {
  late_count: fraction(7n, 1n),
  late_minute: fraction(95n, 1n),
  attendance_days: fraction(43n, 2n),
  zero: fraction(0n, 1n),
};
const COLUMNS = new Set([...Object.keys(ROW), 'nothing']);
const valueOf = (name: string): Exact | null => ROW[name] ?? null;

function read(text: string): NumberNode {
  const parsed = parseFormula(text, COLUMNS);
  if (!parsed.ok) throw new Error(faultText(parsed.failure).en);
  return parsed.value;
}

function answer(text: string): string {
  const value = evaluate(read(text), valueOf);
  return value.ok ? decimalText(value.value) : value.failure.reason;
}

function complaint(text: string): readonly [reason: string, at: number, found: string] {
  const parsed = parseFormula(text, COLUMNS);
  return parsed.ok
    ? ['none', 0, '']
    : [parsed.failure.reason, parsed.failure.at, parsed.failure.found];
}

describe('a formula', () => {
  test.each([
    [
      'floor(late_count / 3) * 0.5',
      '1',
      'three times late is half a day, seven times is two of them',
    ],
    ['late_minute + max(0, late_minute - 30)', '160', 'minutes over thirty count double'],
    ['if(late_count > 6, 100, 0)', '100', 'a penalty from the seventh on'],
    ['if(late_count <= 6, 100, 0)', '0', 'and none below'],
    ['0.1 + 0.2', '0.3', 'no floating point'],
    ['1 / 3 * 3', '1', 'a third three times is whole'],
    ['2 + 3 * 4', '14', 'products before sums'],
    ['(2 + 3) * 4', '20', 'but for brackets'],
    ['10 - 4 - 3', '3', 'from left to right'],
    ['12 / 2 / 3', '2', 'quotients too'],
    ['-late_count + 1', '-6', 'a sign belongs to what follows it'],
    ['2 * -3', '-6', 'also after an operator'],
    ['--3', '3', 'twice is nothing'],
    ['min(3, 1, 2)', '1', 'the smallest'],
    ['max(3, 5, 2)', '5', 'the largest'],
    ['floor(-0.5)', '-1', 'floor is downwards'],
    ['ceil(-0.5)', '0', 'ceil is upwards'],
    ['ceil(2.1)', '3', 'ceil of a part is the next'],
    ['round(2.5)', '3', 'a half is rounded up'],
    ['round(-2.5)', '-3', 'and the same downwards'],
    ['round(late_minute, 30)', '90', 'to the nearest half hour'],
    ['round(1.26, 0.5)', '1.5', 'to halves'],
    ['attendance_days', '21.5', 'half days are read as days'],
    ['if(1 = 1, 1, 0)', '1', 'equal'],
    ['if(1 == 2, 1, 0)', '0', 'a doubled sign is the same'],
    ['if(1 <> 2, 1, 0)', '1', 'different'],
    ['if(1 != 1, 1, 0)', '0', 'written otherwise'],
    ['if(2 >= 2, 1, 0)', '1', 'at least'],
    ['if(2 < 2, 1, 0)', '0', 'below'],
    ['if((2 > 1), 1, 0)', '1', 'a condition may stand in brackets'],
    ['if(and(1 < 2, 2 < 3), 1, 0)', '1', 'all'],
    ['if(or(1 > 2, 2 > 3), 1, 0)', '0', 'none of them'],
    ['if(not(1 > 2), 1, 0)', '1', 'the opposite'],
    ['if(zero = 0, 0, late_minute / zero)', '0', 'what is not chosen is not looked at'],
    ['FLOOR（late_count／3）×0.5', '1', 'a Chinese input method may be left on'],
    ['if(late_count＞3，1，0)', '1', 'its commas and signs too'],
  ])('%s is %s: %s', (text, expected) => {
    expect(answer(text)).toBe(expected);
  });

  test.each([
    ['late_minute / zero', 'divisionByZero', 12],
    ['floor(1 / (late_count - 7)) + 1', 'divisionByZero', 8],
    ['round(1, zero)', 'stepNotPositive', 0],
    ['round(1, -0.5)', 'stepNotPositive', 0],
    ['1 + nothing', 'columnEmpty', 4],
    ['1 / zero + 1 / zero', 'divisionByZero', 2],
  ])('%s has no answer: %s at %s', (text, reason, at) => {
    const value = evaluate(read(text), valueOf);
    expect(value).toMatchObject({ ok: false, failure: { reason, at } });
  });

  test.each([
    ['', 'empty', 0, ''],
    ['   ', 'empty', 0, ''],
    ['late_count late_minute', 'endExpected', 11, 'late_minute'],
    ['1)', 'endExpected', 1, ')'],
    ['if(1 < 2 < 3, 1, 0)', 'closingExpected', 9, '<'],
    ['1 +', 'valueExpected', 3, ''],
    ['* 2', 'valueExpected', 0, '*'],
    ['(1', 'closingExpected', 2, ''],
    ['min(1, 2', 'closingExpected', 8, ''],
    ['min()', 'valueExpected', 4, ')'],
    ['latecount + 1', 'unknownColumn', 0, 'latecount'],
    ['迟到', 'strangeCharacter', 0, '迟'],
    ['1 + 😀', 'strangeCharacter', 4, '😀'],
    ['sum(1)', 'unknownFunction', 0, 'sum'],
    ['1.5.2', 'badNumber', 0, '1.5.2'],
    ['1234567890123', 'badNumber', 0, '1234567890123'],
    ['0.1234567', 'badNumber', 0, '0.1234567'],
    ['1 > 2', 'numberExpected', 2, ''],
    ['1 + (2 > 1)', 'numberExpected', 7, ''],
    ['if(late_count, 1, 0)', 'conditionExpected', 3, ''],
    ['if(1 > 0, 1)', 'argumentCount', 0, 'if'],
    ['if(1 > 0, 1, 2, 3)', 'argumentCount', 0, 'if'],
    ['floor(1, 2)', 'argumentCount', 0, 'floor'],
    ['if(not(1 > 0, 1 > 0), 1, 0)', 'argumentCount', 3, 'not'],
    ['round(1, 2, 3)', 'argumentCount', 0, 'round'],
    ['min(1,2,3,4,5,6,7,8,9,10,11)', 'argumentCount', 0, 'min'],
    [`if(and(${Array(11).fill('1 > 0').join(',')}), 1, 0)`, 'argumentCount', 3, 'and'],
    [`${'('.repeat(FORMULA_DEPTH_MAX)}1`, 'tooDeep', FORMULA_DEPTH_MAX, '1'],
  ])('%s is refused: %s at %s', (text, reason, at, found) => {
    expect(complaint(text)).toEqual([reason, at, found]);
  });

  test.each([
    ['((1+2))*3', '(1 + 2) * 3', 'brackets that hold something together stay'],
    ['(1*2)+(3)', '1 * 2 + 3', 'the others go'],
    ['1-(2-3)', '1 - (2 - 3)', 'taking away twice is not once'],
    ['-(1+2)', '-(1 + 2)', 'a sign before a sum'],
    ['ROUND(late_count,1.0)', 'round(late_count)', 'a step of one goes without saying'],
    ['round(late_count,0.50)', 'round(late_count, 0.5)', 'another does not'],
    ['if(and(1==1,not(1!=2)),1,0)', 'if(and(1 = 1, not(1 <> 2)), 1, 0)', 'one sign for one thing'],
  ])('%s is printed as %s: %s', (text, printed) => {
    expect(printFormula(read(text))).toBe(printed);
  });

  test('is short; blanks do not count, but have an end too', () => {
    const tooLong = ['tooLong', FORMULA_CHARACTERS_MAX, ''];
    expect(complaint('1'.repeat(FORMULA_CHARACTERS_MAX + 1))).toEqual(tooLong);
    expect(complaint(`1${' '.repeat(2000)}`)).toEqual(tooLong);
    expect(complaint(`1${' '.repeat(1000)}`)).toEqual(['none', 0, '']);
  });

  test('says where and what to do, in both languages', () => {
    const said = faultText({ reason: 'unknownColumn', at: 3, found: 'latecount' });
    expect(said.en).toMatch(/^character 4: there is no column “latecount”/);
    expect(said['zh-CN']).toMatch(/^第 4 个字符：没有名为“latecount”的列/);
    expect(faultText({ reason: 'valueExpected', at: 3, found: '' }).en).toContain('the end');
  });
});

const leaf: fc.Arbitrary<NumberNode> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 4 }))
    .map(([digits, places]): NumberNode => {
      return { kind: 'number', value: fraction(BigInt(digits), 10n ** BigInt(places)), at: 0 };
    }),
  fc.constantFrom(...COLUMNS).map((name): NumberNode => ({ kind: 'column', name, at: 0 })),
);

const { number: anyNumber } = fc.letrec<{ number: NumberNode; condition: ConditionNode }>(
  (tie) => ({
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true, maxDepth: 5 },
      leaf,
      fc.record({ kind: fc.constant('negative'), of: tie('number'), at: fc.constant(0) }),
      fc.record({
        kind: fc.constant('arithmetic'),
        operator: fc.constantFrom('+', '-', '*', '/'),
        left: tie('number'),
        right: tie('number'),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('choice'),
        when: tie('condition'),
        chosen: tie('number'),
        otherwise: tie('number'),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('extreme'),
        which: fc.constantFrom('min', 'max'),
        of: fc.array(tie('number'), { minLength: 1, maxLength: 3 }),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('whole'),
        which: fc.constantFrom('floor', 'ceil'),
        of: tie('number'),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('round'),
        of: tie('number'),
        step: tie('number'),
        at: fc.constant(0),
      }),
    ),
    condition: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.record({
        kind: fc.constant('comparison'),
        operator: fc.constantFrom('<', '<=', '>', '>=', '=', '<>'),
        left: tie('number'),
        right: tie('number'),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('joined'),
        which: fc.constantFrom('and', 'or'),
        of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
        at: fc.constant(0),
      }),
      fc.record({ kind: fc.constant('not'), of: tie('condition'), at: fc.constant(0) }),
    ),
  }),
);

/** Without positions: what it says, not where it stood. */
function meaning(node: NumberNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) =>
      key === 'at' ? undefined : typeof value === 'bigint' ? String(value) : value,
    ),
  );
}

describe('every formula', () => {
  test('that is printed and read again is the same', () => {
    fc.assert(
      fc.property(anyNumber, (node) => {
        const printed = printFormula(node);
        const parsed = parseFormula(printed, COLUMNS);
        fc.pre(parsed.ok || !['tooLong', 'tooDeep'].includes(parsed.failure.reason));
        expect(parsed.ok && meaning(parsed.value)).toEqual(meaning(node));
        expect(parsed.ok && printFormula(parsed.value)).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });

  test('that can be read can be read again as it is printed', () => {
    const words = ['late_count', '0.50', '(', ')', '-', '*', ' ', 'min(', ',', '<', 'if(', '1'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), (parts) => {
        const parsed = parseFormula(parts.join(''), COLUMNS);
        fc.pre(parsed.ok);
        const again = parseFormula(printFormula(parsed.value), COLUMNS);
        expect(again.ok && meaning(again.value)).toEqual(meaning(parsed.value));
      }),
      { numRuns: 2000 },
    );
  });

  test('has an answer or a fault inside the text, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(fc.constantFrom('1', '.5', 'if(', 'round(', ')', ',', '+', '/', '<', 'zero', '，'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseFormula(text, COLUMNS);
        const answered = parsed.ok ? evaluate(parsed.value, valueOf) : parsed;
        const fault = answered.ok ? null : answered.failure;
        expect(fault?.at ?? 0).toBeLessThanOrEqual(text.length);
        expect(fault === null ? '' : faultText(fault).en).not.toContain('{found}');
      }),
      { numRuns: 2000 },
    );
  });

  test('comes to the same every time, and min is never above max', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        expect(evaluate(a, valueOf)).toEqual(evaluate(a, valueOf));
        const [least, most] = (['min', 'max'] as const).map((which) =>
          evaluate({ kind: 'extreme', which, of: [a, b], at: 0 }, valueOf),
        );
        expect(least?.ok).toBe(most?.ok);
        const gap = least?.ok === true && most?.ok === true ? compare(least.value, most.value) : 0;
        expect(gap).toBeLessThanOrEqual(0);
      }),
    );
  });
});
