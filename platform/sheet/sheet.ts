import { assert } from '#domain/assert';

/**
 * What the cells of a column are. Numbers are whole: a `decimal` counts its last place, so that 12.50
 * is 1250 with two decimals, and a `duration` counts seconds. A `date` is `2026-03-01`.
 */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'date' | 'duration';

export interface SheetColumn {
  readonly heading: string;
  readonly kind: ColumnKind;
  /** Digits after the point, of a `decimal`. */
  readonly decimals: number;
  /** In characters. */
  readonly width: number;
}

export type SheetValue = string | number | null;
export type SheetRow = readonly SheetValue[];
export type SheetRows = Iterable<SheetRow> | AsyncIterable<SheetRow>;

/** A table to be written once, row by row; what is not needed any more is not kept. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: SheetRows;
}

/** The cell as digits or words: `12.50`, `176:30:00`, `2026-03-01`. */
export function plainText(value: string | number, { kind, decimals }: SheetColumn): string {
  if (typeof value === 'string') {
    assert(kind === 'text' || kind === 'date', 'words stand in columns of text or dates');
    return value;
  }
  assert(Number.isSafeInteger(value), 'numbers in a sheet are whole');
  switch (kind) {
    case 'integer':
      return String(value);
    case 'decimal':
      return decimalText(value, decimals);
    case 'duration':
      return durationText(value);
    case 'text':
    case 'date':
      throw new TypeError(`a number stands in a column of kind ${kind}`);
  }
}

function decimalText(value: number, decimals: number): string {
  if (decimals === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${value < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function durationText(seconds: number): string {
  const length = Math.abs(seconds);
  const clock = `${Math.floor(length / 3600)}:${two(Math.floor(length / 60) % 60)}:${two(length % 60)}`;
  return seconds < 0 ? `-${clock}` : clock;
}
