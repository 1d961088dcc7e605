import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { openSession } from '#contracts/rest/v1/account';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { sha256Hex } from '#platform/crypto/canonical';

export type SignInWay = z.output<typeof openSession>['way'];

export interface StoredSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly csrfToken: string;
  readonly way: SignInWay;
  readonly startedAtMs: number;
  readonly lastSeenMs: number;
  readonly expiresAtMs: number;
  readonly address: string;
  readonly browser: string;
}

const SEEN_EVERY_MS = 60_000; // when somebody was last seen is told to the minute; not a write per request

/** Only digests of session tokens are stored: a copy of the database signs nobody in. */
export class SessionRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(token: string, session: StoredSession): Promise<void> {
    await this.#db.now
      .insertInto('sessions')
      .values({
        session_id: session.sessionId,
        token_digest: sha256Hex(token),
        account_id: session.accountId,
        csrf_token: session.csrfToken,
        way: session.way,
        started_at_ms: session.startedAtMs,
        last_seen_ms: session.lastSeenMs,
        expires_at_ms: session.expiresAtMs,
        address: session.address,
        browser: session.browser,
      })
      .execute();
  }

  async get(token: string, nowMs: number): Promise<StoredSession | undefined> {
    const row = await this.#db.now
      .selectFrom('sessions')
      .selectAll()
      .where('token_digest', '=', sha256Hex(token))
      .where('expires_at_ms', '>', nowMs)
      .executeTakeFirst();
    return row === undefined ? undefined : sessionFrom(row);
  }

  /** Where an account is signed in, newest first. */
  async ofAccount(accountId: string, nowMs: number): Promise<readonly StoredSession[]> {
    const rows = await this.#db.now
      .selectFrom('sessions')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('expires_at_ms', '>', nowMs)
      .orderBy('started_at_ms', 'desc')
      .orderBy('session_id')
      .execute();
    return rows.map(sessionFrom);
  }

  /** To the minute, in one statement that does nothing most of the time. */
  async seen({ sessionId, lastSeenMs }: StoredSession, nowMs: number): Promise<void> {
    if (nowMs - lastSeenMs < SEEN_EVERY_MS) return;
    await this.#db.now
      .updateTable('sessions')
      .set({ last_seen_ms: nowMs })
      .where('session_id', '=', sessionId)
      .where('last_seen_ms', '<', nowMs)
      .execute();
  }

  /** @returns whether that account had it */
  async end(accountId: string, sessionId: string): Promise<boolean> {
    const ended = await this.#db.now
      .deleteFrom('sessions')
      .where('session_id', '=', sessionId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return ended.numDeletedRows === 1n;
  }

  async endAllOf(accountId: string): Promise<void> {
    await this.#db.now.deleteFrom('sessions').where('account_id', '=', accountId).execute();
  }

  /** The oldest go when there are more than somebody has devices. */
  async endBeyond(accountId: string, countMax: number): Promise<void> {
    const kept = this.#db.now
      .selectFrom('sessions')
      .select('session_id')
      .where('account_id', '=', accountId)
      .orderBy('last_seen_ms', 'desc')
      .limit(countMax);
    await this.#db.now
      .deleteFrom('sessions')
      .where('account_id', '=', accountId)
      .where('session_id', 'not in', sql<string>`(SELECT session_id FROM ${kept} AS kept)`)
      .execute();
  }

  async removeExpired(nowMs: number): Promise<void> {
    await this.#db.now.deleteFrom('sessions').where('expires_at_ms', '<=', nowMs).execute();
  }
}

function sessionFrom(row: Selectable<HubTables['sessions']>): StoredSession {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    csrfToken: row.csrf_token,
    way: openSession.shape.way.parse(row.way),
    startedAtMs: row.started_at_ms,
    lastSeenMs: row.last_seen_ms,
    expiresAtMs: row.expires_at_ms,
    address: row.address,
    browser: row.browser,
  };
}
