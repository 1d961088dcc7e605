import { sql } from 'kysely';
import type { HubDatabase } from '#hub/storage/hub-database';

/** Wrong guesses in a row, and how long nobody may guess again; by whatever they were made against. */
export class SignInLockRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** The latest moment until which any of the keys is locked; 0 when none is. */
  async lockedUntilMs(keys: readonly string[]): Promise<number> {
    const { untilMs } = await this.#db.now
      .selectFrom('sign_in_locks')
      .select(({ fn }) => fn.max<number | null>('locked_until_ms').as('untilMs'))
      .where('key', 'in', keys)
      .executeTakeFirstOrThrow();
    return untilMs ?? 0;
  }

  /**
   * One statement, so that attempts made side by side are all counted.
   *
   * @param forgetMs after a silence this long the count begins anew
   * @returns failures in a row
   */
  async countFailure(key: string, atMs: number, forgetMs: number): Promise<number> {
    const { failures } = await this.#db.now
      .insertInto('sign_in_locks')
      .values({ key, failures: 1, failed_at_ms: atMs })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          failures: sql<number>`CASE WHEN sign_in_locks.failed_at_ms <= ${atMs - forgetMs}
            THEN 1 ELSE sign_in_locks.failures + 1 END`,
          failed_at_ms: atMs,
        }),
      )
      .returning('failures')
      .executeTakeFirstOrThrow();
    return failures;
  }

  /** Never earlier than a lock that somebody else's failure has set meanwhile. */
  async lock(key: string, untilMs: number): Promise<void> {
    await this.#db.now
      .updateTable('sign_in_locks')
      .set({ locked_until_ms: untilMs })
      .where('key', '=', key)
      .where('locked_until_ms', '<', untilMs)
      .execute();
  }

  /** Whatever is held against a key is over. */
  async forgive(key: string): Promise<void> {
    await this.#db.now.deleteFrom('sign_in_locks').where('key', '=', key).execute();
  }

  async removeOld(beforeMs: number): Promise<void> {
    await this.#db.now
      .deleteFrom('sign_in_locks')
      .where('failed_at_ms', '<=', beforeMs)
      .where('locked_until_ms', '<=', beforeMs)
      .execute();
  }
}
