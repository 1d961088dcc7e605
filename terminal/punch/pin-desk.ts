import { createHmac } from 'node:crypto';
import type { PersonBody } from '#contracts/wire/v1/down-log';
import { failed, ok, type Result } from '#domain/result';
import { hashSecret, isSecret } from '#platform/crypto/secret-hash';
import type { PinAttemptRepository } from '#terminal/storage/pin-attempt-repository';
import type { Roster } from '#terminal/storage/roster';

const LOCK_MS = 15 * 60_000;
/** Wait after the nth wrong PIN in a row: three may be typing, five are guessing. */
const WAITS_MS = [0, 0, 10_000, 30_000, LOCK_MS] as const;
/** A day without a wrong PIN, and the count begins anew. */
const FORGIVEN_AFTER_MS = 24 * 60 * 60_000;

const WRONG_A_MINUTE_MAX = 20; // a queue of twenty who all mistype is no queue

interface PinDeskParts {
  readonly roster: Roster;
  readonly attempts: PinAttemptRepository;
  /** Keys the names under which attempts are kept, so that the database holds no employee number. */
  readonly deviceKey: string;
  readonly now: () => Temporal.Instant;
  /** Says so in the log. */
  readonly onLocked: (person: PersonBody | undefined) => void;
}

export interface Credentials {
  readonly employeeNo: string;
  readonly pin: string;
}

/**
 * Whether somebody is who they type to be. A number nobody has costs as much, is counted alike and is
 * locked alike: the pad does not tell who works here.
 *
 * The attempt is written as failed before the PIN is looked at, so that pulling the plug is no way
 * to guess more often.
 */
export class PinDesk {
  readonly #parts: PinDeskParts;
  #decoy: Promise<string> | undefined;
  #wrongAtMs: readonly number[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: PinDeskParts) {
    this.#parts = parts;
  }

  /**
   * One at a time, so that guesses cannot overtake their own count.
   *
   * @throws SqliteError when the disk is full: nobody is let in uncounted
   */
  async check(credentials: Credentials): Promise<Result<PersonBody, 'wrong' | 'locked'>> {
    const check = this.#turn.then(() => this.#check(credentials));
    this.#turn = check.catch(() => undefined);
    return await check;
  }

  async #check({ employeeNo, pin }: Credentials): Promise<Result<PersonBody, 'wrong' | 'locked'>> {
    const { attempts, roster, now, onLocked } = this.#parts;
    const subject = this.#subject(employeeNo);
    const nowMs = now().epochMilliseconds;
    if (this.#isFlooded(nowMs)) return failed('locked');
    const before = attempts.find(subject);
    if (before !== undefined && isBlocked(before.blockedUntilMs, nowMs)) return failed('locked');
    const person = roster.findByEmployeeNo(employeeNo);
    const waitMs = this.#countAsFailed(subject, nowMs);
    const verifier = person?.pinVerifier ?? (await this.#decoyVerifier());
    const matches = await isSecret(pin, verifier);
    if (matches && person?.pinVerifier !== undefined) {
      attempts.forget(subject);
      return ok(person);
    }
    this.#wrongAtMs = [...this.#wrongAtMs, nowMs].slice(-WRONG_A_MINUTE_MAX);
    if (waitMs === LOCK_MS) onLocked(person);
    return failed('wrong');
  }

  /** Trying every number once is guessing too, whoever's number it is. */
  #isFlooded(nowMs: number): boolean {
    const lastMinute = this.#wrongAtMs.filter((atMs) => Math.abs(nowMs - atMs) < 60_000);
    return lastMinute.length >= WRONG_A_MINUTE_MAX;
  }

  /** @returns how long this subject would have to wait */
  #countAsFailed(subject: string, nowMs: number): number {
    const { attempts } = this.#parts;
    const before = attempts.find(subject);
    const recent = before !== undefined && nowMs - before.lastFailedMs < FORGIVEN_AFTER_MS;
    const failures = (recent ? before.failures : 0) + 1;
    const waitMs = WAITS_MS[Math.min(failures, WAITS_MS.length) - 1] ?? LOCK_MS;
    attempts.put({ subject, failures, lastFailedMs: nowMs, blockedUntilMs: nowMs + waitMs });
    return waitMs;
  }

  #subject(employeeNo: string): string {
    return createHmac('sha256', Buffer.from(this.#parts.deviceKey, 'base64url'))
      .update(`pin/${employeeNo}`)
      .digest('hex');
  }

  /** Made once, at the same cost as every real one. */
  async #decoyVerifier(): Promise<string> {
    this.#decoy ??= hashSecret('nobody has this PIN');
    return await this.#decoy;
  }
}

/** A clock that was set back must not lock anybody out for longer than the lock itself. */
function isBlocked(blockedUntilMs: number, nowMs: number): boolean {
  const leftMs = blockedUntilMs - nowMs;
  return leftMs > 0 && leftMs <= LOCK_MS;
}
