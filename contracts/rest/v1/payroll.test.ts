import { describe, expect, test } from 'vitest';
import { readOrRefuse } from '#contracts/attendance/refusal';
import { exportJobs, newExport } from '#contracts/rest/v1/export';
import {
  formulaCheck,
  formulaVerdict,
  payrollColumns,
  payrollRows,
  payrollTemplate,
  payrollTemplates,
  period,
} from '#contracts/rest/v1/payroll';
import {
  columnsAnswer,
  headingsAnswer,
  rowAnswer,
  verdictOf,
} from '#contracts/rest/v1/payroll-mapper';
import { DEFAULT_TEMPLATE } from '#domain/payroll/default-template';
import { NOTHING } from '#domain/payroll/figures';
import { payrollCells, payrollSheet } from '#domain/payroll/payroll-sheet';

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

const TEXTS = {
  employee_no: '0042',
  name: '小王',
  department: '',
  site: '',
  rule_group: '',
  period_from: '2026-03-01',
  period_to: '2026-03-31',
  attend_result: '正常',
};

const say = (formula: string, names: readonly string[] = []) =>
  formulaVerdict.parse(verdictOf(formulaCheck.parse({ formula, names })));

describe('an answer about payroll', () => {
  test('has rows as they will be exported, with every digit and every reason', () => {
    const share = { ...fine, name: 'share', formula: 'late_minute / late_times' };
    const words = { kind: 'text', field: 'employee_no' };
    const columns = [words, { ...late, decimals: 2 }, late, share];
    const sheet = payrollSheet(payrollTemplate.parse({ name: 'a', columns }));
    const figures = { ...NOTHING, late_minute: 90 };
    const rows = (sheet.ok ? [sheet.value] : []).map((known) => ({
      headings: headingsAnswer(known),
      row: rowAnswer(
        known,
        payrollCells(known, { texts: TEXTS, period: figures, adjustment: NOTHING }),
      ),
    }));
    const answer = payrollRows.parse({
      headings: rows[0]?.headings,
      rows: rows.map(({ row }) => ({
        personId: '0199a3b0-0000-7000-8000-000000000001',
        unplaced: [],
        ...row,
      })),
      undecidedDays: 0,
    });
    expect(answer.headings.map(({ kind, decimals }) => [kind, decimals])).toEqual([
      ['text', 0],
      ['number', 2],
      ['number', 0],
      ['number', 2],
    ]);
    expect(answer.rows[0]?.cells).toEqual(['0042', '1.50', '2', null]);
    expect(answer.rows[0]?.faults).toMatchObject([
      { column: 3, text: { en: expect.stringContaining('divides by zero') } },
    ]);
  });

  test('lists every column', () => {
    expect(payrollColumns.parse(columnsAnswer()).columns).toContainEqual({
      name: 'late_minute',
      unit: 'minutes',
      heading: { 'zh-CN': '迟到时长', en: 'Time late' },
    });
  });

  test('tells of a formula how it is read, or what is wrong with it', () => {
    expect(say('late_times*10')).toEqual({ ok: true, printed: 'late_times * 10' });
    expect(say('fine + adj_late_times', ['fine'])).toMatchObject({ ok: true });
    expect(say('fine + 1')).toMatchObject({ ok: false, reason: 'unknownColumn', at: 0 });
  });

  test('lists templates as they were stored', () => {
    const template = payrollTemplate.parse({ name: 'a', columns: [late] });
    const stored = {
      templateId: 'a',
      version: 1,
      template,
      changedAt: '2026-03-31T18:00:00+08:00',
    };
    expect(payrollTemplates.parse({ templates: [stored] }).templates).toEqual([stored]);
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

  test('knows how far it is, and what it became', () => {
    const job = {
      exportId: '0199a3b0-0000-7000-8000-000000000001',
      request: newExport.parse(request),
      templateVersion: null,
      requestedAt: '2026-04-01T09:00:00+08:00',
      state: 'ready',
      progress: { peopleDone: 2, peopleTotal: 2 },
      file: {
        name: 'payroll-2026-03.xlsx',
        bytes: 5,
        sha256: 'a'.repeat(64),
        rows: 2,
        expiresAt: '2026-04-08T09:00:00+08:00',
      },
      problem: null,
      period: 'locked',
    };
    expect(exportJobs.parse({ exports: [job], next: null }).exports).toEqual([job]);
    expect(
      exportJobs.safeParse({ exports: [{ ...job, state: 'almost' }], next: null }).success,
    ).toBe(false);
  });

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
