import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { SqlEngine } from '#platform/sql/sql-engine';
import { isSerializationFailure } from '#platform/sql/sql-failure';

const ATTEMPTS_MAX = 10; // of a unit that others overtook: two seconds of pauses in the worst case
const PAUSE_FIRST_MS = 4; // doubled each time, and never the same for two that collided
const PAUSE_LONGEST_MS = 500;

/** Where the queries of a call go, for as long as its unit of work is under way. */
interface Unit<Tables> {
  readonly transaction: Transaction<Tables>;
  isOver: boolean;
  /** What is to happen once it is true. */
  readonly effects: (() => void)[];
}

/**
 * A database of either engine. The transaction follows the call: whatever a unit of work does, however
 * deep, belongs to it without being handed a connection, and nothing beside it can slip in.
 */
export class SqlDatabase<Tables> {
  readonly engine: SqlEngine;
  readonly #root: Kysely<Tables>;
  readonly #units = new AsyncLocalStorage<Unit<Tables>>();
  readonly #underWay = new Set<Promise<unknown>>();
  #savepoints = 0;

  constructor(engine: SqlEngine, root: Kysely<Tables>) {
    this.engine = engine;
    this.#root = root;
  }

  /** Where the next query goes: into the unit of work of this call, or straight to the database. */
  get now(): Kysely<Tables> {
    return this.#unit?.transaction ?? this.#root;
  }

  /** What a unit set going and did not wait for (a timer) belongs to no unit once it is over. */
  get #unit(): Unit<Tables> | undefined {
    const unit = this.#units.getStore();
    return unit?.isOver === false ? unit : undefined;
  }

  /**
   * All of it or nothing, as if no other unit ran at the same time. Joins the unit that is open. May run
   * more than once when PostgreSQL finds that two units overtook one another, so it must do nothing
   * but read and write this database; tell others after it returned.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#unit !== undefined) return await work();
    const done = this.#untilThrough(work);
    this.#underWay.add(done);
    try {
      return await done;
    } finally {
      this.#underWay.delete(done);
    }
  }

  /**
   * What others are told, once it is true: after the commit of the unit of this call, or at once where
   * none is open. A unit that is undone, or run again, tells nobody of its first attempt.
   */
  whenCommitted(effect: () => void): void {
    const unit = this.#unit;
    if (unit === undefined) effect();
    else unit.effects.push(effect);
  }

  async #untilThrough<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isSerializationFailure(error) || attempt === ATTEMPTS_MAX) throw error;
        const longestMs = Math.min(PAUSE_FIRST_MS * 2 ** attempt, PAUSE_LONGEST_MS);
        await pause(Math.random() * longestMs);
      }
    }
  }

  /** Within a unit of work: when the part throws, only the part is undone. */
  async part<T>(work: () => Promise<T>): Promise<T> {
    this.#savepoints += 1;
    const name = sql.raw(`part_${this.#savepoints}`);
    const effects = this.#unit?.effects;
    const told = effects?.length ?? 0;
    await sql`savepoint ${name}`.execute(this.now);
    try {
      const done = await work();
      await sql`release savepoint ${name}`.execute(this.now);
      return done;
    } catch (error) {
      await sql`rollback to savepoint ${name}`.execute(this.now);
      await sql`release savepoint ${name}`.execute(this.now);
      effects?.splice(told);
      throw error;
    }
  }

  /** Lets the units that are under way come to their end first. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#root.destroy();
  }

  async #once<T>(work: () => Promise<T>): Promise<T> {
    const begun = this.#root.transaction();
    // SQLite has one writer, which is as serial as it gets; Kysely sets no level there.
    const level = this.engine === 'postgres' ? begun.setIsolationLevel('serializable') : begun;
    const effects: (() => void)[] = [];
    const done = await level.execute(async (transaction) => {
      const unit = { transaction, isOver: false, effects };
      try {
        return await this.#units.run(unit, work);
      } finally {
        unit.isOver = true;
      }
    });
    for (const effect of effects) effect();
    return done;
  }
}
