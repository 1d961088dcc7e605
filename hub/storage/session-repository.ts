import type { HubDatabase } from '#hub/storage/hub-database';
import { sha256Hex } from '#platform/crypto/canonical';

export interface StoredSession {
  readonly name: string;
  readonly csrfToken: string;
  readonly expiresAtMs: number;
  readonly mustChangePassword: boolean;
}

/** Only digests of session tokens are stored: a copy of the database signs nobody in. */
export class SessionRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(token: string, session: Omit<StoredSession, 'mustChangePassword'>): Promise<void> {
    await this.#db.now
      .insertInto('sessions')
      .values({
        token_digest: sha256Hex(token),
        name: session.name,
        csrf_token: session.csrfToken,
        expires_at_ms: session.expiresAtMs,
      })
      .execute();
  }

  async get(token: string, nowMs: number): Promise<StoredSession | undefined> {
    const row = await this.#db.now
      .selectFrom('sessions')
      .innerJoin('administrators', 'administrators.name', 'sessions.name')
      .select([
        'sessions.name',
        'sessions.csrf_token',
        'sessions.expires_at_ms',
        'administrators.must_change',
      ])
      .where('token_digest', '=', sha256Hex(token))
      .where('expires_at_ms', '>', nowMs)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      name: row.name,
      csrfToken: row.csrf_token,
      expiresAtMs: row.expires_at_ms,
      mustChangePassword: row.must_change === 1,
    };
  }

  async remove(token: string): Promise<void> {
    const digest = sha256Hex(token);
    await this.#db.now.deleteFrom('sessions').where('token_digest', '=', digest).execute();
  }

  async removeAllOf(name: string): Promise<void> {
    await this.#db.now.deleteFrom('sessions').where('name', '=', name).execute();
  }

  async removeExpired(nowMs: number): Promise<void> {
    await this.#db.now.deleteFrom('sessions').where('expires_at_ms', '<=', nowMs).execute();
  }
}
