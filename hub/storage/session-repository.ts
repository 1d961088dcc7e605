import { sha256Hex } from '#platform/crypto/canonical';
import type { SqliteDatabase } from '#platform/sqlite/database';

export interface StoredSession {
  readonly name: string;
  readonly csrfToken: string;
  readonly expiresAtMs: number;
  readonly mustChangePassword: boolean;
}

interface SessionRow {
  readonly name: string;
  readonly csrf_token: string;
  readonly expires_at_ms: number;
  readonly must_change: number;
}

/** Only digests of session tokens are stored: a copy of the database signs nobody in. */
export class SessionRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  add(token: string, session: Omit<StoredSession, 'mustChangePassword'>): void {
    this.#db
      .prepare(
        'INSERT INTO sessions (token_digest, name, csrf_token, expires_at_ms) VALUES (?, ?, ?, ?)',
      )
      .run(sha256Hex(token), session.name, session.csrfToken, session.expiresAtMs);
  }

  get(token: string, nowMs: number): StoredSession | undefined {
    const row = this.#db
      .prepare<[string, number], SessionRow>(
        `SELECT s.*, a.must_change FROM sessions s JOIN administrators a USING (name)
         WHERE token_digest = ? AND expires_at_ms > ?`,
      )
      .get(sha256Hex(token), nowMs);
    if (row === undefined) return undefined;
    return {
      name: row.name,
      csrfToken: row.csrf_token,
      expiresAtMs: row.expires_at_ms,
      mustChangePassword: row.must_change === 1,
    };
  }

  remove(token: string): void {
    this.#db.prepare('DELETE FROM sessions WHERE token_digest = ?').run(sha256Hex(token));
  }

  removeAllOf(name: string): void {
    this.#db.prepare('DELETE FROM sessions WHERE name = ?').run(name);
  }

  removeExpired(nowMs: number): void {
    this.#db.prepare('DELETE FROM sessions WHERE expires_at_ms <= ?').run(nowMs);
  }
}
