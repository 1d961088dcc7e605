import { randomUUID } from 'node:crypto';
import { type Reach, reachOf } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { Admitted, Authority } from '#hub/authority/authority';
import type { MadeLink, PasswordDesk } from '#hub/sign-in/password-desk';
import type { SessionKeeper } from '#hub/sign-in/session-keeper';
import type { AccountRepository, KnownAccount } from '#hub/storage/account-repository';
import type { OrganisationRepository } from '#hub/storage/organisation-repository';
import type { SecondFactorRepository } from '#hub/storage/second-factor-repository';
import type { Clock } from '#platform/clock/clock';

const INVITATION_LIFE = Temporal.Duration.from({ hours: 7 * 24 }); // somebody may be on leave

/** `stronger`: whoever could reset such an account would be more than they are. */
export type StaffFailure = 'absent' | 'stronger';

export interface StaffDeskDeps {
  readonly accounts: AccountRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly organisation: OrganisationRepository;
  readonly sessions: SessionKeeper;
  readonly passwords: PasswordDesk;
  readonly authority: Authority;
  readonly clock: Clock;
}

/** Whose staff, and how far whoever asks may reach among them. */
export interface StaffAsker extends Admitted {
  readonly reach: Reach;
}

/** Ways into the portal for staff: made and mended by whoever looks after their records. */
export class StaffDesk {
  readonly #deps: StaffDeskDeps;

  constructor(deps: StaffDeskDeps) {
    this.#deps = deps;
  }

  /** Within the unit of the route. A first invitation, or one to choose another password. */
  async invite(personId: string, asker: StaffAsker): Promise<Result<MadeLink, StaffFailure>> {
    const { accounts, passwords } = this.#deps;
    const held = await this.#held(personId, asker);
    if (!held.ok) return held;
    const accountId = held.value?.accountId ?? randomUUID();
    if (held.value === undefined) await accounts.add(this.#staffAccount(accountId, personId));
    return ok(await passwords.makeLink(accountId, INVITATION_LIFE));
  }

  async resetSecondFactor(
    personId: string,
    asker: StaffAsker,
  ): Promise<Result<undefined, StaffFailure>> {
    const { secondFactors, sessions } = this.#deps;
    const held = await this.#held(personId, asker);
    if (!held.ok) return held;
    if (held.value === undefined) return failed('absent');
    await secondFactors.remove(held.value.accountId);
    await sessions.endAllOf(held.value.accountId);
    return ok(undefined);
  }

  /** @returns undefined inside for somebody who has no account yet */
  async #held(
    personId: string,
    asker: StaffAsker,
  ): Promise<Result<KnownAccount | undefined, StaffFailure>> {
    const { accounts, organisation } = this.#deps;
    if (!(await organisation.isWithin(personId, asker.reach))) return failed('absent');
    const held = await accounts.ofPerson(personId);
    if (held === undefined) return ok(undefined);
    if (held.state === 'disabled' || held.isErased) return failed('absent');
    return (await this.#isStronger(held, asker)) ? failed('stronger') : ok(held);
  }

  /**
   * Administrators are helped at their own page. Managers decide requests, so that helping one who has
   * a password already takes somebody who may appoint for them.
   */
  async #isStronger(held: KnownAccount, { actor, tree }: StaffAsker): Promise<boolean> {
    if (held.rank.kind !== 'none') return true;
    const { authority, organisation } = this.#deps;
    const { actor: owner } = await authority.ofAccount(held);
    if (owner.standings.length === 0 || held.verifier === null) return false;
    const appoints = reachOf(actor, 'administrators', 'change', tree);
    return !(await organisation.isWithin(held.personId ?? '', appoints));
  }

  #staffAccount(accountId: string, personId: string) {
    return {
      accountId,
      name: null,
      personId,
      locale: 'zh-CN',
      rank: { kind: 'none' },
      state: 'active',
      verifier: null,
      mustChange: false,
      createdAtMs: this.#deps.clock.now().epochMilliseconds,
      lastSignedInMs: null,
      version: 1,
    } as const;
  }
}
