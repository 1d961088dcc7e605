import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import { failed, ok, type Result } from '#domain/result';
import { accountAct } from '#hub/audit/account-act';
import type { AuditLog } from '#hub/audit/audit-log';
import { isWelcome } from '#hub/authority/authority';
import type { Device } from '#hub/sign-in/device';
import { mintToken, type OpenSession, type SessionKeeper } from '#hub/sign-in/session-keeper';
import type { AccountRepository, KnownAccount } from '#hub/storage/account-repository';
import type { ChallengeRepository } from '#hub/storage/challenge-repository';
import type { IdentityLinkRepository } from '#hub/storage/identity-link-repository';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import type { Identity } from '#platform/oidc/identity-claim';
import type { IdentityProvider } from '#platform/oidc/identity-provider';
import type { OidcFault } from '#platform/oidc/oidc-failure';

const DEPARTURE_MS = 10 * 60_000; // as long as the provider's own half is good

/** What a claim of the provider is compared with; `link`: with what accounts were tied to, and nothing else. */
export type IdentityMatch = 'employee_no' | 'email' | 'link';

export interface ProviderDoorDeps {
  readonly provider: IdentityProvider;
  readonly label: Bilingual;
  readonly match: IdentityMatch;
  readonly accounts: AccountRepository;
  readonly links: IdentityLinkRepository;
  readonly challenges: ChallengeRepository;
  readonly sessions: SessionKeeper;
  readonly auditLog: AuditLog;
  readonly clock: Clock;
  readonly logger: Logger;
}

const departure = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  startedAt: z.string(),
  returnTo: z.string(),
  /** The account to be tied to whoever comes back. */
  accountId: z.string().nullable(),
});
type Departure = z.output<typeof departure>;

export interface Returned {
  readonly opened: OpenSession;
  readonly returnTo: string;
}

/** Signing in with the company's own provider. */
export class ProviderDoor {
  readonly #deps: ProviderDoorDeps;

  constructor(deps: ProviderDoorDeps) {
    this.#deps = deps;
  }

  get label(): Bilingual {
    return this.#deps.label;
  }

  /** @param accountId the account that is to be tied to the identity; null to sign in */
  async leave(
    returnTo: string,
    accountId: string | null,
  ): Promise<Result<{ readonly address: string; readonly token: string }, OidcFault>> {
    const { provider, challenges, clock } = this.#deps;
    const started = await provider.start();
    if (!started.ok) return failed(this.#told(started.failure));
    const { pending, url } = started.value;
    const token = mintToken();
    const nowMs = clock.now().epochMilliseconds;
    const leaving: Departure = {
      ...pending,
      startedAt: pending.startedAt.toString(),
      returnTo,
      accountId,
    };
    await challenges.removeExpired(nowMs);
    await challenges.depart(token, JSON.stringify(leaving), nowMs + DEPARTURE_MS);
    return ok({ address: url.href, token });
  }

  /** @param token of the browser that left; good once, whatever comes of it */
  async comeBack(
    token: string,
    query: string,
    device: Device,
  ): Promise<Result<Returned, OidcFault>> {
    const { provider, challenges, sessions, auditLog, clock } = this.#deps;
    const left = await challenges.returned(token);
    if (left === undefined) return failed('not-this-sign-in');
    const { returnTo, accountId, ...half } = departure.parse(JSON.parse(left));
    const startedAt = Temporal.Instant.from(half.startedAt);
    const identity = await provider.finish(query, { ...half, startedAt });
    if (!identity.ok) return failed(this.#told(identity.failure));
    return await auditLog.unit(async (): Promise<Result<Returned, OidcFault>> => {
      const account =
        accountId === null
          ? await this.#accountOf(identity.value)
          : await this.#tied(accountId, identity.value);
      if (account === undefined || !isWelcome(account, clock.now())) {
        return failed('unknown-person');
      }
      await auditLog.append(accountAct(account, 'session.opened'));
      const opened = await sessions.begin(account, 'provider', device);
      return ok({ opened, returnTo });
    });
  }

  async #accountOf(identity: Identity): Promise<KnownAccount | undefined> {
    const { accounts, links, match } = this.#deps;
    const linked = await links.accountOf(identity.issuer, identity.subject);
    if (linked !== undefined) return await accounts.get(linked);
    if (match === 'link') return undefined;
    const personId = await links.personOf(match, identity.value);
    if (personId === undefined) return undefined;
    const account = (await accounts.ofPerson(personId)) ?? (await this.#staffAccount(personId));
    return account === undefined ? undefined : await this.#tied(account.accountId, identity);
  }

  /**
   * From now on the subject decides, which never changes: a number or address that is given to somebody
   * else later does not open the account of whoever had it before, nor the other way round.
   */
  async #tied(accountId: string, identity: Identity): Promise<KnownAccount | undefined> {
    const { accounts, links, auditLog, clock } = this.#deps;
    const { issuer, subject } = identity;
    const owner = await links.accountOf(issuer, subject);
    if (owner !== undefined) return owner === accountId ? await accounts.get(owner) : undefined;
    if (await links.isLinked(issuer, accountId)) return undefined;
    const account = await accounts.get(accountId);
    if (account === undefined) return undefined;
    await links.add(issuer, subject, accountId, clock.now().epochMilliseconds);
    await auditLog.append(accountAct(account, 'account.linked'));
    return account;
  }

  /** A member of staff who comes for the first time needs no invitation: the provider knows them. */
  async #staffAccount(personId: string): Promise<KnownAccount | undefined> {
    const { accounts, clock } = this.#deps;
    const accountId = randomUUID();
    await accounts.add({
      accountId,
      name: null,
      personId,
      locale: 'zh-CN',
      rank: { kind: 'none' },
      state: 'active',
      verifier: null,
      mustChange: false,
      createdAtMs: clock.now().epochMilliseconds,
      lastSignedInMs: null,
      version: 1,
    });
    return await accounts.get(accountId);
  }

  /** The log keeps what the page does not say. */
  #told({ fault, detail }: { readonly fault: OidcFault; readonly detail: string }): OidcFault {
    this.#deps.logger.warn({ fault, detail }, 'a sign-in through the identity provider ended');
    return fault;
  }
}
