import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { isoOf } from '#domain/attendance/time/day-number';
import { isPending } from '#domain/exceptions/case-state';
import { type CaseKind, kindName, rankOf } from '#domain/exceptions/exception-kind';
import type { InboxCase } from '#domain/exceptions/inbox';

/** What somebody should know before a period is locked; locking all the same is their decision. */
export interface LockWarning {
  /** Nobody has decided about these. */
  readonly open: number;
  /** A make-up was asked for and has not come. */
  readonly awaited: number;
  /** The worst kind first. */
  readonly byKind: readonly { readonly kind: CaseKind; readonly count: number }[];
  readonly oldest: DayNumber;
  readonly text: Bilingual;
}

/** The warning for locking everything up to a date; null: nothing stands open. */
export function lockWarningOf(cases: readonly InboxCase[], through: DayNumber): LockWarning | null {
  const due = cases.filter(({ finding }) => finding.date <= through);
  const open = due.filter(({ state }) => isPending(state));
  const awaited = due.filter(
    ({ state }) => state.status === 'resolved' && state.resolution === 'makeupAsked',
  );
  const all = [...open, ...awaited];
  if (all.length === 0) return null;
  const byKind = [...Map.groupBy(all, ({ finding }) => finding.kind)]
    .map(([kind, members]) => ({ kind, count: members.length }))
    .toSorted((a, b) => rankOf(b.kind) - rankOf(a.kind));
  const oldest = Math.min(...all.map(({ finding }) => finding.date));
  const counts = { open: open.length, awaited: awaited.length };
  return { ...counts, byKind, oldest, text: textOf({ ...counts, byKind, oldest }) };
}

function textOf({ open, awaited, byKind, oldest }: Omit<LockWarning, 'text'>): Bilingual {
  const zh = byKind.map(({ kind, count }) => `${kindName(kind)['zh-CN']} ${count}`).join('、');
  const en = byKind.map(({ kind, count }) => `${kindName(kind).en} ${count}`).join(', ');
  const since = isoOf(oldest);
  return bilingual(
    `锁定前请注意：还有 ${open} 条异常未处理，${awaited} 条在等补卡（${zh}），最早一条是 ${since}；锁定后的变更只能记为调整`,
    `Before you lock: ${open} exceptions are open and ${awaited} wait for a make-up (${en}), the oldest of ${since}; after the lock changes are booked as adjustments`,
  );
}
