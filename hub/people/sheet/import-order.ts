import type { Refusal } from '#contracts/attendance/refusal';
import type { ImportReport } from '#contracts/rest/v1/sheet-import';
import type { Result } from '#domain/result';
import type { PersonFailure } from '#hub/people/person-failure';

/** What somebody who saw a dry run wants done. */
export interface ImportOrder {
  readonly digest: string;
  readonly accept: 'all' | 'good-rows';
  readonly departments: 'known' | 'create';
}

type Done = Result<ImportReport, PersonFailure>;

/** The unit of work of whoever asks, in which what is written down of an import belongs. */
export type ImportUnit = (work: () => Promise<Done>) => Promise<Done>;

export const CHANGED_SINCE: Refusal = {
  path: 'digest',
  'zh-CN': '文件、选项或系统中的数据在检查之后有变化，没有导入；请重新检查后再导入',
  en: 'the file, the options or what is stored changed since it was checked, and nothing was imported; check it again',
};

export function faultyRows(count: number): Refusal {
  return {
    path: 'accept',
    'zh-CN': `有 ${count} 行有误，没有导入；请改正后重新检查，或选择只导入正确的行`,
    en: `${count} rows are faulty and nothing was imported; correct them and check again, or accept the good rows`,
  };
}
