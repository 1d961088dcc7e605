import { byteBatches } from '#platform/sheet/byte-batches';
import { guarded } from '#platform/sheet/formula-guard';
import { plainText, type Sheet, type SheetColumn, type SheetRow } from '#platform/sheet/sheet';

const BOM = '\u{FEFF}'; // without it Excel reads UTF-8 as the local code page
const NEEDS_QUOTES = /[",\r\n;\t]|^\s|\s$/;

/** RFC 4180 in UTF-8 with a byte order mark; no spreadsheet executes what it says. */
export function csvOf(sheet: Sheet): AsyncGenerator<Uint8Array> {
  return byteBatches(lines(sheet));
}

async function* lines({ columns, rows }: Sheet): AsyncGenerator<string> {
  yield `${BOM}${columns.map(({ heading }) => field(guarded(heading))).join(',')}\r\n`;
  for await (const row of rows) yield lineOf(row, columns);
}

function lineOf(row: SheetRow, columns: readonly SheetColumn[]): string {
  return `${columns.map((column, index) => cell(row[index] ?? null, column)).join(',')}\r\n`;
}

/** Numbers stay numbers, minus sign and all: only words can be mistaken for formulas. */
function cell(value: string | number | null, column: SheetColumn): string {
  if (value === null) return '';
  const text = plainText(value, column);
  return typeof value === 'string' ? field(guarded(text)) : text;
}

function field(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
