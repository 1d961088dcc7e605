import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PAYROLL_COLUMN_NAMES, payrollColumn } from '#domain/payroll/column';
import { decimalText, type Exact, fraction, ZERO } from '#domain/payroll/exact';
import { evaluate } from '#domain/payroll/formula/evaluate';
import { parseFormula } from '#domain/payroll/formula/parser';
import { printFormula } from '#domain/payroll/formula/printer';

/* Goal: what docs/payroll.md says is so. Method: its tables are the tests. */

const page = readFileSync(join(import.meta.dirname, '../../docs/payroll.md'), 'utf8');

/** The rows of the table under a heading, cell by cell. */
function table(first: string): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`| ${first} |`);
  const [body = ''] = after.split('\n\n');
  return body
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$|`/g, '')));
}

const KNOWN = new Set(PAYROLL_COLUMN_NAMES.flatMap((name) => [name, `adj_${name}`]));

/** `late_count = 7, adj_late_minute = -4`; every other column is zero. */
function valuesOf(text: string): (name: string) => Exact {
  const given = new Map(
    text.split(', ').map((each) => {
      const [name = '', value = ''] = each.split(' = ');
      return [name, fraction(BigInt(value), 1n)] as const;
    }),
  );
  return (name) => given.get(name) ?? ZERO;
}

describe('the page on payroll', () => {
  test('lists every column with its unit and words', () => {
    expect(table('column')).toEqual(
      PAYROLL_COLUMN_NAMES.map((name) => {
        const { unit, heading } = payrollColumn(name);
        return [name, unit, heading['zh-CN'], heading.en];
      }),
    );
  });

  test.each(table('formula'))('%s with %s is %s: %s', (formula, given, answer) => {
    const parsed = parseFormula(formula, KNOWN);
    const value = parsed.ok ? evaluate(parsed.value, valuesOf(given)) : parsed;
    expect(value.ok && decimalText(value.value)).toBe(answer);
    expect(parsed.ok && printFormula(parsed.value)).toBe(formula);
  });
});
