import type { DayNumber } from '#domain/attendance/time/day-number';

/** One figure of a locked day that would be different now. */
export interface AdjustmentRow {
  readonly date: DayNumber;
  readonly column: string;
  readonly locked: number;
  readonly now: number;
  readonly difference: number;
}

/** The figures of a day that payroll reads, by name. */
export type Figures = Readonly<Record<string, number>>;

/**
 * What a late punch changes in a locked day: rows to be booked in an open period, never an edit.
 * A figure that only one side knows counts as 0 on the other.
 */
export function adjustmentsOf(
  date: DayNumber,
  locked: Figures,
  now: Figures,
): readonly AdjustmentRow[] {
  const columns = [...new Set([...Object.keys(locked), ...Object.keys(now)])].toSorted();
  return columns.flatMap((column) => {
    const was = locked[column] ?? 0;
    const is = now[column] ?? 0;
    return was === is ? [] : [{ date, column, locked: was, now: is, difference: is - was }];
  });
}
