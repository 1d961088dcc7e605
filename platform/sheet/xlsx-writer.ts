import { byteBatches } from '#platform/sheet/byte-batches';
import {
  plainText,
  type Sheet,
  type SheetColumn,
  type SheetRow,
  type SheetValue,
} from '#platform/sheet/sheet';
import {
  COLUMN_STYLES_FROM,
  frameParts,
  HEADING_STYLE,
  SHEET_TAIL,
  sheetHead,
  WRAPPED_STYLE,
} from '#platform/sheet/xlsx-parts';
import { xmlText } from '#platform/sheet/xml-text';
import { type ZipPart, zipOf } from '#platform/sheet/zip-writer';

export const XLSX_ROWS_MAX = 1_048_576; // Excel's own, the heading included
export const XLSX_TEXT_MAX = 32_767; // Excel calls a file with a longer cell damaged

/** What a sheet cannot hold; nothing is cut off in silence. */
export class SheetLimitError extends Error {
  override readonly name = 'SheetLimitError';
}

/** Explanations on a second tab: a word and what it means. */
export interface SheetNotes {
  readonly name: string;
  readonly heading: readonly [string, string];
  readonly lines: readonly (readonly [string, string])[];
}

const NOTE_WIDTHS = [{ width: 28 }, { width: 90 }];

/** A workbook with typed cells. The same rows are the same bytes, and no row is kept. */
export function xlsxOf(sheet: Sheet, notes: SheetNotes): AsyncGenerator<Uint8Array> {
  const formats = [...new Set(sheet.columns.map(formatOf))];
  const frame = frameParts([sheet.name, notes.name], formats).map(({ path, xml }): ZipPart => {
    return { path, bytes: [Buffer.from(xml)] };
  });
  return zipOf([
    ...frame,
    { path: 'xl/worksheets/sheet1.xml', bytes: byteBatches(rowsXml(sheet, formats)) },
    { path: 'xl/worksheets/sheet2.xml', bytes: byteBatches(notesXml(notes)) },
  ]);
}

/** The number format of a column; text keeps its leading zeros even when it is edited. */
function formatOf({ kind, decimals }: SheetColumn): string {
  switch (kind) {
    case 'text':
      return '@';
    case 'integer':
      return '0';
    case 'decimal':
      return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
    case 'date':
      return 'yyyy-mm-dd';
    case 'duration':
      return '[h]:mm:ss';
  }
}

/** A column with all that its cells share. */
interface CellFrame {
  readonly column: SheetColumn;
  readonly letters: string;
  readonly style: number;
  readonly serialOf: (date: string) => number;
}

async function* rowsXml(
  { columns, rows }: Sheet,
  formats: readonly string[],
): AsyncGenerator<string> {
  const serialOf = dateSerials();
  const frames = columns.map((column, index): CellFrame => {
    const style = COLUMN_STYLES_FROM + formats.indexOf(formatOf(column));
    return { column, letters: lettersOf(index), style, serialOf };
  });
  yield sheetHead(columns);
  const headings = frames.map(({ column, letters }) =>
    textCell(`${letters}1`, HEADING_STYLE, column.heading),
  );
  yield `<row r="1">${headings.join('')}</row>`;
  let line = 1;
  for await (const row of rows) {
    line += 1;
    if (line > XLSX_ROWS_MAX) throw new SheetLimitError(`a sheet holds ${XLSX_ROWS_MAX} rows`);
    yield rowXml(row, line, frames);
  }
  yield SHEET_TAIL;
}

function rowXml(row: SheetRow, line: number, frames: readonly CellFrame[]): string {
  let cells = '';
  for (const [index, frame] of frames.entries()) cells += cellXml(row[index] ?? null, line, frame);
  return `<row r="${line}">${cells}</row>`;
}

function cellXml(value: SheetValue, line: number, frame: CellFrame): string {
  const { column, letters, style } = frame;
  if (value === null) return '';
  const at = `${letters}${line}`;
  const text = plainText(value, column);
  switch (column.kind) {
    case 'text':
      return textCell(at, style, text);
    case 'integer':
    case 'decimal':
      return numberCell(at, style, text);
    case 'date':
      return numberCell(at, style, String(frame.serialOf(text)));
    case 'duration':
      return numberCell(at, style, String(Number(value) / DAY_SECONDS));
  }
}

const DAY_SECONDS = 86_400;
const DATES_KEPT_MAX = 1000; // a sheet has few dates, and asks for them once a row
const SERIAL_ZERO = '1899-12-30'; // Excel counts a 29 February 1900 that never was

/** Dates as the days that spreadsheets count. */
function dateSerials(): (date: string) => number {
  const zero = Temporal.PlainDate.from(SERIAL_ZERO);
  const kept = new Map<string, number>();
  return (date) => {
    const known = kept.get(date);
    if (known !== undefined) return known;
    const serial = zero.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days;
    if (kept.size >= DATES_KEPT_MAX) kept.clear();
    kept.set(date, serial);
    return serial;
  };
}

function numberCell(at: string, style: number, digits: string): string {
  return `<c r="${at}" s="${style}"><v>${digits}</v></c>`;
}

/** In the cell itself: a table of all texts would have to be kept until the end. */
function textCell(at: string, style: number, text: string): string {
  if (text.length > XLSX_TEXT_MAX)
    throw new SheetLimitError(`the text of ${at} is longer than ${XLSX_TEXT_MAX} characters`);
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function* notesXml({ heading, lines }: SheetNotes): Generator<string> {
  yield sheetHead(NOTE_WIDTHS);
  yield noteRow(heading, 1, HEADING_STYLE);
  for (const [index, line] of lines.entries()) yield noteRow(line, index + 2, WRAPPED_STYLE);
  yield SHEET_TAIL;
}

function noteRow(line: readonly [string, string], row: number, style: number): string {
  const cells = line.map((text, index) => textCell(`${lettersOf(index)}${row}`, style, text));
  return `<row r="${row}">${cells.join('')}</row>`;
}

/** 0 is A, 26 is AA. */
function lettersOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${lettersOf(Math.floor(index / 26) - 1)}${last}`;
}
