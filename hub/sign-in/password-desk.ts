import { randomBytes } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import { accountAct } from '#hub/audit/account-act';
import type { AuditLog } from '#hub/audit/audit-log';
import { isWelcome } from '#hub/authority/authority';
import type { Device } from '#hub/sign-in/device';
import type { OpenSession, SessionKeeper } from '#hub/sign-in/session-keeper';
import { addressKey, nameKey, type SignInLock } from '#hub/sign-in/sign-in-lock';
import type { AccountRepository, KnownAccount } from '#hub/storage/account-repository';
import type { OneTimeLinkRepository } from '#hub/storage/one-time-link-repository';
import type { StoredSession } from '#hub/storage/session-repository';
import type { Clock } from '#platform/clock/clock';
import {
  mintOneTimeToken,
  oneTimeDigest,
  spendOneTimeToken,
} from '#platform/crypto/one-time-token';
import { hashSecret, isSecret } from '#platform/crypto/secret-hash';
import {
  normalPassword,
  type PasswordFault,
  type PasswordJudge,
} from '#platform/passwords/password';

const PRINTED_BYTES = 15; // 20 letters of base64url, read off a screen once

export type LinkFault = 'unknown' | 'used' | 'expired';
export type PasswordFailure =
  | { readonly reason: 'wrong' }
  | { readonly reason: 'locked'; readonly untilMs: number }
  | { readonly reason: 'unfit'; readonly fault: PasswordFault }
  | { readonly reason: 'link'; readonly fault: LinkFault };

export interface MadeLink {
  readonly token: string;
  readonly expiresAt: Temporal.Instant;
}

export interface PasswordDeskDeps {
  readonly accounts: AccountRepository;
  readonly links: OneTimeLinkRepository;
  readonly sessions: SessionKeeper;
  readonly lock: SignInLock;
  readonly auditLog: AuditLog;
  readonly judge: PasswordJudge;
  readonly clock: Clock;
}

/** Where passwords are proved, chosen and replaced; with each of them every other session ends. */
export class PasswordDesk {
  readonly #deps: PasswordDeskDeps;

  constructor(deps: PasswordDeskDeps) {
    this.#deps = deps;
  }

  /** Whether it is really the owner who sits there, before something that an intruder would like to do. */
  async prove(
    account: KnownAccount,
    password: string,
    device: Device,
  ): Promise<Result<undefined, PasswordFailure>> {
    const { lock } = this.#deps;
    const keys = [nameKey(account.accountId, ''), addressKey(device.address)] as const;
    const untilMs = await lock.heldUntilMs(keys);
    if (untilMs !== undefined) return failed({ reason: 'locked', untilMs });
    const isRight = await isSecret(normalPassword(password), account.verifier ?? '');
    if (isRight) return ok(undefined);
    const lockedMs = await lock.countFailure(keys);
    return failed(
      lockedMs === undefined ? { reason: 'wrong' } : { reason: 'locked', untilMs: lockedMs },
    );
  }

  /** Every other session of that account ends: whoever knew the old password is out. */
  async change(
    { account, session }: { readonly account: KnownAccount; readonly session: StoredSession },
    passwords: { readonly current: string; readonly next: string },
    device: Device,
  ): Promise<Result<OpenSession, PasswordFailure>> {
    const { accounts, lock, sessions, auditLog } = this.#deps;
    const proved = await this.prove(account, passwords.current, device);
    if (!proved.ok) return proved;
    const verifier = await this.#verifierOf(account, passwords.next);
    if (!verifier.ok) return verifier;
    const { accountId } = account;
    return await auditLog.unit(async (): Promise<Result<OpenSession, PasswordFailure>> => {
      const now = await accounts.get(accountId);
      // Replaced while we compared: what was proved is no longer true.
      if (now?.verifier !== account.verifier) return failed({ reason: 'wrong' });
      await this.#replace(accountId, verifier.value);
      await lock.forgive(nameKey(accountId, ''));
      await auditLog.append(accountAct(account, 'password.changed'));
      return ok(await sessions.begin({ ...now, mustChange: false }, session.way, device));
    });
  }

  /** Within the unit of whoever may make it. A link made before ends. */
  async makeLink(accountId: string, life: Temporal.Duration): Promise<MadeLink> {
    const { links, clock } = this.#deps;
    const now = clock.now();
    const { token, stored } = mintOneTimeToken(now.add(life));
    await links.add({ ...stored, accountId }, now.epochMilliseconds);
    return { token, expiresAt: stored.expiresAt };
  }

  /** Whose link it is, for the page that it opens. Spends nothing. */
  async checkLink(
    token: string,
  ): Promise<Result<{ name: string; expiresAt: Temporal.Instant }, LinkFault>> {
    const found = await this.#found(token);
    if (!found.ok) return found;
    const { account, expiresAt } = found.value;
    return ok({ name: account.shownName, expiresAt });
  }

  /** The link ends with the password it sets; signing in is another matter, with a second factor or not. */
  async useLink(token: string, next: string): Promise<Result<undefined, PasswordFailure>> {
    const { links, lock, auditLog, clock } = this.#deps;
    const found = await this.#found(token);
    if (!found.ok) return failed({ reason: 'link', fault: found.failure });
    const verifier = await this.#verifierOf(found.value.account, next);
    if (!verifier.ok) return verifier;
    return await auditLog.unit(async (): Promise<Result<undefined, PasswordFailure>> => {
      const still = await this.#found(token);
      if (!still.ok) return failed({ reason: 'link', fault: still.failure });
      const { account } = still.value;
      await links.spend(oneTimeDigest(token), clock.now().epochMilliseconds);
      await this.#replace(account.accountId, verifier.value);
      await lock.forgive(nameKey(account.accountId, ''));
      await auditLog.append(accountAct(account, 'password.reset'));
      return ok(undefined);
    });
  }

  async #found(token: string) {
    const { links, accounts, clock } = this.#deps;
    const link = await links.get(oneTimeDigest(token));
    const account = link === undefined ? undefined : await accounts.get(link.accountId);
    const now = clock.now();
    if (link === undefined || account === undefined || !isWelcome(account, now)) {
      return failed<LinkFault>('unknown');
    }
    const spent = spendOneTimeToken(token, link, now);
    if (spent.ok) return ok({ account, expiresAt: link.expiresAt });
    return failed<LinkFault>(spent.failure === 'wrong' ? 'unknown' : spent.failure);
  }

  async #verifierOf(
    account: KnownAccount,
    password: string,
  ): Promise<Result<string, PasswordFailure>> {
    const words = await this.#deps.accounts.wordsOf(account.accountId);
    const judged = this.#deps.judge(password, words);
    if (!judged.ok) return failed({ reason: 'unfit', fault: judged.failure });
    return ok(await hashSecret(judged.value));
  }

  async #replace(accountId: string, verifier: string): Promise<void> {
    const { accounts, links, sessions } = this.#deps;
    await accounts.setPassword(accountId, verifier, 'chosen');
    await links.removeUnused(accountId);
    await sessions.endAllOf(accountId);
  }
}

/** A password that is shown once and has to be replaced at once. */
export async function printedPassword(): Promise<{ password: string; verifier: string }> {
  const password = randomBytes(PRINTED_BYTES).toString('base64url');
  return { password, verifier: await hashSecret(password) };
}
