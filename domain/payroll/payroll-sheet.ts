import {
  isPayrollColumn,
  namedValue,
  PAYROLL_COLUMN_NAMES,
  type PayrollFigures,
} from '#domain/payroll/column';
import { type Exact, exact, fraction, per, stepsOf, times } from '#domain/payroll/exact';
import { evaluate } from '#domain/payroll/formula/evaluate';
import type { NumberNode } from '#domain/payroll/formula/expression';
import type { Bilingual, EvaluationFault } from '#domain/payroll/formula/fault';
import { parseFormula } from '#domain/payroll/formula/parser';
import { headingOf } from '#domain/payroll/heading';
import type {
  FigureColumn,
  FormulaColumn,
  NumberStyle,
  PayrollTemplate,
  TextColumn,
  TextField,
} from '#domain/payroll/template';
import {
  type Complaint,
  isUnitFit,
  nameFault,
  type TemplateFault,
} from '#domain/payroll/template-fault';
import { smallestPer } from '#domain/payroll/unit';
import { failed, ok, type Result } from '#domain/result';

/** What is booked for locked periods, in formulas: `adj_late_minute`. */
const BOOKED = 'adj_';

/** One person's period, as a sheet reads it. */
export interface PayrollRow {
  readonly texts: Readonly<Record<TextField, string>>;
  readonly period: PayrollFigures;
  readonly adjustment: PayrollFigures;
}

interface Headed {
  readonly heading: Bilingual;
}

export type SheetColumn = Headed &
  (TextColumn | FigureColumn | (FormulaColumn & { readonly parsed: NumberNode }));

/** A template whose every column is known to make sense. */
export interface PayrollSheet {
  readonly columns: readonly SheetColumn[];
  readonly daySeconds: number;
}

/** Words; or a number as a whole count of its last decimal; or null where a formula has no answer. */
export type PayrollCell = string | number | null;

export interface PayrollCells {
  readonly cells: readonly PayrollCell[];
  /** Why a cell is empty. */
  readonly faults: readonly { readonly column: number; readonly fault: EvaluationFault }[];
}

/** What every formula may name: the columns, and what was booked for locked periods. */
export function formulaNames(): readonly string[] {
  return PAYROLL_COLUMN_NAMES.flatMap((name) => [name, `${BOOKED}${name}`]);
}

/** Checks a template as a whole, and says everything that is wrong with it. */
export function payrollSheet(
  template: PayrollTemplate,
): Result<PayrollSheet, readonly TemplateFault[]> {
  const known = new Set(formulaNames());
  const faults: TemplateFault[] = [];
  const columns = template.columns.flatMap((column, index): readonly SheetColumn[] => {
    const heading = headingOf(column);
    if (column.kind === 'formula') {
      const reading = readFormula(column, known);
      faults.push(...reading.faults.map((fault) => ({ ...fault, column: index })));
      known.add(column.name);
      return reading.parsed === null ? [] : [{ ...column, heading, parsed: reading.parsed }];
    }
    if (column.kind === 'figure' && !isUnitFit(column))
      faults.push({ column: index, reason: 'unitUnfit' });
    return [{ ...column, heading }];
  });
  if (faults.length > 0) return failed(faults);
  return ok({ columns, daySeconds: template.daySeconds });
}

interface FormulaReading {
  readonly parsed: NumberNode | null;
  readonly faults: readonly Complaint[];
}

function readFormula(column: FormulaColumn, known: ReadonlySet<string>): FormulaReading {
  const parsed = parseFormula(column.formula, known);
  const named = nameFault(column.name, known);
  return {
    parsed: parsed.ok ? parsed.value : null,
    faults: [
      ...(named === null ? [] : [{ reason: named }]),
      ...(parsed.ok ? [] : [{ reason: 'formula' as const, formula: parsed.failure }]),
    ],
  };
}

/**
 * The cells of one row, in the order of the template. A formula reads an earlier one as it is written
 * in the sheet, so that anybody can check it by hand.
 */
export function payrollCells(sheet: PayrollSheet, row: PayrollRow): PayrollCells {
  const answers = new Map<string, Exact | null>();
  const faults: { column: number; fault: EvaluationFault }[] = [];
  const valueOf = (name: string): Exact | null => answers.get(name) ?? figureNamed(name, row);
  const cells = sheet.columns.map((column, index): PayrollCell => {
    if (column.kind === 'text') return row.texts[column.field];
    const value =
      column.kind === 'figure'
        ? ok(shownFigure(column, row, sheet.daySeconds))
        : evaluate(column.parsed, valueOf);
    const cell = value.ok ? written(value.value, column) : value;
    if (!cell.ok) faults.push({ column: index, fault: cell.failure });
    if (column.kind === 'formula' && cell.ok)
      answers.set(column.name, asWritten(cell.value, column));
    return cell.ok ? cell.value : null;
  });
  return { cells, faults };
}

/** A figure under its own name, or the same of what was booked; null: a formula without an answer. */
function figureNamed(name: string, { period, adjustment }: PayrollRow): Exact | null {
  if (isPayrollColumn(name)) return namedValue(name, period[name]);
  const booked = name.slice(BOOKED.length);
  return isPayrollColumn(booked) ? namedValue(booked, adjustment[booked]) : null;
}

function shownFigure(column: FigureColumn, row: PayrollRow, daySeconds: number): Exact {
  const figure = exact(row[column.of][column.name]);
  return per(figure, exact(smallestPer(column, daySeconds)));
}

/** Whole counts of the last decimal: 1.5 with two decimals is 150. */
function written(value: Exact, { decimals, cut }: NumberStyle): Result<number, EvaluationFault> {
  const count = Number(stepsOf(value, lastPlace(decimals), cut));
  return Number.isSafeInteger(count) ? ok(count) : failed({ reason: 'tooLarge', at: 0, found: '' });
}

function asWritten(cell: number, { decimals }: NumberStyle): Exact {
  return times(exact(cell), lastPlace(decimals));
}

function lastPlace(decimals: number): Exact {
  return fraction(1n, 10n ** BigInt(decimals));
}
