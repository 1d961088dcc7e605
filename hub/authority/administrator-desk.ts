import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type Administrator,
  type AdministratorView,
  type administratorChange,
  grantFrom,
  grantText,
  type newAdministrator,
  PASSWORD_RESET_HOURS,
  type rank as rankText,
} from '#contracts/rest/v1/authority';
import type { Actor, Rank } from '#domain/authority/actor';
import { isUnlimited } from '#domain/authority/actor';
import type { AuditChange } from '#domain/authority/audit-entry';
import {
  type DelegationFault,
  mayChangeAdministrator,
  mayGive,
  maySeeAdministrator,
  type NextRank,
} from '#domain/authority/delegation';
import { placeReachOf, reachOf } from '#domain/authority/reach';
import { rightsOf } from '#domain/authority/right';
import { failed, ok, type Result } from '#domain/result';
import { type Admitted, type Authority, isWelcome } from '#hub/authority/authority';
import { standingChanges, standingOf } from '#hub/authority/rank-changes';
import type { MadeLink, PasswordDesk } from '#hub/sign-in/password-desk';
import type { SessionKeeper } from '#hub/sign-in/session-keeper';
import type { Account, AccountRepository, KnownAccount } from '#hub/storage/account-repository';
import type { OrganisationRepository } from '#hub/storage/organisation-repository';
import type {
  SecondFactorPolicy,
  SecondFactorRepository,
} from '#hub/storage/second-factor-repository';
import type { Clock } from '#platform/clock/clock';

const RESET_LIFE = Temporal.Duration.from({ hours: PASSWORD_RESET_HOURS });

export type AdministratorFailure =
  | { readonly kind: 'absent' | 'stale' | 'name-taken' | 'person-taken' | 'no-such-person' }
  | { readonly kind: 'refused'; readonly fault: DelegationFault };

type Done<T> = Promise<Result<T, AdministratorFailure>>;
type NewAdministrator = z.output<typeof newAdministrator>;
type AdministratorChange = z.output<typeof administratorChange>;

export interface AdministratorDeskDeps {
  readonly accounts: AccountRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly organisation: OrganisationRepository;
  readonly sessions: SessionKeeper;
  readonly passwords: PasswordDesk;
  readonly authority: Authority;
  readonly clock: Clock;
}

/** Who runs the place: appointed, changed and removed by those who hold as much themselves. */
export class AdministratorDesk {
  readonly #deps: AdministratorDeskDeps;

  constructor(deps: AdministratorDeskDeps) {
    this.#deps = deps;
  }

  /** Those whose whole area the asker may look into; a page may be shorter than it was asked for. */
  async list(
    asker: Admitted,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<{ administrators: Administrator[]; next: string | undefined }> {
    const found = await this.#deps.accounts.administrators({ ...page, limit: page.limit + 1 });
    const shown = found.slice(0, page.limit);
    const seen = shown.filter((each) => isSeen(asker, each));
    const on = await this.#deps.secondFactors.onFor(seen.map(({ accountId }) => accountId));
    const last = shown.at(-1);
    return {
      administrators: seen.map((each) => shownAs(each, on.has(each.accountId))),
      next: found.length > page.limit ? last?.name?.toLowerCase() : undefined,
    };
  }

  async get(asker: Admitted, accountId: string): Promise<Versioned | undefined> {
    const account = await this.#seen(asker, accountId);
    return account === undefined ? undefined : await this.#shown(account);
  }

  /** What this one would see, counted by the same queries that would show it. */
  async view(asker: Admitted, accountId: string): Promise<AdministratorView | undefined> {
    const account = await this.#seen(asker, accountId);
    if (account === undefined) return undefined;
    const { authority, organisation, clock } = this.#deps;
    const { actor, tree } = await authority.ofAccount(account);
    const rights: AdministratorView['rights'] = [];
    if (!isWelcome(account, clock.now())) return { accountId, rights };
    for (const right of rightsOf(actor, tree)) {
      const { capability, access } = right;
      const people = await organisation.countWithin(reachOf(actor, capability, access, tree));
      const places = await organisation.countPlaces(placeReachOf(actor, capability, access));
      rights.push({ ...right, people, ...places });
    }
    return { accountId, rights };
  }

  /** Within the unit of the route. */
  async add(
    asker: Admitted,
    { name, personId, locale, rank }: NewAdministrator,
  ): Done<{ administrator: Administrator; link: MadeLink }> {
    const { accounts, passwords, clock } = this.#deps;
    const given = rankFrom(rank);
    const allowed = mayGive(asker.actor, given, asker.tree);
    if (!allowed.ok) return failed({ kind: 'refused', fault: allowed.failure });
    const held = personId === null ? undefined : await accounts.ofPerson(personId);
    const fault = await this.#identityFault(asker, { name, personId, held });
    if (fault !== undefined) return failed(fault);
    const account: Account = {
      accountId: held?.accountId ?? randomUUID(),
      name,
      personId,
      locale,
      rank: given,
      state: 'active',
      verifier: null,
      mustChange: false,
      createdAtMs: clock.now().epochMilliseconds,
      lastSignedInMs: null,
      version: 1,
    };
    if (held === undefined) await accounts.add(account);
    else await this.#promote(held, name, given);
    const link = await passwords.makeLink(account.accountId, RESET_LIFE);
    const { administrator } = await this.#shown(await this.#known(account.accountId));
    return ok({ administrator, link });
  }

  async change(
    asker: Admitted,
    accountId: string,
    change: AdministratorChange,
    isExpected: (version: string) => boolean,
  ): Done<Versioned & { readonly changes: readonly AuditChange[] }> {
    const { accounts, sessions } = this.#deps;
    const target = await this.#seen(asker, accountId);
    if (target === undefined) return failed({ kind: 'absent' });
    if (!isExpected(String(target.version))) return failed({ kind: 'stale' });
    const present = presentRank(target);
    const rank = change.rank === undefined ? present : rankFrom(change.rank);
    const state = change.state ?? target.state;
    const next: NextRank = state === 'disabled' ? { kind: 'disabled' } : rank;
    const allowed = await this.#mayChange(asker, target, { next, ...change });
    // What is put aside with an account is weighed as well, or it would be given by a detour.
    const given = allowed.ok
      ? await this.#mayChange(asker, target, { next: rank, ...change })
      : allowed;
    if (!given.ok) return failed({ kind: 'refused', fault: given.failure });
    await accounts.setRank(accountId, rank, state);
    await sessions.endAllOf(accountId); // OWASP ASVS 7.2.4: other rights, other sessions
    const changes = standingChanges(standingOf(present, target.state), standingOf(rank, state));
    return ok({ ...(await this.#shown(await this.#known(accountId))), changes });
  }

  /** Their account as staff stays, without the rank. */
  async remove(
    asker: Admitted,
    accountId: string,
    selfLowering: AdministratorChange['selfLowering'],
  ): Done<undefined> {
    const { accounts, sessions } = this.#deps;
    const target = await this.#seen(asker, accountId);
    if (target === undefined) return failed({ kind: 'absent' });
    const allowed = await this.#mayChange(asker, target, {
      next: { kind: 'removed' },
      selfLowering,
    });
    if (!allowed.ok) return failed({ kind: 'refused', fault: allowed.failure });
    await sessions.endAllOf(accountId);
    if (target.personId === null) await accounts.remove(accountId);
    else await accounts.setRank(accountId, { kind: 'none' }, target.state);
    return ok(undefined);
  }

  async resetPassword(asker: Admitted, accountId: string): Done<MadeLink> {
    const target = await this.#handled(asker, accountId);
    if (!target.ok) return target;
    return ok(await this.#deps.passwords.makeLink(accountId, RESET_LIFE));
  }

  async resetSecondFactor(asker: Admitted, accountId: string): Done<undefined> {
    const { secondFactors, sessions } = this.#deps;
    const target = await this.#handled(asker, accountId);
    if (!target.ok) return target;
    await secondFactors.remove(accountId);
    await sessions.endAllOf(accountId);
    return ok(undefined);
  }

  async policy(): Promise<SecondFactorPolicy> {
    return await this.#deps.secondFactors.policy();
  }

  async setPolicy(asker: Actor, policy: SecondFactorPolicy): Done<SecondFactorPolicy> {
    if (!isUnlimited(asker)) return failed({ kind: 'refused', fault: { reason: 'not-allowed' } });
    await this.#deps.secondFactors.setPolicy(policy);
    return ok(policy);
  }

  async #handled(asker: Admitted, accountId: string): Done<KnownAccount> {
    const target = await this.#seen(asker, accountId);
    if (target === undefined) return failed({ kind: 'absent' });
    const next = presentRank(target);
    const allowed = await this.#mayChange(asker, target, { next, selfLowering: 'refused' });
    return allowed.ok ? ok(target) : failed({ kind: 'refused', fault: allowed.failure });
  }

  async #mayChange(
    { actor, tree }: Admitted,
    target: KnownAccount,
    { next, selfLowering }: { readonly next: NextRank } & Pick<AdministratorChange, 'selfLowering'>,
  ): Promise<Result<undefined, DelegationFault>> {
    const { accountId } = target;
    const otherSuperAdministrators = await this.#deps.accounts.otherSuperAdministrators(accountId);
    const change = {
      target: { accountId, rank: presentRank(target) },
      next,
      otherSuperAdministrators,
      selfLowering,
    };
    return mayChangeAdministrator(actor, change, tree);
  }

  async #identityFault(
    { actor, tree }: Admitted,
    given: Pick<NewAdministrator, 'name' | 'personId'> & {
      readonly held: KnownAccount | undefined;
    },
  ): Promise<AdministratorFailure | undefined> {
    const { accounts, organisation } = this.#deps;
    const { name, personId, held } = given;
    const named = await accounts.named(name);
    if (named !== undefined && named.accountId !== held?.accountId) return { kind: 'name-taken' };
    if (personId === null) return undefined;
    const reach = reachOf(actor, 'administrators', 'change', tree);
    if (!(await organisation.isWithin(personId, reach))) return { kind: 'no-such-person' };
    return held === undefined || held.rank.kind === 'none' ? undefined : { kind: 'person-taken' };
  }

  /** A member of staff takes office: with another name, another password, and nobody signed in. */
  async #promote({ accountId }: KnownAccount, name: string, rank: Rank): Promise<void> {
    const { accounts, sessions } = this.#deps;
    await accounts.setName(accountId, name);
    await accounts.setRank(accountId, rank, 'active');
    await sessions.endAllOf(accountId);
  }

  async #seen(asker: Admitted, accountId: string): Promise<KnownAccount | undefined> {
    const account = await this.#deps.accounts.get(accountId);
    return account !== undefined && isSeen(asker, account) ? account : undefined;
  }

  async #known(accountId: string): Promise<KnownAccount> {
    const account = await this.#deps.accounts.get(accountId);
    if (account === undefined) throw new Error('an account just written is there');
    return account;
  }

  async #shown(account: KnownAccount): Promise<Versioned> {
    const on = await this.#deps.secondFactors.onFor([account.accountId]);
    const administrator = shownAs(account, on.has(account.accountId));
    return { administrator, version: String(account.version) };
  }
}

export interface Versioned {
  readonly administrator: Administrator;
  readonly version: string;
}

function isSeen({ actor, tree }: Admitted, { rank }: Account): boolean {
  return rank.kind !== 'none' && maySeeAdministrator(actor, rank, tree);
}

function presentRank({ rank }: Account): Rank {
  return rank.kind === 'none' ? { kind: 'administrator', grants: [] } : rank;
}

export function rankFrom(text: z.output<typeof rankText>): Rank {
  if (text.kind === 'superAdministrator') return { kind: 'superAdministrator' };
  return { kind: 'administrator', grants: text.grants.map(grantFrom) };
}

function shownAs(account: KnownAccount, hasSecondFactor: boolean): Administrator {
  const { accountId, personId, verifier, state, lastSignedInMs } = account;
  const rank = presentRank(account);
  const invited = verifier === null && state === 'active';
  return {
    accountId,
    name: account.shownName,
    personId,
    rank:
      rank.kind === 'superAdministrator'
        ? rank
        : { kind: 'administrator', grants: rank.grants.map(grantText) },
    state: invited ? 'invited' : state,
    secondFactor: hasSecondFactor ? 'on' : 'off',
    createdAt: instantOf(account.createdAtMs),
    lastSignedInAt: lastSignedInMs === null ? null : instantOf(lastSignedInMs),
  };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}
