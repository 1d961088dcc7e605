import { describe, expect, test } from 'vitest';
import { ATTEND_RESULT_TEXTS, attendResultOf } from '#domain/payroll/attend-result';
import type { PayrollFigures } from '#domain/payroll/column';
import { DEFAULT_TEMPLATE, figureColumn } from '#domain/payroll/default-template';
import { NOTHING } from '#domain/payroll/figures';
import { type PayrollRow, payrollCells, payrollSheet } from '#domain/payroll/payroll-sheet';
import type { FigureColumn, FormulaColumn, TemplateColumn } from '#domain/payroll/template';
import { templateFaultText } from '#domain/payroll/template-fault';

const DAY_SECONDS = 8 * 3600;

function rowOf(
  period: Partial<PayrollFigures>,
  adjustment: Partial<PayrollFigures> = {},
): PayrollRow {
  return {
    texts: {
      employee_no: '0042',
      name: '小王',
      department: '研发',
      site: '上海',
      rule_group: '固定',
      period_from: '2026-03-01',
      period_to: '2026-03-31',
      attend_result: '正常',
    },
    period: { ...NOTHING, ...period },
    adjustment: { ...NOTHING, ...adjustment },
  };
}

function formula(name: string, text: string, style: Partial<FormulaColumn> = {}): FormulaColumn {
  const heading = { 'zh-CN': name, en: name };
  return { kind: 'formula', name, heading, formula: text, decimals: 2, cut: 'nearest', ...style };
}

const figure = (change: Partial<FigureColumn>): FigureColumn => ({
  ...figureColumn('late_minute', 'period'),
  ...change,
});

function cellsOf(columns: readonly TemplateColumn[], row: PayrollRow) {
  const sheet = payrollSheet({ columns, daySeconds: DAY_SECONDS });
  if (!sheet.ok) throw new Error(sheet.failure.map((each) => templateFaultText(each).en).join());
  return payrollCells(sheet.value, row);
}

describe('a cell', () => {
  test.each([
    ['minutes', 0, 'nearest', 95, 2, 'seconds to minutes, cut to the nearest'],
    ['minutes', 2, 'down', 95, 158, 'the last decimal counts: 1.58'],
    ['minutes', 0, 'up', 61, 2, 'a begun minute counts'],
    ['hours', 2, 'nearest', 5400, 150, 'an hour and a half'],
    ['days', 1, 'nearest', 14_400, 5, 'half a day of eight hours'],
    ['seconds', 0, 'nearest', 95, 95, 'as it is kept'],
  ] as const)('time in %s with %s decimals, %s: %s -> %s, %s', (...given) => {
    const [unit, decimals, cut, seconds, cell] = given;
    const column = figure({ unit, decimals, cut });
    expect(cellsOf([column], rowOf({ late_minute: seconds })).cells).toEqual([cell]);
  });

  test('of days shows halves, of counts the count, of words the words', () => {
    const columns = [
      figure({ name: 'attendance_days', unit: 'days', decimals: 1 }),
      figure({ name: 'late_times', unit: 'times', decimals: 0 }),
      { kind: 'text', field: 'employee_no', heading: null } as const,
    ];
    const row = rowOf({ attendance_days: 43, late_times: 3 });
    expect(cellsOf(columns, row).cells).toEqual([215, 3, '0042']);
  });

  test('of an adjustment reads what was booked, and may be negative', () => {
    const column = figure({ of: 'adjustment', unit: 'minutes', decimals: 0 });
    const row = rowOf({ late_minute: 600 }, { late_minute: -120 });
    expect(cellsOf([column], row).cells).toEqual([-2]);
  });
});

describe('a formula column', () => {
  test('reads columns in the unit of their name', () => {
    const columns = [
      formula('penalty', 'floor(late_count / 3) * 0.5'),
      formula('extra', 'late_minute + max(0, late_minute - 30)'),
      formula('owed', 'attendance_days * 8'),
    ];
    const row = rowOf({ late_count: 7, late_minute: 45 * 60, attendance_days: 43 });
    expect(cellsOf(columns, row).cells).toEqual([100, 6000, 17_200]);
  });

  test('reads what was booked for locked periods by the same names', () => {
    const row = rowOf({ late_minute: 600 }, { late_minute: -120 });
    const column = formula('net', 'late_minute + adj_late_minute', { decimals: 0 });
    expect(cellsOf([column], row).cells).toEqual([8]);
  });

  test('reads an earlier one as it is written in the sheet', () => {
    const third = formula('third', '1 / 3', { decimals: 1 });
    expect(cellsOf([third, formula('sum', 'third * 3')], rowOf({})).cells).toEqual([3, 90]);
  });

  test('without an answer leaves its cell empty, says why, and takes along what needs it', () => {
    const columns = [
      formula('share', 'late_minute / late_count'),
      formula('twice', 'share * 2'),
      formula('safe', 'if(late_count = 0, 0, share)'),
    ];
    const { cells, faults } = cellsOf(columns, rowOf({}));
    expect(cells).toEqual([null, null, 0]);
    expect(faults).toMatchObject([
      { column: 0, fault: { reason: 'divisionByZero', at: 12 } },
      { column: 1, fault: { reason: 'columnEmpty', found: 'share' } },
    ]);
  });

  test('beyond what a cell can hold is a fault, not a rounded number', () => {
    const { cells, faults } = cellsOf([formula('huge', '999999999999 * 999999999')], rowOf({}));
    expect(cells).toEqual([null]);
    expect(faults).toMatchObject([{ fault: { reason: 'tooLarge' } }]);
  });
});

describe('a template', () => {
  test('is refused with everything that is wrong in it', () => {
    const sheet = payrollSheet({
      daySeconds: DAY_SECONDS,
      columns: [
        figure({ unit: 'times' }),
        figure({ name: 'late_times', unit: 'hours' }),
        formula('Late', '1'),
        formula('late_times', '1'),
        formula('max', '1'),
        formula('early', 'later + 1'),
        formula('later', '1'),
        formula('later', '2 +'),
      ],
    });
    const said = sheet.ok ? [] : sheet.failure.map((each) => templateFaultText(each));
    expect(said.map(({ en }) => en.slice(0, 36))).toEqual([
      'column 1: the column cannot be shown',
      'column 2: the column cannot be shown',
      'column 3: a name begins with a small',
      'column 4: the name is taken; choose ',
      'column 5: the name is taken; choose ',
      'column 6: character 1: there is no c',
      'column 8: the name is taken; choose ',
      'column 8: character 4: a number, a c',
    ]);
    expect(said[0]?.['zh-CN']).toMatch(/^第 1 列：/);
  });

  test('names its columns with their unit, unless it renames them', () => {
    const renamed = { 'zh-CN': '迟到扣款', en: 'Fine' };
    const sheet = payrollSheet({
      daySeconds: DAY_SECONDS,
      columns: [
        figure({ unit: 'minutes' }),
        figure({ of: 'adjustment', unit: 'hours' }),
        figure({ heading: renamed }),
        { kind: 'text', field: 'name', heading: null },
        formula('fine', '1', { heading: renamed }),
      ],
    });
    expect(sheet.ok && sheet.value.columns.map(({ heading }) => heading)).toEqual([
      { 'zh-CN': '迟到时长（分钟）', en: 'Time late (minutes)' },
      { 'zh-CN': '补差：迟到时长（小时）', en: 'Adjustment: Time late (hours)' },
      renamed,
      { 'zh-CN': '姓名', en: 'Name' },
      renamed,
    ]);
  });

  test('is there from the start, with adjustments beside the figures', () => {
    const sheet = payrollSheet(DEFAULT_TEMPLATE);
    expect(sheet.ok && sheet.value.columns.length).toBe(DEFAULT_TEMPLATE.columns.length);
    const zh = sheet.ok ? sheet.value.columns.map(({ heading }) => heading['zh-CN']) : [];
    expect(new Set(zh).size).toBe(zh.length);
    expect(zh).toContain('补差：旷工天数（天）');
  });
});

describe('the result of a period', () => {
  test.each([
    [{}, 'normal'],
    [{ except_days: 2 }, 'exceptional'],
    [{ except_days: 2, undecided_days: 2 }, 'undecided'],
  ] as const)('with %o is %s', (figures, result) => {
    expect(attendResultOf({ ...NOTHING, ...figures })).toBe(result);
    expect(ATTEND_RESULT_TEXTS[result]['zh-CN']).not.toBe('');
  });
});
