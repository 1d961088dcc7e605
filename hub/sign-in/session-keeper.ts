import { randomBytes, randomUUID } from 'node:crypto';
import { accountAct } from '#hub/audit/account-act';
import type { AuditLog } from '#hub/audit/audit-log';
import { isWelcome } from '#hub/authority/authority';
import type { Device } from '#hub/sign-in/device';
import type { AccountRepository, KnownAccount } from '#hub/storage/account-repository';
import type {
  SecondFactorPolicy,
  SecondFactorRepository,
} from '#hub/storage/second-factor-repository';
import type { SessionRepository, SignInWay, StoredSession } from '#hub/storage/session-repository';
import type { Clock } from '#platform/clock/clock';

const ADMINISTRATOR_MS = 12 * 3_600_000; // one working day; nobody stays signed in overnight
const STAFF_MS = 14 * 86_400_000; // a phone in a pocket
const TOKEN_BYTES = 32;
const SESSIONS_MAX = 50; // of one account; more devices than anybody has
const BROWSER_LENGTH_MAX = 200;

/** What has to be done before anything else is open. */
export type Duty = 'password' | 'second-factor';

/** A session as it was found, with whose it is. */
export interface FoundSession {
  readonly session: StoredSession;
  readonly account: KnownAccount;
  readonly duty: Duty | undefined;
}

export interface OpenSession extends FoundSession {
  /** Goes into the cookie and nowhere else. */
  readonly token: string;
}

export interface SessionKeeperDeps {
  readonly accounts: AccountRepository;
  readonly sessions: SessionRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly auditLog: AuditLog;
  readonly clock: Clock;
}

/** Who is signed in, where, and until when. */
export class SessionKeeper {
  readonly #deps: SessionKeeperDeps;

  constructor(deps: SessionKeeperDeps) {
    this.#deps = deps;
  }

  /** Within a unit of work: the tokens are thrown away with it when it is run again. */
  async begin(account: KnownAccount, way: SignInWay, device: Device): Promise<OpenSession> {
    const { sessions, accounts, clock } = this.#deps;
    const nowMs = clock.now().epochMilliseconds;
    const token = mintToken();
    const session: StoredSession = {
      sessionId: randomUUID(),
      accountId: account.accountId,
      csrfToken: mintToken(),
      way,
      startedAtMs: nowMs,
      lastSeenMs: nowMs,
      expiresAtMs: nowMs + (account.rank.kind === 'none' ? STAFF_MS : ADMINISTRATOR_MS),
      address: device.address,
      browser: device.browser.slice(0, BROWSER_LENGTH_MAX),
    };
    await sessions.removeExpired(nowMs);
    await sessions.add(token, session);
    await sessions.endBeyond(account.accountId, SESSIONS_MAX);
    await accounts.noteSignIn(account.accountId, nowMs);
    return { token, session, account, duty: await this.#dutyOf(account, way) };
  }

  /** @returns undefined for a session that is over, or whose owner may not be here any more */
  async find(token: string): Promise<FoundSession | undefined> {
    const { sessions, accounts, clock } = this.#deps;
    const now = clock.now();
    const session = await sessions.get(token, now.epochMilliseconds);
    if (session === undefined) return undefined;
    const account = await accounts.get(session.accountId);
    if (account === undefined || !isWelcome(account, now)) return undefined;
    await sessions.seen(session, now.epochMilliseconds);
    return { session, account, duty: await this.#dutyOf(account, session.way) };
  }

  async list(accountId: string): Promise<readonly StoredSession[]> {
    return await this.#deps.sessions.ofAccount(accountId, this.#deps.clock.now().epochMilliseconds);
  }

  async signOut(account: KnownAccount, sessionId: string): Promise<void> {
    const { sessions, auditLog } = this.#deps;
    await auditLog.unit(async () => {
      if (!(await sessions.end(account.accountId, sessionId))) return;
      await auditLog.append(accountAct(account, 'session.ended'));
    });
  }

  /** All but the one from which it is asked. */
  async endOthers({ accountId, sessionId }: StoredSession): Promise<void> {
    for (const each of await this.list(accountId)) {
      if (each.sessionId !== sessionId) await this.end(accountId, each.sessionId);
    }
  }

  async end(accountId: string, sessionId: string): Promise<boolean> {
    return await this.#deps.sessions.end(accountId, sessionId);
  }

  /** After a change of what they may do, or of how they prove who they are. */
  async endAllOf(accountId: string): Promise<void> {
    await this.#deps.sessions.endAllOf(accountId);
  }

  /** The provider has looked at whatever it wants to see; only what was typed here is ours to judge. */
  async #dutyOf(account: KnownAccount, way: SignInWay): Promise<Duty | undefined> {
    if (way === 'provider') return undefined;
    if (account.mustChange) return 'password';
    const { secondFactors } = this.#deps;
    if (way === 'password-and-code' || !isWantedOf(account, await secondFactors.policy())) {
      return undefined;
    }
    const factor = await secondFactors.get(account.accountId);
    return factor?.state === 'on' ? undefined : 'second-factor';
  }
}

export function mintToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function isWantedOf({ rank }: KnownAccount, policy: SecondFactorPolicy): boolean {
  if (policy === 'administrators') return rank.kind !== 'none';
  return policy === 'superAdministrators' && rank.kind === 'superAdministrator';
}
