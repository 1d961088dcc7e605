import { failed, ok, type Result } from '#domain/result';
import { type CsvContent, readCsv } from '#platform/sheet/csv-reader';
import type { FileFaultReason } from '#platform/sheet/sheet-fault';
import { sheetFormat } from '#platform/sheet/sheet-format';
import { readXlsx, type XlsxContent } from '#platform/sheet/xlsx-reader';

export const SHEET_BYTES_MAX = 16 * 1024 * 1024; // ten thousand people with forty columns are four
export const SHEET_ROWS_MAX = 100_000;
export const SHEET_COLUMNS_MAX = 200;

/** A file somebody hands in, as rows of words; what is wrong in single cells is told beside them. */
export type SheetContent =
  | (CsvContent & { readonly format: 'csv' })
  | (XlsxContent & { readonly format: 'xlsx' });

/** Reads a table, whatever its name says it is; of what is none, says what to do. */
export async function readSheet(bytes: Uint8Array): Promise<Result<SheetContent, FileFaultReason>> {
  if (bytes.length > SHEET_BYTES_MAX) return failed('tooManyBytes');
  const format = sheetFormat(bytes);
  if (!format.ok) return format;
  const content = format.value === 'csv' ? csv(bytes) : await xlsx(bytes);
  if (!content.ok) return content;
  const fault = sizeFault(content.value);
  return fault === null ? content : failed(fault);
}

function csv(bytes: Uint8Array): Result<SheetContent, FileFaultReason> {
  const read = readCsv(bytes);
  return read.ok ? ok({ ...read.value, format: 'csv' }) : read;
}

async function xlsx(bytes: Uint8Array): Promise<Result<SheetContent, FileFaultReason>> {
  const read = await readXlsx(bytes);
  return read.ok ? ok({ ...read.value, format: 'xlsx' }) : read;
}

function sizeFault({ lines, faults }: SheetContent): FileFaultReason | null {
  if (lines.length === 0 && faults.length === 0) return 'empty';
  if (lines.length > SHEET_ROWS_MAX) return 'tooManyRows';
  return lines.some(({ cells }) => cells.length > SHEET_COLUMNS_MAX) ? 'tooManyColumns' : null;
}
