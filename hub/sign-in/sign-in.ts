import { randomBytes } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import type { AdministratorRepository } from '#hub/storage/administrator-repository';
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
  readonly administrators: AdministratorRepository;
  readonly sessions: SessionRepository;
  readonly clock: Clock;
}

/** @returns the password of the first administrator when it was made just now; only its hash is kept */
export async function foundAdministrator(
  administrators: AdministratorRepository,
): Promise<string | undefined> {
  if (administrators.count() > 0) return undefined;
  const password = randomBytes(FIRST_PASSWORD_BYTES).toString('base64url');
  administrators.add(FIRST_ADMINISTRATOR, await hashSecret(password));
  return password;
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
    const administrator = administrators.get(name);
    const lockedUntilMs = administrator?.lockedUntilMs ?? 0;
    if (lockedUntilMs > clock.now().epochMilliseconds) {
      return failed({ reason: 'locked', untilMs: lockedUntilMs });
    }
    this.#decoy ??= await hashSecret(randomBytes(TOKEN_BYTES).toString('base64url'));
    const isRight = await isSecret(password, administrator?.verifier ?? this.#decoy);
    if (administrator === undefined) return failed({ reason: 'wrong' });
    if (!isRight) return failed(this.#countFailure(administrator.name));
    administrators.saveFailures(administrator.name, 0, 0);
    return ok(this.#begin(administrator.name));
  }

  find(token: string): StoredSession | undefined {
    return this.#deps.sessions.get(token, this.#deps.clock.now().epochMilliseconds);
  }

  close(token: string): void {
    this.#deps.sessions.remove(token);
  }

  /** Every other session of that administrator ends: whoever knew the old password is out. */
  async changePassword(
    name: string,
    current: string,
    next: string,
  ): Promise<Result<OpenSession, 'wrong'>> {
    const { administrators, sessions } = this.#deps;
    const administrator = administrators.get(name);
    if (administrator === undefined || !(await isSecret(current, administrator.verifier))) {
      return failed('wrong');
    }
    administrators.setPassword(name, await hashSecret(next));
    sessions.removeAllOf(name);
    return ok(this.#begin(name));
  }

  #begin(name: string): OpenSession {
    const { sessions, administrators, clock } = this.#deps;
    const nowMs = clock.now().epochMilliseconds;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const session = {
      name,
      csrfToken: randomBytes(TOKEN_BYTES).toString('base64url'),
      expiresAtMs: nowMs + SESSION_MS,
    };
    sessions.removeExpired(nowMs);
    sessions.add(token, session);
    const mustChangePassword = administrators.get(name)?.mustChange ?? true;
    return { token, session: { ...session, mustChangePassword } };
  }

  /** Read again after the slow comparison: attempts made side by side are all counted. */
  #countFailure(name: string): SignInFailure {
    const { administrators, clock } = this.#deps;
    const failures = (administrators.get(name)?.failures ?? 0) + 1;
    const beyond = failures - FAILURES_FREE;
    const lockMs = beyond < 0 ? 0 : Math.min(LOCK_FIRST_MS * 2 ** beyond, LOCK_LONGEST_MS);
    const untilMs = lockMs === 0 ? 0 : clock.now().epochMilliseconds + lockMs;
    administrators.saveFailures(name, failures, untilMs);
    return lockMs === 0 ? { reason: 'wrong' } : { reason: 'locked', untilMs };
  }
}
