import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { RowFault } from '#contracts/rest/v1/sheet-import';
import { ok, type Result } from '#domain/result';
import { type PersonFailure, refused } from '#hub/people/person-failure';
import { type Headings, type ImportColumn, readHeadings } from '#hub/people/sheet/heading';
import type { SheetRow } from '#hub/people/sheet/row-fault';
import { readSheetAside } from '#platform/sheet/read-sheet-aside';
import { sheetFaultText } from '#platform/sheet/sheet-fault';
import type { SheetContent } from '#platform/sheet/sheet-reader';

const ROWS_MAX = 20_000; // twice the people one hub serves

/** A file as rows of columns; a row with a cell that cannot be read is not among them. */
export interface TableFile<Field extends string> {
  readonly content: { readonly format: 'csv' | 'xlsx'; readonly encoding?: string };
  readonly headings: Headings<Field>;
  readonly rows: readonly SheetRow<Field>[];
  readonly rowCount: number;
  readonly faults: readonly RowFault[];
}

/** @param body undefined when nothing at all was sent: an empty file, as far as anybody can tell */
export async function bytesOf(body: Readable | undefined): Promise<Uint8Array> {
  return body === undefined ? new Uint8Array() : await buffer(body);
}

export async function readTable<Field extends string>(
  bytes: Uint8Array,
  columns: readonly ImportColumn<Field>[],
): Promise<Result<TableFile<Field>, PersonFailure>> {
  const read = await readSheetAside(bytes);
  if (!read.ok) return refused('invalid', { path: 'file', ...sheetFaultText(read.failure) });
  const [first, ...rest] = read.value.lines.filter(({ cells }) => cells.some(isFilled));
  const headings = readHeadings(first?.cells ?? [], columns);
  if (!headings.ok) return refused('invalid', headings.failure);
  if (rest.length > ROWS_MAX) return refused('invalid', TOO_MANY_ROWS);
  const faults = cellFaults(read.value, headings.value);
  const faulty = new Set(faults.map(({ line }) => line));
  const { fields } = headings.value;
  const rows = rest
    .filter(({ line }) => !faulty.has(line))
    .map(({ line, cells }) => ({ line, cells: cellsOf(cells, fields) }));
  return ok({
    content: contentOf(read.value),
    headings: headings.value,
    rows,
    rowCount: rest.length,
    faults,
  });
}

function isFilled(cell: string): boolean {
  return cell.trim() !== '';
}

function contentOf(content: SheetContent): TableFile<string>['content'] {
  return content.format === 'csv'
    ? { format: 'csv', encoding: content.encoding }
    : { format: 'xlsx' };
}

/** A row that ends early has empty cells behind its end. */
function cellsOf<Field extends string>(
  cells: readonly string[],
  fields: Headings<Field>['fields'],
): ReadonlyMap<Field, string> {
  return new Map(
    fields.flatMap((field, index) =>
      field === null ? [] : [[field, cells[index] ?? ''] as const],
    ),
  );
}

/** A fault lies in the row that begins at its line or before: a quoted cell may go over several. */
function cellFaults<Field extends string>(
  { lines, faults }: SheetContent,
  { columns }: Headings<Field>,
): readonly RowFault[] {
  return faults.map(({ reason, line, column }) => {
    const row = lines.findLast((each) => each.line <= line);
    const heading = columns[column - 1]?.heading ?? null;
    const text = sheetFaultText(reason);
    return { line: row?.line ?? line, column, heading, value: null, ...text };
  });
}

const TOO_MANY_ROWS = {
  path: 'file',
  'zh-CN': `超过 ${ROWS_MAX} 行，请拆成几个文件导入`,
  en: `there are more than ${ROWS_MAX} rows; split the file and import the parts`,
};
