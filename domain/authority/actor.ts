import {
  type Access,
  CAPABILITIES,
  type Capability,
  includesAccess,
} from '#domain/authority/capability';
import { EVERYWHERE, type Grant } from '#domain/authority/grant';

/** What an administrator is: everything everywhere, or exactly what was granted. */
export type Rank =
  | { readonly kind: 'superAdministrator' }
  | { readonly kind: 'administrator'; readonly grants: readonly Grant[] };

/** What somebody is in the company. One person is often several of these at once. */
export type Standing =
  | Rank
  | {
      readonly kind: 'manager';
      /** People who report to them directly, or to somebody whose approvals they stand in for. */
      readonly reports: ReadonlySet<string>;
      /** Departments they head, with everything below. */
      readonly headOf: ReadonlySet<string>;
    };

/** Somebody who signed in. Staff by having a `personId`, more by their standings. */
export interface AccountActor {
  readonly kind: 'account';
  readonly accountId: string;
  /** `null` for an account that belongs to no member of staff, such as the first administrator's. */
  readonly personId: string | null;
  readonly standings: readonly Standing[];
  /** The person whose delegation they act under just now. */
  readonly onBehalfOf: string | null;
}

/** A program with a token. Built by `apiClientActor`, which lets no expired one through. */
export interface ClientActor {
  readonly kind: 'client';
  readonly clientId: string;
  readonly grants: readonly Grant[];
  /** The person whose act the program passes on, as it says. */
  readonly onBehalfOf: string | null;
}

/** The hub itself: recomputation, retention, the command line on its own machine. */
export interface SystemActor {
  readonly kind: 'system';
  readonly part: string;
}

export type Actor = AccountActor | ClientActor | SystemActor;

/** One thing an actor may do, before it is put into terms of rows. */
export interface Claim {
  readonly capability: Capability;
  readonly access: Access;
  readonly over: Grant['area'] | { readonly people: ReadonlySet<string> };
}

const EVERYTHING: readonly Claim[] = CAPABILITIES.map((capability) => ({
  capability,
  access: 'change',
  over: EVERYWHERE,
}));

/** What a manager may do with their people: decide their requests, look at the rest. */
const MANAGER_MAY: readonly (readonly [Capability, Access])[] = [
  ['approvals', 'change'],
  ['results', 'view'],
  ['exceptions', 'view'],
  ['people', 'view'],
];

/** What everybody may see of themselves. Filing a request is a route of its own and needs no claim. */
const OWN_MAY_SEE: readonly Capability[] = [
  'people',
  'enrolment',
  'approvals',
  'results',
  'exceptions',
];

/** Everything an actor may do; nothing that is not here is allowed. */
export function claimsOf(actor: Actor): readonly Claim[] {
  switch (actor.kind) {
    case 'system':
      return EVERYTHING;
    case 'client':
      return actor.grants.map(claimOf);
    case 'account':
      return [...ownClaims(actor.personId), ...actor.standings.flatMap(claimsOfStanding)];
  }
}

/** Whether the actor may do this anywhere at all; where exactly is the reach's business. */
export function holds(actor: Actor, capability: Capability, access: Access): boolean {
  return claimsOf(actor).some(
    (claim) => claim.capability === capability && includesAccess(claim.access, access),
  );
}

/** Super administrators and the hub itself: the only ones who may make or unmake the former. */
export function isUnlimited(actor: Actor): boolean {
  if (actor.kind !== 'account') return actor.kind === 'system';
  return actor.standings.some(({ kind }) => kind === 'superAdministrator');
}

/** The people an actor is, or speaks for: whose records are their own. */
export function selvesOf(actor: Actor): ReadonlySet<string> {
  if (actor.kind === 'system') return new Set();
  const own = actor.kind === 'account' ? actor.personId : null;
  return new Set([own, actor.onBehalfOf].filter((id) => id !== null));
}

function claimsOfStanding(standing: Standing): readonly Claim[] {
  switch (standing.kind) {
    case 'superAdministrator':
      return EVERYTHING;
    case 'administrator':
      return standing.grants.map(claimOf);
    case 'manager':
      return MANAGER_MAY.flatMap(([capability, access]) => [
        { capability, access, over: { people: standing.reports } },
        { capability, access, over: { departments: standing.headOf, sites: null } },
      ]);
  }
}

function claimOf({ capability, access, area }: Grant): Claim {
  return { capability, access, over: area };
}

function ownClaims(personId: string | null): readonly Claim[] {
  if (personId === null) return [];
  const over = { people: new Set([personId]) };
  return OWN_MAY_SEE.map((capability) => ({ capability, access: 'view', over }));
}
