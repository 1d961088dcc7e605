import type { Bilingual } from '#domain/approvals/bilingual';

/** A kind of leave with its own unit and account. Amounts are minutes for `hour`, else half-days. */
export interface LeaveType {
  readonly id: string;
  readonly name: Bilingual;
  readonly unit: LeaveUnit;
  /** Hours only: a form is rounded up to this grid. */
  readonly stepMinutes: number;
  /** Maternity leave counts every day of the calendar; most leave counts working time only. */
  readonly counts: 'workingTime' | 'calendarDays';
  /** Evidence is asked for from this length on; 0: always, null: never. */
  readonly evidenceFromDays: number | null;
  /** null: no account is kept, any amount may be asked for. */
  readonly allowance: Allowance | null;
}

export type LeaveUnit = 'hour' | 'halfDay' | 'day';

/** What somebody is granted, and what becomes of the rest. */
export interface Allowance {
  readonly per: 'year' | 'month';
  /** By completed years of service; the highest line reached holds. Empty: only what is granted by hand. */
  readonly tiers: readonly AllowanceTier[];
  /** Whoever joins during a year: the whole of it, or a twelfth for each month from the one of joining. */
  readonly entry: 'full' | 'byMonth';
  /** null: what is left lapses with its period. */
  readonly carryOver: CarryOver | null;
}

export interface AllowanceTier {
  readonly fromYears: number;
  readonly amount: number;
}

export interface CarryOver {
  /** null: all of it. */
  readonly amountMax: number | null;
  /** It lapses at the end of this many months after its period. */
  readonly months: number;
}
