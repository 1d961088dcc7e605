import type { RowFault } from '#contracts/rest/v1/sheet-import';
import { shownValue } from '#hub/people/sheet/cell-text';
import type { Headings, ImportColumn } from '#hub/people/sheet/heading';

export interface Reason {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** Where a row is wrong, before it is known how the file calls the column. */
export interface FieldFault<Field extends string> {
  /** null: the row as a whole. */
  readonly field: Field | null;
  readonly reason: Reason;
}

/** A row of a file by what its columns are. */
export interface SheetRow<Field extends string> {
  readonly line: number;
  /** Of every column that is there; those that are not have no entry. */
  readonly cells: ReadonlyMap<Field, string>;
}

/** A fault as whoever opens the file finds it. */
export function rowFaultOf<Field extends string>(
  { line, cells }: SheetRow<Field>,
  { field, reason }: FieldFault<Field>,
  { fields, headings, columns }: FileColumns<Field>,
): RowFault {
  const index = field === null ? -1 : fields.indexOf(field);
  if (field === null || index < 0) {
    return { line, column: null, heading: null, value: null, ...reason };
  }
  const column = columns.find((each) => each.field === field);
  const value = shownValue(cells.get(field) ?? '', column?.privacy ?? 'open');
  const heading = headings[index] ?? null;
  return { line, column: index + 1, heading, value, ...reason };
}

interface FileColumns<Field extends string> {
  readonly fields: readonly (Field | null)[];
  /** As the file writes them. */
  readonly headings: readonly string[];
  readonly columns: readonly ImportColumn<Field>[];
}

export function fileColumns<Field extends string>(
  { fields, columns: read }: Headings<Field>,
  columns: readonly ImportColumn<Field>[],
): FileColumns<Field> {
  return { fields, headings: read.map(({ heading }) => heading), columns };
}
