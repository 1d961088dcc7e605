import type { SignInLockRepository } from '#hub/storage/sign-in-lock-repository';
import type { Clock } from '#platform/clock/clock';
import { sha256Hex } from '#platform/crypto/canonical';

const LOCK_FIRST_MS = 60_000;
const LOCK_LONGEST_MS = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000; // five mistakes in a year are no attack
const FAILURES_FREE = {
  name: 5, // OWASP ASVS 6.3.1: guessing is slowed before it can succeed
  address: 50, // a whole office may share one
} as const;

/** What a guess is counted against. */
export type LockKey = `${keyof typeof FAILURES_FREE}:${string}`;

/** Slows guessing down, by the name that is tried and by the address that tries. */
export class SignInLock {
  readonly #locks: SignInLockRepository;
  readonly #clock: Clock;

  constructor(locks: SignInLockRepository, clock: Clock) {
    this.#locks = locks;
    this.#clock = clock;
  }

  /** @returns until when nobody may try, in epoch milliseconds; undefined: go ahead */
  async heldUntilMs(keys: readonly LockKey[]): Promise<number | undefined> {
    const untilMs = await this.#locks.lockedUntilMs(keys);
    return untilMs > this.#clock.now().epochMilliseconds ? untilMs : undefined;
  }

  /**
   * Not one unit of work: each statement is true by itself, and a crowd of guesses cannot undo it.
   *
   * @returns the end of the lock that these failures have brought about
   */
  async countFailure(keys: readonly LockKey[]): Promise<number | undefined> {
    const nowMs = this.#clock.now().epochMilliseconds;
    await this.#locks.removeOld(nowMs - FORGET_MS);
    let untilMs: number | undefined;
    for (const key of keys) {
      const beyond =
        (await this.#locks.countFailure(key, nowMs, FORGET_MS)) - FAILURES_FREE[kindOf(key)];
      if (beyond < 0) continue;
      const endMs = nowMs + Math.min(LOCK_FIRST_MS * 2 ** Math.min(beyond, 10), LOCK_LONGEST_MS);
      await this.#locks.lock(key, endMs);
      untilMs = Math.max(untilMs ?? 0, endMs);
    }
    return untilMs;
  }

  /** A right password forgives the name, never the address: it may be one that the guesser owns. */
  async forgive(key: LockKey): Promise<void> {
    await this.#locks.forgive(key);
  }
}

/** By the account where there is one, however it was called; names that are none are counted alike. */
export function nameKey(accountId: string | undefined, typed: string): LockKey {
  return accountId === undefined
    ? `name:${sha256Hex(typed.trim().toLowerCase())}`
    : `name:${accountId}`;
}

export function addressKey(address: string): LockKey {
  return `address:${address}`;
}

function kindOf(key: LockKey): keyof typeof FAILURES_FREE {
  return key.startsWith('name:') ? 'name' : 'address';
}
