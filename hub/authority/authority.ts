import type { AccountActor, Actor, ClientActor, Standing } from '#domain/authority/actor';
import { apiClientActor } from '#domain/authority/api-client';
import type { Access, Capability } from '#domain/authority/capability';
import type { DepartmentTree } from '#domain/authority/department-tree';
import { type PlaceReach, placeReachOf, type Reach, reachOf } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { Account, KnownAccount } from '#hub/storage/account-repository';
import type { ApiClientRepository } from '#hub/storage/api-client-repository';
import type { OrganisationRepository } from '#hub/storage/organisation-repository';
import type { Clock } from '#platform/clock/clock';
import { isSameDigest, readApiToken } from '#platform/crypto/api-token';

/** The last place on Earth where a date is still today: nobody is shut out before their day is over. */
const LATEST_ZONE = '-12:00';

/** Acting for somebody takes them out of what may be judged, not out of whom one may act for. */
const NOBODY_EXCEPTED = { except: new Set<string>() };

export interface AuthorityDeps {
  readonly clients: ApiClientRepository;
  readonly organisation: OrganisationRepository;
  readonly clock: Clock;
}

export type TokenFault = 'not-a-token' | 'mistyped' | 'unknown' | 'expired' | 'revoked';
export type OnBehalfFault = 'on-behalf-not-allowed' | 'on-behalf-unknown';

/** Somebody at the door, and what they may touch behind it. */
export interface Admitted {
  readonly actor: Actor;
  readonly tree: DepartmentTree;
}

/** Turns who asks into an actor, anew for every request: what was taken away is gone at once. */
export class Authority {
  readonly #deps: AuthorityDeps;

  constructor(deps: AuthorityDeps) {
    this.#deps = deps;
  }

  async ofAccount(account: KnownAccount): Promise<Admitted & { readonly actor: AccountActor }> {
    const { accountId, personId } = account;
    const standings = [...rankOf(account), ...(await this.#managerOf(personId))];
    const actor = { kind: 'account', accountId, personId, standings, onBehalfOf: null } as const;
    return { actor, tree: await this.#deps.organisation.tree() };
  }

  /** @param onBehalfOf the person whose act the program says it passes on */
  async ofToken(
    text: string,
    onBehalfOf: string | null = null,
  ): Promise<Result<Admitted, TokenFault | OnBehalfFault>> {
    const { clients, clock, organisation } = this.#deps;
    const given = readApiToken(text);
    if (!given.ok) return given;
    const client = await clients.ofToken(given.value.id);
    if (client === undefined || !isSameDigest(given.value.digest, client.tokenDigest)) {
      return failed('unknown');
    }
    const at = clock.now();
    const actor = apiClientActor(client, { at, onBehalfOf });
    if (!actor.ok) return actor;
    if (onBehalfOf !== null) {
      if (client.onBehalf === 'never') return failed('on-behalf-not-allowed');
      if (!(await this.#isKnown(onBehalfOf, actor.value))) return failed('on-behalf-unknown');
    }
    await clients.used(client, at.epochMilliseconds);
    return ok({ actor: actor.value, tree: await organisation.tree() });
  }

  /** A program may act for whoever any of its grants reaches. */
  async #isKnown(personId: string, client: ClientActor): Promise<boolean> {
    const { organisation } = this.#deps;
    const tree = await organisation.tree();
    for (const { capability, access } of client.grants) {
      const reach = reachOf(client, capability, access, tree);
      if (await organisation.isWithin(personId, { ...reach, ...NOBODY_EXCEPTED })) return true;
    }
    return false;
  }

  async #managerOf(personId: string | null): Promise<readonly Standing[]> {
    if (personId === null) return [];
    const { organisation } = this.#deps;
    const reports = await organisation.reportsOf(personId);
    const headOf = await organisation.headedBy(personId);
    return reports.size + headOf.size === 0 ? [] : [{ kind: 'manager', reports, headOf }];
  }
}

/** Whether somebody may sign in at all, and stay: not once disabled, erased, or gone from the company. */
export function isWelcome(
  { state, isErased, employedTo }: KnownAccount,
  at: Temporal.Instant,
): boolean {
  if (state === 'disabled' || isErased) return false;
  const today = at.toZonedDateTimeISO(LATEST_ZONE).toPlainDate();
  return employedTo === null || Temporal.PlainDate.compare(today, employedTo) <= 0;
}

export function reachFor({ actor, tree }: Admitted, capability: Capability, access: Access): Reach {
  return reachOf(actor, capability, access, tree);
}

export function placesFor({ actor }: Admitted, capability: Capability, access: Access): PlaceReach {
  return placeReachOf(actor, capability, access);
}

function rankOf({ rank }: Account): readonly Standing[] {
  return rank.kind === 'none' ? [] : [rank];
}
