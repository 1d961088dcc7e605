import type { ExportProblem } from '#hub/storage/export-job-repository';
import { SheetLimitError } from '#platform/sheet/xlsx-writer';
import { isStorageFailure } from '#platform/sql/sql-failure';

const FULL: ExportProblem = {
  'zh-CN': '磁盘已满。请在数据目录所在磁盘上腾出空间后重新导出。',
  en: 'The disk is full. Make room on the disk of the data folder and export again.',
};

const TOO_LARGE: ExportProblem = {
  'zh-CN': '内容超出 Excel 的限制（1048576 行，每格 32767 字）。请缩短期间、减少部门，或改用 CSV。',
  en: 'It is more than a workbook holds (1048576 rows, 32767 characters a cell). Ask for fewer days or departments, or for CSV.',
};

const AWAY: ExportProblem = {
  'zh-CN': '数据库暂时无法访问，请稍后重新导出。',
  en: 'The database could not be reached. Please export again in a while.',
};

const UNKNOWN: ExportProblem = {
  'zh-CN': '导出出错，详情见服务日志。',
  en: 'The export failed; the log of the hub says why.',
};

/** Of an export during which its hub died again and again. */
export const WORN_OUT: ExportProblem = {
  'zh-CN': '导出多次中断，已停止。请缩小范围后重新导出；如仍失败，请查看服务日志。',
  en: 'It was interrupted again and again and is given up. Ask for less; if that fails too, look at the log of the hub.',
};

/** What became of an export, and what to do. */
export function problemOf(error: unknown): ExportProblem {
  if (error instanceof SheetLimitError) return TOO_LARGE;
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return FULL;
  return isStorageFailure(error) ? AWAY : UNKNOWN;
}
