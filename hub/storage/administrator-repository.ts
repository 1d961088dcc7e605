import { sql } from 'kysely';
import type { HubDatabase } from '#hub/storage/hub-database';

export interface Administrator {
  readonly name: string;
  readonly verifier: string;
  readonly mustChange: boolean;
  readonly failures: number;
  readonly lockedUntilMs: number;
}

export class AdministratorRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async count(): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('administrators')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return n;
  }

  async get(name: string): Promise<Administrator | undefined> {
    const row = await this.#db.now
      .selectFrom('administrators')
      .selectAll()
      .where(isNamed(name))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      name: row.name,
      verifier: row.verifier,
      mustChange: row.must_change === 1,
      failures: row.failures,
      lockedUntilMs: row.locked_until_ms,
    };
  }

  async add(name: string, verifier: string): Promise<void> {
    await this.#db.now
      .insertInto('administrators')
      .values({ name, verifier, must_change: 1 })
      .execute();
  }

  async setPassword(name: string, verifier: string): Promise<void> {
    await this.#db.now
      .updateTable('administrators')
      .set({ verifier, must_change: 0 })
      .where(isNamed(name))
      .execute();
  }

  /** One statement, so that attempts made side by side are all counted. @returns failures in a row */
  async countFailure(name: string): Promise<number> {
    const row = await this.#db.now
      .updateTable('administrators')
      .set(({ eb }) => ({ failures: eb('failures', '+', 1) }))
      .where(isNamed(name))
      .returning('failures')
      .executeTakeFirst();
    return row?.failures ?? 0;
  }

  /** Never earlier than a lock that somebody else's failure has set meanwhile. */
  async lock(name: string, untilMs: number): Promise<void> {
    await this.#db.now
      .updateTable('administrators')
      .set({ locked_until_ms: untilMs })
      .where(isNamed(name))
      .where('locked_until_ms', '<', untilMs)
      .execute();
  }

  /** @returns false when a failure made meanwhile has locked the name: then nothing is forgiven */
  async forgiveFailures(name: string, nowMs: number): Promise<boolean> {
    const forgiven = await this.#db.now
      .updateTable('administrators')
      .set({ failures: 0, locked_until_ms: 0 })
      .where(isNamed(name))
      .where('locked_until_ms', '<=', nowMs)
      .executeTakeFirst();
    return forgiven.numUpdatedRows === 1n;
  }
}

/** Whatever the case: the index on `lower(name)` keeps them apart and answers this. */
function isNamed(name: string) {
  return sql<boolean>`lower(name) = lower(${name})`;
}
