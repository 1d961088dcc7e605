import { randomBytes } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import type { AdministratorRepository } from '#hub/storage/administrator-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { SessionRepository, StoredSession } from '#hub/storage/session-repository';
import type { Clock } from '#platform/clock/clock';
import { hashSecret, isSecret } from '#platform/crypto/secret-hash';

export const FIRST_ADMINISTRATOR = 'admin';

const SESSION_MS = 12 * 3_600_000; // one working day; nobody stays signed in overnight
const FAILURES_FREE = 5; // OWASP ASVS 6.3.1: guessing is slowed before it can succeed
const LOCK_FIRST_MS = 60_000;
const LOCK_LONGEST_MS = 15 * 60_000;
const TOKEN_BYTES = 32;
const FIRST_PASSWORD_BYTES = 15; // 20 letters of base64url

export interface OpenSession {
  readonly token: string;
  readonly session: StoredSession;
}

export type SignInFailure =
  | { readonly reason: 'wrong' }
  | { readonly reason: 'locked'; readonly untilMs: number };

export interface SignInDeps {
  readonly db: HubDatabase;
  readonly administrators: AdministratorRepository;
  readonly sessions: SessionRepository;
  readonly clock: Clock;
}

/** @returns the password of the first administrator when it was made just now; only its hash is kept */
export async function foundAdministrator({
  db,
  administrators,
}: Pick<SignInDeps, 'db' | 'administrators'>): Promise<string | undefined> {
  if ((await administrators.count()) > 0) return undefined;
  const password = randomBytes(FIRST_PASSWORD_BYTES).toString('base64url');
  const verifier = await hashSecret(password);
  return await db.transaction(async () => {
    if ((await administrators.count()) > 0) return undefined; // another hub was faster
    await administrators.add(FIRST_ADMINISTRATOR, verifier);
    return password;
  });
}

export class SignIn {
  readonly #deps: SignInDeps;
  /** Compared against when there is no such name, so that both answers take as long. */
  #decoy: string | undefined;

  constructor(deps: SignInDeps) {
    this.#deps = deps;
  }

  async open(name: string, password: string): Promise<Result<OpenSession, SignInFailure>> {
    const { administrators, clock } = this.#deps;
    const administrator = await administrators.get(name);
    const lockedUntilMs = administrator?.lockedUntilMs ?? 0;
    if (lockedUntilMs > clock.now().epochMilliseconds) {
      return failed({ reason: 'locked', untilMs: lockedUntilMs });
    }
    this.#decoy ??= await hashSecret(randomBytes(TOKEN_BYTES).toString('base64url'));
    const isRight = await isSecret(password, administrator?.verifier ?? this.#decoy);
    if (administrator === undefined) return failed({ reason: 'wrong' });
    if (!isRight) return failed(await this.#countFailure(administrator.name));
    return await this.#admit(administrator.name);
  }

  async find(token: string): Promise<StoredSession | undefined> {
    return await this.#deps.sessions.get(token, this.#deps.clock.now().epochMilliseconds);
  }

  async close(token: string): Promise<void> {
    await this.#deps.sessions.remove(token);
  }

  /** Every other session of that administrator ends: whoever knew the old password is out. */
  async changePassword(
    name: string,
    current: string,
    next: string,
  ): Promise<Result<OpenSession, 'wrong'>> {
    const { db, administrators, sessions } = this.#deps;
    const administrator = await administrators.get(name);
    if (administrator === undefined || !(await isSecret(current, administrator.verifier))) {
      return failed('wrong');
    }
    const verifier = await hashSecret(next);
    const changed = await db.transaction(async () => {
      const now = await administrators.get(name);
      if (now?.verifier !== administrator.verifier) return undefined; // replaced while we compared
      await administrators.setPassword(name, verifier);
      await sessions.removeAllOf(name);
      return await this.#begin(name);
    });
    return changed === undefined ? failed('wrong') : ok(changed);
  }

  /** A right password does not undo a lock that wrong ones set while it was being compared. */
  async #admit(name: string): Promise<Result<OpenSession, SignInFailure>> {
    const { db, administrators, clock } = this.#deps;
    const nowMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      if (await administrators.forgiveFailures(name, nowMs)) return ok(await this.#begin(name));
      const untilMs = (await administrators.get(name))?.lockedUntilMs ?? nowMs;
      return failed({ reason: 'locked', untilMs });
    });
  }

  /** Within a unit of work: the tokens are thrown away with it when it is run again. */
  async #begin(name: string): Promise<OpenSession> {
    const { sessions, administrators, clock } = this.#deps;
    const nowMs = clock.now().epochMilliseconds;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const session = {
      name,
      csrfToken: randomBytes(TOKEN_BYTES).toString('base64url'),
      expiresAtMs: nowMs + SESSION_MS,
    };
    await sessions.removeExpired(nowMs);
    await sessions.add(token, session);
    const mustChangePassword = (await administrators.get(name))?.mustChange ?? true;
    return { token, session: { ...session, mustChangePassword } };
  }

  /** Not one unit of work: each statement is true by itself, and a crowd of guesses cannot undo it. */
  async #countFailure(name: string): Promise<SignInFailure> {
    const { administrators, clock } = this.#deps;
    const beyond = (await administrators.countFailure(name)) - FAILURES_FREE;
    if (beyond < 0) return { reason: 'wrong' };
    const lockMs = Math.min(LOCK_FIRST_MS * 2 ** beyond, LOCK_LONGEST_MS);
    const untilMs = clock.now().epochMilliseconds + lockMs;
    await administrators.lock(name, untilMs);
    return { reason: 'locked', untilMs };
  }
}
