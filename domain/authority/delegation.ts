import { type Actor, holds, isUnlimited, type Rank } from '#domain/authority/actor';
import type { DepartmentTree } from '#domain/authority/department-tree';
import { type Grant, type GrantFault, grantFault } from '#domain/authority/grant';
import { coversArea, reachOf } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';

/** What becomes of an administrator. */
export type NextRank = Rank | { readonly kind: 'disabled' } | { readonly kind: 'removed' };

export interface AdministratorChange {
  readonly target: { readonly accountId: string; readonly rank: Rank };
  readonly next: NextRank;
  /** Other super administrators who can sign in today: neither disabled nor awaiting a first password. */
  readonly otherSuperAdministrators: number;
  /** Said by somebody who was shown what they are about to lose. */
  readonly selfLowering: 'refused' | 'confirmed';
}

const NOTHING: Rank = { kind: 'administrator', grants: [] };

export type DelegationFault =
  | { readonly reason: 'not-allowed' | 'super-only' | 'last-super' | 'lowers-self' }
  | { readonly reason: 'beyond-own'; readonly beyond: readonly Grant[] }
  | { readonly reason: GrantFault; readonly grant: Grant };

/**
 * Whether an actor may give somebody this rank, or an API client these grants. Nobody gives away
 * more than they hold, nor outside the area they may appoint for.
 */
export function mayGive(
  giver: Actor,
  rank: Rank,
  tree: DepartmentTree,
): Result<undefined, DelegationFault> {
  if (!holds(giver, 'administrators', 'change')) return failed({ reason: 'not-allowed' });
  if (rank.kind === 'superAdministrator') {
    return isUnlimited(giver) ? ok(undefined) : failed({ reason: 'super-only' });
  }
  for (const grant of rank.grants) {
    const fault = grantFault(grant);
    if (fault !== null) return failed({ reason: fault, grant });
  }
  const beyond = grantsBeyond(giver, rank.grants, tree);
  return beyond.length === 0 ? ok(undefined) : failed({ reason: 'beyond-own', beyond });
}

/**
 * Whether an actor may change, disable or remove an administrator, or reset their sign-in (then
 * `next` is their present rank). Whoever could reset a stronger account would be that account. Only
 * what is added is weighed like a gift: rights somebody has are kept without asking who gave them.
 */
export function mayChangeAdministrator(
  actor: Actor,
  change: AdministratorChange,
  tree: DepartmentTree,
): Result<undefined, DelegationFault> {
  const { target, next } = change;
  const isSelf = actor.kind === 'account' && actor.accountId === target.accountId;
  const handled = mayHandle(actor, isSelf ? NOTHING : target.rank, tree);
  if (!handled.ok) return handled;
  const given = mayGive(actor, addedBy(next, target, tree), tree);
  if (!given.ok) return given;
  const losesSuper =
    target.rank.kind === 'superAdministrator' && next.kind !== 'superAdministrator';
  if (losesSuper && change.otherSuperAdministrators === 0) return failed({ reason: 'last-super' });
  const isLowered = isSelf && !isAtLeast(next, target, tree);
  return isLowered && change.selfLowering === 'refused'
    ? failed({ reason: 'lowers-self' })
    : ok(undefined);
}

/** Whether an actor may look at an administrator's record: all of its area is theirs to look into. */
export function maySeeAdministrator(actor: Actor, rank: Rank, tree: DepartmentTree): boolean {
  if (isUnlimited(actor)) return true;
  const reach = reachOf(actor, 'administrators', 'view', tree);
  if (rank.kind === 'superAdministrator') return reach.kind === 'everybody';
  return reach.kind !== 'nobody' && rank.grants.every(({ area }) => coversArea(reach, area));
}

/** Like giving, but old grants that would be refused today can still be taken away. */
function mayHandle(
  actor: Actor,
  rank: Rank,
  tree: DepartmentTree,
): Result<undefined, DelegationFault> {
  if (!holds(actor, 'administrators', 'change')) return failed({ reason: 'not-allowed' });
  if (isUnlimited(actor)) return ok(undefined);
  if (rank.kind === 'superAdministrator') return failed({ reason: 'super-only' });
  const beyond = grantsBeyond(actor, rank.grants, tree);
  return beyond.length === 0 ? ok(undefined) : failed({ reason: 'beyond-own', beyond });
}

function grantsBeyond(
  actor: Actor,
  grants: readonly Grant[],
  tree: DepartmentTree,
): readonly Grant[] {
  const appoints = reachOf(actor, 'administrators', 'change', tree);
  return grants.filter((each) => !coversArea(appoints, each.area) || !isHeld(actor, each, tree));
}

/** What the next rank holds that the present one does not. */
function addedBy(
  next: NextRank,
  { accountId, rank: present }: AdministratorChange['target'],
  tree: DepartmentTree,
): Rank {
  if (present.kind === 'superAdministrator' || !isRank(next)) return NOTHING;
  if (next.kind === 'superAdministrator') return next;
  const now = accountWith(accountId, present);
  return { kind: 'administrator', grants: next.grants.filter((each) => !isHeld(now, each, tree)) };
}

/** Whether the same account would still do all it can do now. */
function isAtLeast(
  next: NextRank,
  { accountId, rank: present }: AdministratorChange['target'],
  tree: DepartmentTree,
): boolean {
  if (!isRank(next)) return false;
  const later = accountWith(accountId, next);
  if (present.kind === 'superAdministrator') return isUnlimited(later);
  return present.grants.every((each) => isHeld(later, each, tree));
}

function isRank(next: NextRank): next is Rank {
  return next.kind === 'superAdministrator' || next.kind === 'administrator';
}

function accountWith(accountId: string, rank: Rank): Actor {
  return { kind: 'account', accountId, personId: null, standings: [rank], onBehalfOf: null };
}

function isHeld(holder: Actor, { capability, access, area }: Grant, tree: DepartmentTree): boolean {
  return coversArea(reachOf(holder, capability, access, tree), area);
}
