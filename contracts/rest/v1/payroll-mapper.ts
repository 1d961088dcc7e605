import type { z } from 'zod';
import type {
  formulaCheck,
  formulaVerdict,
  payrollColumns,
  payrollRows,
} from '#contracts/rest/v1/payroll';
import { PAYROLL_COLUMN_NAMES, payrollColumn } from '#domain/payroll/column';
import { decimalText, fraction } from '#domain/payroll/exact';
import { faultText } from '#domain/payroll/formula/fault';
import { parseFormula } from '#domain/payroll/formula/parser';
import { printFormula } from '#domain/payroll/formula/printer';
import { formulaNames, type PayrollCells, type PayrollSheet } from '#domain/payroll/payroll-sheet';

/** Every column a template may choose. */
export function columnsAnswer(): z.output<typeof payrollColumns> {
  return {
    columns: PAYROLL_COLUMN_NAMES.map((name) => {
      const { unit, heading } = payrollColumn(name);
      return { name, unit, heading };
    }),
  };
}

/** What is to be said of a formula as far as it has been typed. */
export function verdictOf({
  formula,
  names,
}: z.output<typeof formulaCheck>): z.output<typeof formulaVerdict> {
  const parsed = parseFormula(formula, new Set([...formulaNames(), ...names]));
  if (parsed.ok) return { ok: true, printed: printFormula(parsed.value) };
  const { reason, at } = parsed.failure;
  return { ok: false, reason, at, text: faultText(parsed.failure) };
}

type RowsAnswer = z.output<typeof payrollRows>;

/** What stands over the columns of a sheet, and how their numbers are written. */
export function headingsAnswer({ columns }: PayrollSheet): RowsAnswer['headings'] {
  return columns.map((column) => ({
    heading: column.heading,
    kind: column.kind === 'text' ? 'text' : 'number',
    decimals: column.kind === 'text' ? 0 : column.decimals,
  }));
}

/** The cells of one row as texts with all their digits, and why some of them are empty. */
export function rowAnswer(
  { columns }: PayrollSheet,
  { cells, faults }: PayrollCells,
): Pick<RowsAnswer['rows'][number], 'cells' | 'faults'> {
  return {
    cells: columns.map((column, index) => {
      const cell = cells[index] ?? null;
      if (typeof cell !== 'number') return cell;
      return numberText(cell, column.kind === 'text' ? 0 : column.decimals);
    }),
    faults: faults.map(({ column, fault }) => ({ column, text: faultText(fault) })),
  };
}

/** With every decimal that the column shows: 1250 with two is `12.50`. */
function numberText(cell: number, decimals: number): string {
  const text = decimalText(fraction(BigInt(cell), 10n ** BigInt(decimals)));
  const [whole = '', part = ''] = text.split('.');
  return decimals === 0 ? whole : `${whole}.${part.padEnd(decimals, '0')}`;
}
