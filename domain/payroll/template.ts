import type { NamedUnit, PayrollColumnName } from '#domain/payroll/column';
import type { Cut } from '#domain/payroll/exact';
import type { Bilingual } from '#domain/payroll/formula/fault';

/** The most columns a template has; a sheet that is wider is read by nobody. */
export const TEMPLATE_COLUMNS_MAX = 100;
/** Digits after the point; exact values are cut to them as the column says. */
export const DECIMALS_MAX = 4;

/** What a sheet says in words of a row. */
export type TextField =
  | 'employee_no'
  | 'name'
  | 'department'
  | 'site'
  | 'rule_group'
  | 'period_from'
  | 'period_to'
  | 'attend_result';

export type ShownUnit = NamedUnit | 'hours';

/** How a number is written. */
export interface NumberStyle {
  readonly decimals: number;
  readonly cut: Cut;
}

/** `heading` null: the usual one, with its unit. */
interface Headed {
  readonly heading: Bilingual | null;
}

export interface TextColumn extends Headed {
  readonly kind: 'text';
  readonly field: TextField;
}

/** A figure of the period itself, or what was booked in it for locked ones. */
export interface FigureColumn extends Headed, NumberStyle {
  readonly kind: 'figure';
  readonly name: PayrollColumnName;
  readonly of: 'period' | 'adjustment';
  readonly unit: ShownUnit;
}

/** A penalty or an allowance: worked out from figures, never a status of a day. */
export interface FormulaColumn extends NumberStyle {
  readonly kind: 'formula';
  /** By which later formulas name it. */
  readonly name: string;
  readonly heading: Bilingual;
  readonly formula: string;
}

export type TemplateColumn = TextColumn | FigureColumn | FormulaColumn;

/** Which columns a payroll sheet has, in which order, under which headings and in which units. */
export interface PayrollTemplate {
  readonly columns: readonly TemplateColumn[];
  /** What a day is when time is shown in days. */
  readonly daySeconds: number;
}
