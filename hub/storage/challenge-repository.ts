import type { HubDatabase } from '#hub/storage/hub-database';
import { sha256Hex } from '#platform/crypto/canonical';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';

/** A right password that still wants its code. */
export interface StoredChallenge {
  readonly accountId: string;
  readonly expiresAtMs: number;
  readonly attempts: number;
}

/** What was begun at sign-in and waits for its second half: a code, or the way back from a provider. */
export class ChallengeRepository {
  readonly #db: HubDatabase;
  readonly #storageKey: Buffer;

  constructor(db: HubDatabase, storageKey: Buffer) {
    this.#db = db;
    this.#storageKey = storageKey;
  }

  async add(token: string, accountId: string, expiresAtMs: number): Promise<void> {
    await this.#db.now
      .insertInto('sign_in_challenges')
      .values({ token_digest: sha256Hex(token), account_id: accountId, expires_at_ms: expiresAtMs })
      .execute();
  }

  /** Counts this attempt in the same statement, so that none of a crowd is free. */
  async attempt(token: string): Promise<StoredChallenge | undefined> {
    const row = await this.#db.now
      .updateTable('sign_in_challenges')
      .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
      .where('token_digest', '=', sha256Hex(token))
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      accountId: row.account_id,
      expiresAtMs: row.expires_at_ms,
      attempts: row.attempts,
    };
  }

  /** @returns false when it is gone: another request was answered with it */
  async take(token: string): Promise<boolean> {
    const taken = await this.#db.now
      .deleteFrom('sign_in_challenges')
      .where('token_digest', '=', sha256Hex(token))
      .executeTakeFirst();
    return taken.numDeletedRows === 1n;
  }

  /** @param token of the browser that leaves; `departure` is sealed like a secret */
  async depart(token: string, departure: string, expiresAtMs: number): Promise<void> {
    const digest = sha256Hex(token);
    await this.#db.now
      .insertInto('provider_departures')
      .values({
        digest,
        sealed: encrypt(departure, this.#storageKey, `departure ${digest}`),
        expires_at_ms: expiresAtMs,
      })
      .execute();
  }

  /** Once: whoever returns a second time was never away. */
  async returned(token: string): Promise<string | undefined> {
    const digest = sha256Hex(token);
    const row = await this.#db.now
      .deleteFrom('provider_departures')
      .where('digest', '=', digest)
      .returning('sealed')
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return decrypt(row.sealed, this.#storageKey, `departure ${digest}`).toString('utf8');
  }

  async removeExpired(nowMs: number): Promise<void> {
    for (const table of ['sign_in_challenges', 'provider_departures'] as const) {
      await this.#db.now.deleteFrom(table).where('expires_at_ms', '<=', nowMs).execute();
    }
  }
}
