import type { HubDatabase } from '#hub/storage/hub-database';
import type { OneTimeToken } from '#platform/crypto/one-time-token';

export interface StoredLink extends OneTimeToken {
  readonly accountId: string;
}

const KEPT_MS = 30 * 86_400_000; // a spent link says so for as long as somebody may ask why

/** Links by which somebody sets a password, once. Only digests are stored. */
export class OneTimeLinkRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async get(digest: string): Promise<StoredLink | undefined> {
    const row = await this.#db.now
      .selectFrom('one_time_links')
      .selectAll()
      .where('digest', '=', digest)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { used_at_ms: usedAtMs } = row;
    return {
      accountId: row.account_id,
      digest: row.digest,
      expiresAt: Temporal.Instant.fromEpochMilliseconds(row.expires_at_ms),
      usedAt: usedAtMs === null ? null : Temporal.Instant.fromEpochMilliseconds(usedAtMs),
    };
  }

  /** A newer link takes the place of those nobody used. */
  async add({ accountId, digest, expiresAt }: StoredLink, nowMs: number): Promise<void> {
    await this.#db.now
      .deleteFrom('one_time_links')
      .where((of) =>
        of.or([
          of.and([of('account_id', '=', accountId), of('used_at_ms', 'is', null)]),
          of('expires_at_ms', '<=', nowMs - KEPT_MS),
        ]),
      )
      .execute();
    await this.#db.now
      .insertInto('one_time_links')
      .values({ digest, account_id: accountId, expires_at_ms: expiresAt.epochMilliseconds })
      .execute();
  }

  async spend(digest: string, atMs: number): Promise<void> {
    await this.#db.now
      .updateTable('one_time_links')
      .set({ used_at_ms: atMs })
      .where('digest', '=', digest)
      .execute();
  }

  /** Links nobody used go when the account has a new password by another way. */
  async removeUnused(accountId: string): Promise<void> {
    await this.#db.now
      .deleteFrom('one_time_links')
      .where('account_id', '=', accountId)
      .where('used_at_ms', 'is', null)
      .execute();
  }
}
