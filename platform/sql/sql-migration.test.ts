import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import type { SqlDatabase } from '#platform/sql/sql-database';
import { migrate, type SqlMigration, stepsBehind } from '#platform/sql/sql-migration';
import { testDatabaseUrl, testEngine } from '#tests/hub/test-database';

interface Tables {
  readonly note: { readonly text: string; readonly author: string | null };
}

const STEPS: readonly SqlMigration[] = [
  {
    version: 1,
    name: 'notes',
    statements: ({ strict }) => [`CREATE TABLE note (text TEXT NOT NULL) ${strict}`],
  },
  {
    version: 2,
    name: 'note-author',
    statements: () => ['ALTER TABLE note ADD COLUMN author TEXT', "UPDATE note SET author = 'Ann'"],
  },
];
const BROKEN: SqlMigration = {
  version: 3,
  name: 'broken',
  statements: () => ['DELETE FROM note', 'DELETE FROM nothing'],
};

let folder: string;
let url: string | undefined;
const open: SqlDatabase<Tables>[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-migration-'));
  url = await testDatabaseUrl(randomUUID());
});
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
  rmSync(folder, { recursive: true });
});

async function opened(): Promise<SqlDatabase<Tables>> {
  const result =
    url === undefined
      ? openSqlite<Tables>(join(folder, 'notes.db'))
      : await openPostgres<Tables>(url);
  if (!result.ok) throw new Error(result.failure.reason);
  open.push(result.value);
  return result.value;
}

async function notes(db: SqlDatabase<Tables>) {
  return await db.now.selectFrom('note').selectAll().execute();
}

describe('migrate', () => {
  test('carries the data of an older version forward, and has nothing to do afterwards', async () => {
    const before = await opened();
    expect(await migrate(before, STEPS.slice(0, 1))).toEqual({ ok: true, value: 1 });
    await sql`INSERT INTO note (text) VALUES ('kept')`.execute(before.now);
    const after = await opened();
    expect(await migrate(after, STEPS)).toEqual({ ok: true, value: 1 });
    expect(await notes(after)).toEqual([{ text: 'kept', author: 'Ann' }]);
    expect(await migrate(await opened(), STEPS)).toEqual({ ok: true, value: 0 });
  });

  test('leaves a database of a newer version alone', async () => {
    await migrate(await opened(), STEPS);
    const older = await opened();
    const refused = await migrate(older, STEPS.slice(0, 1));
    expect(refused).toEqual({
      ok: false,
      failure: { reason: 'newer-version', found: 2, known: 1 },
    });
    expect(await notes(older)).toEqual([]);
  });

  test('undoes a step that fails halfway, and keeps the steps before it', async () => {
    const db = await opened();
    await migrate(db, STEPS);
    await sql`INSERT INTO note (text) VALUES ('kept')`.execute(db.now);
    await expect(migrate(db, [...STEPS, BROKEN])).rejects.toThrow('nothing');
    expect(await notes(db)).toEqual([{ text: 'kept', author: null }]);
    expect(await migrate(db, STEPS)).toEqual({ ok: true, value: 0 });
  });

  test('by several hubs at once takes each step once', async () => {
    const hubs = testEngine === 'postgres' ? 4 : 1; // one file has one hub
    const books = await Promise.all(Array.from({ length: hubs }, opened));
    const moved = await Promise.all(books.map(async (db) => await migrate(db, STEPS)));
    expect(moved.every(({ ok }) => ok)).toBe(true);
    for (const db of books) expect(await notes(db)).toEqual([]);
  });

  test('looking at a database does not change it', async () => {
    const db = await opened();
    expect(await stepsBehind(db, STEPS)).toEqual({ ok: true, value: 2 });
    expect(await migrate(db, STEPS.slice(0, 1))).toEqual({ ok: true, value: 1 });
    expect(await stepsBehind(db, STEPS)).toEqual({ ok: true, value: 1 });
    expect(await stepsBehind(db, [])).toMatchObject({ failure: { found: 1, known: 0 } });
  });

  test('refuses steps that are out of order', async () => {
    const db = await opened();
    await expect(migrate(db, STEPS.toReversed())).rejects.toThrow('out of order');
  });
});
