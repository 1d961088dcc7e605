import { type Kysely, sql } from 'kysely';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import type { SqlDatabase } from '#platform/sql/sql-database';
import type { SqlEngine } from '#platform/sql/sql-engine';

/** What the engines call differently, for statements that are otherwise the same on both. */
export interface SqlWords {
  readonly engine: SqlEngine;
  /** 64 bit. */
  readonly integer: string;
  readonly real: string;
  readonly blob: string;
  /** A primary key that counts by itself and never gives a number twice. */
  readonly counted: string;
  /** Of a text column that is unique whatever the case; PostgreSQL has an index on `lower()` for it. */
  readonly nocase: string;
  /** Behind the closing bracket of a table. */
  readonly strict: string;
  /** The same, for a table that lives in its primary key. */
  readonly keyed: string;
  /** Statements after which the table refuses to change or to lose rows; `when` may look at OLD. */
  readonly refuse: (refusal: Refusal) => readonly string[];
}

export interface Refusal {
  readonly table: string;
  readonly on: 'update' | 'delete';
  readonly because: string;
  readonly when?: string;
}

/** One step forward; immutable once released. Versions are 1, 2, 3 … without a gap. */
export interface SqlMigration {
  readonly version: number;
  readonly name: string;
  readonly statements: (words: SqlWords) => readonly string[];
}

export interface NewerVersion {
  readonly reason: 'newer-version';
  readonly found: number;
  readonly known: number;
}

const LOCK_KEY = 0x6c_69_6e_74; // "lint": one hub migrates, the others wait

/** Brings a database forward, each step in a transaction of its own. @returns how many steps it took */
export async function migrate<Tables>(
  db: SqlDatabase<Tables>,
  migrations: readonly SqlMigration[],
): Promise<Result<number, NewerVersion>> {
  migrations.forEach((step, index) =>
    assert(step.version === index + 1, `migration ${step.name} is out of order`),
  );
  const found = await db.transaction(async () => await versionOf(db));
  if (found > migrations.length) {
    return failed({ reason: 'newer-version', found, known: migrations.length });
  }
  const words = wordsOf(db.engine);
  for (const step of migrations.slice(found)) {
    await db.transaction(async () => {
      if ((await versionOf(db)) >= step.version) return; // another hub was faster
      for (const statement of step.statements(words)) await sql.raw(statement).execute(db.now);
      await setVersion(db, step.version);
    });
  }
  return ok(migrations.length - found);
}

/** Whether this build knows the database, which is not touched. @returns how many steps it is behind */
export async function stepsBehind<Tables>(
  db: SqlDatabase<Tables>,
  migrations: readonly SqlMigration[],
): Promise<Result<number, NewerVersion>> {
  const known = migrations.length;
  const found = (await isFounded(db)) ? await readVersion(db) : 0;
  return found > known ? failed({ reason: 'newer-version', found, known }) : ok(known - found);
}

async function isFounded<Tables>({ engine, now }: SqlDatabase<Tables>): Promise<boolean> {
  if (engine === 'sqlite') return true; // a new file says 0
  const { rows } = await sql<{ found: number }>`
    SELECT count(*) AS found FROM (SELECT to_regclass('schema_version') AS name) known
    WHERE name IS NOT NULL`.execute(now);
  return rows[0]?.found === 1;
}

/** In SQLite the file's own number, in PostgreSQL a table of one row. */
async function versionOf<Tables>(db: SqlDatabase<Tables>): Promise<number> {
  if (db.engine === 'postgres') await lockSchema(db.now);
  return await readVersion(db);
}

async function readVersion<Tables>({ engine, now }: SqlDatabase<Tables>): Promise<number> {
  if (engine === 'sqlite') {
    const { rows } = await sql<{ user_version: number }>`PRAGMA user_version`.execute(now);
    return rows[0]?.user_version ?? 0;
  }
  const { rows } = await sql<{ version: number }>`SELECT version FROM schema_version`.execute(now);
  return rows[0]?.version ?? 0;
}

/** Behind the lock the next statement has to see what its last holder did, not what was there before. */
async function lockSchema<Tables>(now: Kysely<Tables>): Promise<void> {
  await sql`SET TRANSACTION ISOLATION LEVEL READ COMMITTED`.execute(now);
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCK_KEY)})`.execute(now);
  await sql`CREATE TABLE IF NOT EXISTS schema_version (
    id integer PRIMARY KEY CHECK (id = 1), version bigint NOT NULL)`.execute(now);
}

async function setVersion<Tables>(db: SqlDatabase<Tables>, version: number): Promise<void> {
  if (db.engine === 'sqlite') {
    await sql`PRAGMA user_version = ${sql.lit(version)}`.execute(db.now);
    return;
  }
  await sql`INSERT INTO schema_version (id, version) VALUES (1, ${version})
    ON CONFLICT (id) DO UPDATE SET version = excluded.version`.execute(db.now);
}

function wordsOf(engine: SqlEngine): SqlWords {
  if (engine === 'sqlite') {
    return {
      engine,
      integer: 'INTEGER',
      real: 'REAL',
      blob: 'BLOB',
      counted: 'INTEGER PRIMARY KEY AUTOINCREMENT',
      nocase: 'COLLATE NOCASE',
      strict: 'STRICT',
      keyed: 'STRICT, WITHOUT ROWID',
      refuse: refuseInSqlite,
    };
  }
  return {
    engine,
    integer: 'bigint',
    real: 'double precision',
    blob: 'bytea',
    counted: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    nocase: '',
    strict: '',
    keyed: '',
    refuse: refuseInPostgres,
  };
}

function refuseInSqlite({ table, on, because, when }: Refusal): readonly string[] {
  const condition = when === undefined ? '' : `WHEN ${when}`;
  return [
    `CREATE TRIGGER ${table}_no_${on} BEFORE ${on} ON ${table} ${condition}
     BEGIN SELECT RAISE(ABORT, '${because}'); END`,
  ];
}

function refuseInPostgres({ table, on, because, when }: Refusal): readonly string[] {
  const [name, condition] = [`${table}_no_${on}`, when === undefined ? '' : `WHEN (${when})`];
  return [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION '${because}'; END $$`,
    `CREATE TRIGGER ${name} BEFORE ${on} ON ${table} FOR EACH ROW ${condition}
     EXECUTE FUNCTION ${name}()`,
  ];
}
