import { IMPORT_ROWS_MAX } from '#contracts/rest/v1/approval-import';
import { failed, ok, type Result } from '#domain/result';
import { readSheetAside } from '#platform/sheet/read-sheet-aside';
import { sheetFaultText } from '#platform/sheet/sheet-fault';

/** A line of a table, its cells by their headings. */
export interface SheetForm {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface SheetRefusal {
  readonly path: string;
  readonly 'zh-CN': string;
  readonly en: string;
}

/** Reads a CSV or XLSX file of forms; a file with cells that cannot be read is not read at all. */
export async function readFormSheet(
  bytes: Uint8Array,
): Promise<Result<readonly SheetForm[], readonly SheetRefusal[]>> {
  const read = await readSheetAside(bytes);
  if (!read.ok) return failed([{ path: 'file', ...sheetFaultText(read.failure) }]);
  const { lines, faults } = read.value;
  if (faults.length > 0) {
    return failed(
      faults.map(({ reason, line, column }) => ({
        path: `${line}:${column}`,
        ...sheetFaultText(reason),
      })),
    );
  }
  const [heading, ...rows] = lines;
  if (heading === undefined || rows.length === 0) return failed([NO_ROWS]);
  if (rows.length > IMPORT_ROWS_MAX) return failed([TOO_MANY]);
  return ok(rows.map(({ line, cells }) => ({ line, cells: byHeading(heading.cells, cells) })));
}

/** A cell beyond the last heading has no name; it is told as a column that nobody knows. */
function byHeading(headings: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    cells.map((cell, index) => [headings[index]?.trim() || `column ${index + 1}`, cell]),
  );
}

const NO_ROWS: SheetRefusal = {
  path: 'file',
  'zh-CN': '文件里没有数据行；第一行应为列名',
  en: 'the file has no rows; its first line names the columns',
};
const TOO_MANY: SheetRefusal = {
  path: 'file',
  'zh-CN': `一次最多导入 ${IMPORT_ROWS_MAX} 行，请分成几个文件`,
  en: `at most ${IMPORT_ROWS_MAX} rows are imported at once; split the file`,
};
