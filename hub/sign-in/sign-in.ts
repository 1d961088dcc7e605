import { failed, ok, type Result } from '#domain/result';
import { accountAct, befell } from '#hub/audit/account-act';
import type { AuditLog } from '#hub/audit/audit-log';
import { isWelcome } from '#hub/authority/authority';
import type { Device } from '#hub/sign-in/device';
import type { CodeKind, SecondFactor } from '#hub/sign-in/second-factor';
import { mintToken, type OpenSession, type SessionKeeper } from '#hub/sign-in/session-keeper';
import { addressKey, nameKey, type SignInLock } from '#hub/sign-in/sign-in-lock';
import type { AccountRepository, KnownAccount } from '#hub/storage/account-repository';
import type { ChallengeRepository } from '#hub/storage/challenge-repository';
import type { Clock } from '#platform/clock/clock';
import { hashSecret, isSecret } from '#platform/crypto/secret-hash';
import { normalPassword } from '#platform/passwords/password';

const CHALLENGE_MS = 5 * 60_000; // to find one's phone
const CODES_MAX = 5; // wrong ones of one challenge; the lock by name goes on counting

export type SignInFailure =
  | { readonly reason: 'wrong' | 'code-wrong' | 'challenge-over' }
  | { readonly reason: 'locked'; readonly untilMs: number };

/** The right password of somebody who also has to show a code. */
export interface CodeWanted {
  readonly challenge: string;
  readonly expiresAtMs: number;
}

export type SignedIn =
  | { readonly kind: 'session'; readonly opened: OpenSession }
  | { readonly kind: 'code'; readonly wanted: CodeWanted };

export interface SignInDeps {
  readonly accounts: AccountRepository;
  readonly challenges: ChallengeRepository;
  readonly sessions: SessionKeeper;
  readonly lock: SignInLock;
  readonly secondFactor: SecondFactor;
  readonly auditLog: AuditLog;
  readonly clock: Clock;
}

interface Attempt {
  readonly account: KnownAccount | undefined;
  readonly keys: readonly [ReturnType<typeof nameKey>, ReturnType<typeof addressKey>];
}

/** Signing in with what somebody knows, and with what they have. */
export class SignIn {
  readonly #deps: SignInDeps;
  /** Compared against when there is no such name, so that both answers take as long. */
  #decoy: string | undefined;

  constructor(deps: SignInDeps) {
    this.#deps = deps;
  }

  async open(
    name: string,
    password: string,
    device: Device,
  ): Promise<Result<SignedIn, SignInFailure>> {
    const { accounts, lock, clock } = this.#deps;
    const account = await accounts.named(name);
    const keys = [nameKey(account?.accountId, name), addressKey(device.address)] as const;
    const untilMs = await lock.heldUntilMs(keys);
    if (untilMs !== undefined) return failed({ reason: 'locked', untilMs });
    this.#decoy ??= await hashSecret(mintToken());
    const verifier = account?.verifier ?? this.#decoy;
    const isRight = await isSecret(normalPassword(password), verifier);
    const isLetIn = isRight && account !== undefined && isWelcome(account, clock.now());
    if (!isLetIn) return failed(await this.#refused({ account, keys }, 'wrong'));
    const wantsCode = await this.#deps.secondFactor.isOn(account.accountId);
    return wantsCode
      ? ok({ kind: 'code', wanted: await this.#challenge(account) })
      : await this.#admit(account, { keys, device });
  }

  /** The second half: the code of a challenge, by the browser that was given it. */
  async answer(
    challenge: string,
    given: { readonly kind: CodeKind; readonly code: string },
    device: Device,
  ): Promise<Result<OpenSession, SignInFailure>> {
    const { accounts, challenges, lock, clock, sessions, secondFactor, auditLog } = this.#deps;
    const begun = await challenges.attempt(challenge);
    const account = begun === undefined ? undefined : await accounts.get(begun.accountId);
    const now = clock.now();
    const isOver =
      begun === undefined ||
      begun.attempts > CODES_MAX ||
      begun.expiresAtMs <= now.epochMilliseconds;
    if (isOver || account === undefined || !isWelcome(account, now)) {
      return failed({ reason: 'challenge-over' });
    }
    const keys = [nameKey(account.accountId, ''), addressKey(device.address)] as const;
    const untilMs = await lock.heldUntilMs(keys);
    if (untilMs !== undefined) return failed({ reason: 'locked', untilMs });
    const opened = await auditLog.unit(async () => {
      const spent = await secondFactor.spend(account.accountId, given);
      if (!spent || !(await challenges.take(challenge))) return undefined;
      await lock.forgive(keys[0]);
      if (given.kind === 'recovery') {
        await auditLog.append(accountAct(account, 'recovery-code.used'));
      }
      await auditLog.append(accountAct(account, 'session.opened'));
      return await sessions.begin(account, 'password-and-code', device);
    });
    return opened === undefined
      ? failed(await this.#refused({ account, keys }, 'code-wrong'))
      : ok(opened);
  }

  /** A right password does not undo a lock that wrong ones set while it was being compared. */
  async #admit(
    account: KnownAccount,
    { keys, device }: Pick<Attempt, 'keys'> & { readonly device: Device },
  ): Promise<Result<SignedIn, SignInFailure>> {
    const { lock, sessions, auditLog } = this.#deps;
    return await auditLog.unit(async (): Promise<Result<SignedIn, SignInFailure>> => {
      const untilMs = await lock.heldUntilMs(keys);
      if (untilMs !== undefined) return failed({ reason: 'locked', untilMs });
      await lock.forgive(keys[0]);
      await auditLog.append(accountAct(account, 'session.opened'));
      return ok({ kind: 'session', opened: await sessions.begin(account, 'password', device) });
    });
  }

  async #challenge({ accountId }: KnownAccount): Promise<CodeWanted> {
    const { challenges, clock } = this.#deps;
    const nowMs = clock.now().epochMilliseconds;
    const wanted = { challenge: mintToken(), expiresAtMs: nowMs + CHALLENGE_MS };
    await challenges.removeExpired(nowMs);
    await challenges.add(wanted.challenge, accountId, wanted.expiresAtMs);
    return wanted;
  }

  /** Only of accounts that are there: what strangers type is nobody's to keep, and has no end. */
  async #refused(
    { account, keys }: Attempt,
    reason: 'wrong' | 'code-wrong',
  ): Promise<SignInFailure> {
    const { lock, auditLog } = this.#deps;
    const untilMs = await lock.countFailure(keys);
    if (account !== undefined) {
      const action = untilMs === undefined ? 'sign-in.refused' : 'sign-in.locked';
      await auditLog.append(befell(account.accountId, action));
    }
    return untilMs === undefined ? { reason } : { reason: 'locked', untilMs };
  }
}
