import type { CellFault, CellFaultReason } from '#platform/sheet/sheet-fault';

/** One row as words, with the line on which it begins in the file. */
export interface SheetLine {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface SheetLines {
  readonly lines: readonly SheetLine[];
  readonly faults: readonly CellFault[];
}

export const CELL_CHARACTERS_MAX = 32_767; // Excel's own
const FAULTS_MAX = 1000; // a person corrects the first and tries again

/** Where the reader stands. */
interface Cursor {
  readonly text: string;
  readonly separator: string;
  readonly faults: CellFault[];
  at: number;
  line: number;
}

/**
 * Cuts a text into rows, RFC 4180 with any line end. After a fault it goes on, so that all of them are
 * told at once; blank lines are passed over and counted.
 */
export function csvLines(text: string, separator: string): SheetLines {
  const cursor: Cursor = { text, separator, faults: [], at: 0, line: 1 };
  const lines: SheetLine[] = [];
  while (cursor.at < text.length) {
    const { line } = cursor;
    const cells = rowOf(cursor);
    if (cells.length > 1 || cells[0] !== '') lines.push({ line, cells });
  }
  return { lines, faults: cursor.faults };
}

function rowOf(cursor: Cursor): readonly string[] {
  const cells = [cellOf(cursor, 1)];
  while (cursor.text[cursor.at] === cursor.separator) {
    cursor.at += 1;
    cells.push(cellOf(cursor, cells.length + 1));
  }
  skipLineEnd(cursor);
  return cells;
}

function cellOf(cursor: Cursor, column: number): string {
  const { line } = cursor;
  const cell = cursor.text[cursor.at] === '"' ? quoted(cursor, column) : bare(cursor, column);
  if (cell.length > CELL_CHARACTERS_MAX) complain(cursor, 'cellTooLong', line, column);
  return cell;
}

function bare(cursor: Cursor, column: number): string {
  const cell = upToEnd(cursor);
  if (cell.includes('"')) complain(cursor, 'quoteStray', cursor.line, column);
  return cell;
}

function quoted(cursor: Cursor, column: number): string {
  const { text, line } = cursor;
  const from = cursor.at + 1;
  const close = closingQuote(text, from);
  if (close === -1) {
    complain(cursor, 'quoteUnclosed', line, column);
    cursor.at = from;
    return upToEnd(cursor);
  }
  const cell = text.slice(from, close).replaceAll('""', '"');
  cursor.at = close + 1;
  cursor.line += lineEndsIn(text.slice(from, close));
  const rest = upToEnd(cursor);
  if (rest !== '') complain(cursor, 'quoteStray', cursor.line, column);
  return `${cell}${rest}`;
}

/** The mark that is not doubled; -1 where there is none. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** What stands before the next separator or line end. */
function upToEnd(cursor: Cursor): string {
  const { text, separator, at } = cursor;
  let end = at;
  while (end < text.length && !isEnd(text[end], separator)) end += 1;
  cursor.at = end;
  return text.slice(at, end);
}

function isEnd(sign: string | undefined, separator: string): boolean {
  return sign === separator || sign === '\n' || sign === '\r';
}

function skipLineEnd(cursor: Cursor): void {
  const { text, at } = cursor;
  if (at >= text.length) return;
  cursor.at += text.startsWith('\r\n', at) ? 2 : 1;
  cursor.line += 1;
}

function lineEndsIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function complain(cursor: Cursor, reason: CellFaultReason, line: number, column: number): void {
  if (cursor.faults.length < FAULTS_MAX) cursor.faults.push({ reason, line, column });
}
