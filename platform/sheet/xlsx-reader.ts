import { type Sheet as UnpackedSheet, readXlsx as unpackXlsx } from 'hucre/xlsx';
import { failed, ok, type Result } from '#domain/result';
import { CELL_CHARACTERS_MAX, type SheetLine, type SheetLines } from '#platform/sheet/csv-lines';
import type { CellFault, CellFaultReason, FileFaultReason } from '#platform/sheet/sheet-fault';
import { xlsxCellText } from '#platform/sheet/xlsx-cell-text';

const FAULTS_MAX = 1000; // a person corrects the first and tries again

/** The first visible sheet of a workbook, as words. */
export interface XlsxContent extends SheetLines {
  readonly sheet: string;
}

/**
 * Reads a workbook whose archive has been judged: the library unpacks no part beyond the size its
 * directory tells, works out no formula and follows no link.
 */
export async function readXlsx(bytes: Uint8Array): Promise<Result<XlsxContent, FileFaultReason>> {
  const unpacked = await firstVisible(bytes);
  if (!unpacked.ok) return unpacked;
  const sheet = unpacked.value;
  const faults: CellFault[] = [];
  const lines = sheet.rows.flatMap((_, index): readonly SheetLine[] => {
    const line = lineOf(sheet, index, faults);
    return line.cells.every((cell) => cell === '') ? [] : [line];
  });
  return ok({ sheet: sheet.name, lines, faults });
}

async function firstVisible(
  bytes: Uint8Array,
): Promise<Result<UnpackedSheet, 'damaged' | 'noSheet'>> {
  let isFound = false;
  try {
    const { sheets } = await unpackXlsx(bytes, {
      readStyles: true,
      sheets: ({ hidden, veryHidden }) => {
        const isChosen = !isFound && hidden !== true && veryHidden !== true;
        isFound ||= isChosen;
        return isChosen;
      },
    });
    const [sheet] = sheets;
    return sheet === undefined ? failed('noSheet') : ok(sheet);
  } catch {
    return failed('damaged'); // the library throws for nothing else; the file is all it was given
  }
}

function lineOf({ rows, cells }: UnpackedSheet, row: number, faults: CellFault[]): SheetLine {
  const values = rows[row] ?? [];
  const texts = values.map((value, column) => {
    const read = xlsxCellText(value, cells?.get(`${row},${column}`));
    const fault = read.ok ? lengthFault(read.value) : read.failure;
    if (fault !== null && faults.length < FAULTS_MAX)
      faults.push({ reason: fault, line: row + 1, column: column + 1 });
    return read.ok ? read.value : '';
  });
  return { line: row + 1, cells: withoutTail(texts) };
}

function lengthFault(text: string): CellFaultReason | null {
  return text.length > CELL_CHARACTERS_MAX ? 'cellTooLong' : null;
}

/** Rows come as wide as the widest; empty cells at the end are no cells. */
function withoutTail(texts: readonly string[]): readonly string[] {
  const last = texts.findLastIndex((text) => text !== '');
  return texts.slice(0, last + 1);
}
