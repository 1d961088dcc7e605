import type { Refusal } from '#contracts/attendance/refusal';
import type { ImportReport } from '#contracts/rest/v1/sheet-import';
import type { Result } from '#domain/result';
import type { PersonFailure } from '#hub/people/person-failure';
import { hasEffect, reportOf, type SheetPlan } from '#hub/people/sheet/sheet-plan';

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

/** Why an order cannot be followed, or `null`. */
export function orderRefusal(
  plan: SheetPlan<unknown>,
  { digest, accept }: ImportOrder,
): PersonFailure | null {
  // Sent once more after it was done: there is nothing left to do, whatever was shown before.
  if (!hasEffect(plan) && plan.rows.length > 0) return null;
  if (plan.digest !== digest) return { kind: 'stale', refusals: [CHANGED_SINCE] };
  const { faulty } = reportOf(plan, 'checked');
  const isAccepted = faulty === 0 || accept === 'good-rows';
  return isAccepted ? null : { kind: 'conflict', refusals: [faultyRows(faulty)] };
}

function faultyRows(count: number): Refusal {
  return {
    path: 'accept',
    'zh-CN': `有 ${count} 行有误，没有导入；请改正后重新检查，或选择只导入正确的行`,
    en: `${count} rows are faulty and nothing was imported; correct them and check again, or accept the good rows`,
  };
}
