import { bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import type { FormKind } from '#domain/approvals/template/template';

/** Somebody lends their vote for a while. What is decided under it says for whom it was decided. */
export interface Delegation {
  readonly id: string;
  readonly fromPersonId: string;
  readonly toPersonId: string;
  /** Epoch seconds, half open. */
  readonly from: number;
  readonly to: number;
  /** null: every kind of form. */
  readonly kinds: ReadonlySet<FormKind> | null;
  /** Taken back early at this epoch second. */
  readonly revokedAt: number | null;
}

export type DelegationFaultCode =
  | 'delegationSelf'
  | 'delegationReversed'
  | 'delegationTooLong'
  | 'delegationOver'
  | 'delegationOverlap';

/** Whoever is away longer has left the post, not lent it. */
export const DELEGATION_DAYS_MAX = 366;

/** Whether a delegation holds for a form at a moment. */
export function isInForce(delegation: Delegation, at: number, kind: FormKind): boolean {
  const { from, kinds } = delegation;
  return from <= at && at < endOf(delegation) && (kinds?.has(kind) ?? true);
}

/**
 * Those for whom somebody may speak besides themselves. What was lent cannot be lent on: the stand-in
 * of a stand-in speaks for nobody.
 */
export function principalsOf(
  personId: string,
  delegations: readonly Delegation[],
  { at, kind }: { readonly at: number; readonly kind: FormKind },
): readonly string[] {
  const lent = delegations.filter(
    (each) => each.toPersonId === personId && isInForce(each, at, kind),
  );
  return [...new Set(lent.map(({ fromPersonId }) => fromPersonId))];
}

/** Those who may speak for somebody. */
export function standInsOf(
  personId: string,
  delegations: readonly Delegation[],
  { at, kind }: { readonly at: number; readonly kind: FormKind },
): readonly string[] {
  const lent = delegations.filter(
    (each) => each.fromPersonId === personId && isInForce(each, at, kind),
  );
  return [...new Set(lent.map(({ toPersonId }) => toPersonId))];
}

/** Why a delegation may not be entered; the same vote is lent to one person at a time. */
export function checkDelegation(
  delegation: Delegation,
  others: readonly Delegation[],
  now: number,
): readonly Fault<DelegationFaultCode>[] {
  const { fromPersonId, toPersonId, from, to } = delegation;
  if (fromPersonId === toPersonId) return [fault('delegationSelf', 'toPersonId', SELF)];
  if (to <= from) return [fault('delegationReversed', 'to', REVERSED)];
  if (to - from > DELEGATION_DAYS_MAX * 86_400) return [fault('delegationTooLong', 'to', TOO_LONG)];
  if (to <= now) return [fault('delegationOver', 'to', OVER)];
  const clash = others.some((other) => other.id !== delegation.id && collide(delegation, other));
  return clash ? [fault('delegationOverlap', 'from', OVERLAP)] : [];
}

function collide(a: Delegation, b: Delegation): boolean {
  const meets = a.from < endOf(b) && b.from < endOf(a);
  return a.fromPersonId === b.fromPersonId && meets && shareKind(a.kinds, b.kinds);
}

function shareKind(a: Delegation['kinds'], b: Delegation['kinds']): boolean {
  return a === null || b === null || [...a].some((kind) => b.has(kind));
}

function endOf({ to, revokedAt }: Delegation): number {
  return Math.min(to, revokedAt ?? to);
}

const SELF = bilingual('不能委托给自己', 'nobody stands in for themselves');
const REVERSED = bilingual('结束必须晚于开始', 'the end must be later than the beginning');
const TOO_LONG = bilingual(
  `委托最长 ${DELEGATION_DAYS_MAX} 天，更久请更换审批人`,
  `at most ${DELEGATION_DAYS_MAX} days; for longer, name another approver`,
);
const OVER = bilingual('这段时间已经过去，请重新选择', 'that time is over; choose another');
const OVERLAP = bilingual(
  '这段时间里同类审批已委托给他人，请先撤回原委托',
  'these forms are lent to somebody at that time already; take that back first',
);
