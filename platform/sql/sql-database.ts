import { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { SqlEngine } from '#platform/sql/sql-engine';
import { isSerializationFailure } from '#platform/sql/sql-failure';

const ATTEMPTS_MAX = 8; // of a transaction that another one overtook

/**
 * A database of either engine. The transaction follows the call: whatever a unit of work does, however
 * deep, belongs to it without being handed a connection, and nothing beside it can slip in.
 */
export class SqlDatabase<Tables> {
  readonly engine: SqlEngine;
  readonly #root: Kysely<Tables>;
  readonly #open = new AsyncLocalStorage<Transaction<Tables>>();
  #savepoints = 0;

  constructor(engine: SqlEngine, root: Kysely<Tables>) {
    this.engine = engine;
    this.#root = root;
  }

  /** Where the next query goes: into the unit of work of this call, or straight to the database. */
  get now(): Kysely<Tables> {
    return this.#open.getStore() ?? this.#root;
  }

  /**
   * All of it or nothing, as if no other unit ran at the same time. Joins the unit that is open. May run
   * more than once when PostgreSQL finds that two units overtook one another, so it must do nothing
   * but read and write this database; tell others after it returned.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#open.getStore() !== undefined) return await work();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isSerializationFailure(error) || attempt === ATTEMPTS_MAX) throw error;
      }
    }
  }

  /** Within a unit of work: when the part throws, only the part is undone. */
  async part<T>(work: () => Promise<T>): Promise<T> {
    this.#savepoints += 1;
    const name = sql.raw(`part_${this.#savepoints}`);
    await sql`savepoint ${name}`.execute(this.now);
    try {
      const done = await work();
      await sql`release savepoint ${name}`.execute(this.now);
      return done;
    } catch (error) {
      await sql`rollback to savepoint ${name}`.execute(this.now);
      await sql`release savepoint ${name}`.execute(this.now);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#root.destroy();
  }

  async #once<T>(work: () => Promise<T>): Promise<T> {
    const begun = this.#root.transaction();
    // SQLite has one writer, which is as serial as it gets; Kysely sets no level there.
    const level = this.engine === 'postgres' ? begun.setIsolationLevel('serializable') : begun;
    return await level.execute((unit) => this.#open.run(unit, work));
  }
}
