import { describe, expect, test } from 'vitest';
import { readOrRefuse } from '#contracts/attendance/refusal';
import { newExport } from '#contracts/rest/v1/export';
import { payrollTemplate, period } from '#contracts/rest/v1/payroll';
import { DEFAULT_TEMPLATE } from '#domain/payroll/default-template';
import { payrollSheet } from '#domain/payroll/payroll-sheet';

const heading = { 'zh-CN': '扣款', en: 'Fine' };
const late = { kind: 'figure', name: 'late_minute', unit: 'minutes', decimals: 0 };
const fine = { kind: 'formula', name: 'fine', heading, formula: 'late_times * 10', decimals: 2 };

function refusalsOf(columns: readonly unknown[]): readonly (readonly [path: string, en: string])[] {
  const read = readOrRefuse(payrollTemplate, { name: 'a', columns });
  return read.ok ? [] : read.refusals.map(({ path, en }) => [path, en]);
}

describe('a payroll template', () => {
  test('that parses can be calculated', () => {
    const template = payrollTemplate.parse({ name: '月薪', columns: [late, fine] });
    expect(template.columns).toMatchObject([{ of: 'period', cut: 'nearest' }, { name: 'fine' }]);
    expect(payrollSheet(template).ok).toBe(true);
  });

  test('may be the one there is from the start', () => {
    expect(payrollTemplate.safeParse({ name: 'a', ...DEFAULT_TEMPLATE }).success).toBe(true);
  });

  test('is refused where it is wrong, in both languages', () => {
    const read = readOrRefuse(payrollTemplate, {
      name: 'a',
      columns: [late, { ...fine, formula: 'late_time * 10' }],
    });
    expect(read).toMatchObject({
      ok: false,
      refusals: [
        {
          path: 'columns[1].formula',
          'zh-CN': expect.stringMatching(/^第 2 列：第 1 个字符：没有名为“late_time”的列/),
          en: expect.stringMatching(/^column 2: character 1: there is no column “late_time”/),
        },
      ],
    });
  });

  test.each([
    [{ ...late, unit: 'times' }, 'columns[0].unit', 'cannot be shown in this unit'],
    [{ ...late, name: 'lateness' }, 'columns[0].name', 'expected one of'],
    [{ ...fine, name: 'max' }, 'columns[0].name', 'the name is taken'],
    [{ ...fine, name: 'Fine' }, 'columns[0].name', 'begins with a small letter'],
    [{ ...late, decimals: 9 }, 'columns[0].decimals', '4'],
    [{ ...late, colour: 'red' }, 'columns[0]', 'colour'],
  ])('%o is refused at %s', (column, path, reason) => {
    expect(refusalsOf([column])).toEqual([[path, expect.stringContaining(reason)]]);
  });
});

describe('a period', () => {
  test.each([
    ['2026-03-01', '2026-03-31', true],
    ['2026-03-01', '2026-03-01', true],
    ['2026-03-02', '2026-03-01', false],
    ['2024-01-01', '2024-12-31', true],
    ['2025-01-01', '2026-01-02', false],
    ['yesterday', '2026-01-02', false],
    ['2026-02-30', '2026-03-02', false],
  ])('from %s to %s: %s', (from, to, isPeriod) => {
    expect(period.safeParse({ from, to }).success).toBe(isPeriod);
  });
});

describe('an export', () => {
  const request = {
    kind: 'payroll',
    period: { from: '2026-03-01', to: '2026-03-31' },
    format: 'xlsx',
    language: 'zh-CN',
  };

  test('is of everybody and in the usual columns unless it says otherwise', () => {
    expect(newExport.parse(request)).toEqual({ ...request, templateId: null, departmentIds: null });
  });

  test.each([
    [{ ...request, kind: 'faces' }],
    [{ ...request, format: 'xls' }],
    [{ ...request, departmentIds: [] }],
    [{ ...request, kind: 'days', templateId: 'a' }],
  ])('%o is refused', (asked) => {
    expect(newExport.safeParse(asked).success).toBe(false);
  });
});
