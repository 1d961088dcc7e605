/*
 * Goal: a unit of work is whole, alone and where its caller is, on either engine.
 * Method: a real file or a real PostgreSQL; units are held up at chosen points, connections are cut.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Generated, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import type { SqlDatabase } from '#platform/sql/sql-database';
import { isConstraintFailure, isStorageFailure } from '#platform/sql/sql-failure';
import { migrate, type SqlMigration } from '#platform/sql/sql-migration';
import { ONLY_POSTGRES, onDatabase, testDatabaseUrl, testEngine } from '#tests/hub/test-database';

interface Tables {
  readonly note: { readonly id: Generated<number>; readonly text: string; readonly worth: number };
}

const notes: SqlMigration = {
  version: 1,
  name: 'notes',
  statements: ({ counted, integer, strict, refuse }) => [
    `CREATE TABLE note (id ${counted}, text TEXT NOT NULL UNIQUE, worth ${integer} NOT NULL) ${strict}`,
    ...refuse({ table: 'note', on: 'delete', because: 'notes are kept' }),
    ...refuse({
      table: 'note',
      on: 'update',
      because: 'a dear note is not changed',
      when: 'OLD.worth > 10',
    }),
  ],
};

let folder: string;
let url: string | undefined;
let db: SqlDatabase<Tables>;

async function opened(): Promise<SqlDatabase<Tables>> {
  const result =
    url === undefined
      ? openSqlite<Tables>(join(folder, 'notes.db'))
      : await openPostgres<Tables>(url);
  if (!result.ok) throw new Error(result.failure.reason);
  await migrate(result.value, [notes]);
  return result.value;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-sql-'));
  url = await testDatabaseUrl(randomUUID());
  db = await opened();
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

async function write(text: string, worth = 1): Promise<void> {
  await db.now.insertInto('note').values({ text, worth }).execute();
}

async function texts(): Promise<string[]> {
  const rows = await db.now.selectFrom('note').select('text').orderBy('id').execute();
  return rows.map((row) => row.text);
}

async function total(): Promise<number> {
  const { worth } = await db.now
    .selectFrom('note')
    .select((of) => of.fn.sum<number>('worth').as('worth'))
    .executeTakeFirstOrThrow();
  return worth ?? 0;
}

/** Writes what everything is worth so far: right only for who is alone. */
async function writeTotal(text: string, meanwhile: () => Promise<void>): Promise<void> {
  await db.transaction(async () => {
    const worth = (await total()) + 1;
    await meanwhile();
    await write(text, worth);
  });
}

async function cutAll(): Promise<void> {
  await onDatabase(
    url ?? '',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

describe('a unit of work', () => {
  test('is there as a whole, or not at all', async () => {
    const broken = db.transaction(async () => {
      await write('one');
      await write('two');
      throw new Error('enough');
    });
    await expect(broken).rejects.toThrow('enough');
    expect(await texts()).toEqual([]);
  });

  test('tells nobody before it is committed, and of what was undone nobody at all', async () => {
    const told: string[] = [];
    const tell = (what: string) => db.whenCommitted(() => void told.push(what));
    await db.transaction(async () => {
      await db.transaction(async () => tell('inner'));
      await db.part(async () => tell('part'));
      await db
        .part(async () => {
          tell('undone part');
          throw new Error('enough');
        })
        .catch(() => undefined);
      expect(told).toEqual([]);
    });
    expect(told).toEqual(['inner', 'part']);
    const broken = db.transaction(async () => {
      tell('undone');
      throw new Error('enough');
    });
    await expect(broken).rejects.toThrow('enough');
    tell('without a unit');
    expect(told).toEqual(['inner', 'part', 'without a unit']);
  });

  test('goes along with the call, however deep, and a unit within it is the same', async () => {
    const deep = async (): Promise<void> => {
      await write('deep');
      await db.transaction(async () => await write('deeper'));
    };
    const broken = db.transaction(async () => {
      await deep();
      expect(await texts()).toEqual(['deep', 'deeper']);
      throw new Error('enough');
    });
    await expect(broken).rejects.toThrow('enough');
    expect(await texts()).toEqual([]);
  });

  test('takes in nothing that goes on beside it', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const unit = db.transaction(async () => {
      await write('within');
      begun.resolve();
      await goOn.promise;
      throw new Error('undone');
    });
    unit.catch(() => undefined);
    await begun.promise;
    const beside = write('beside'); // in SQLite it waits for its turn
    goOn.resolve();
    await expect(unit).rejects.toThrow('undone');
    await beside;
    expect(await texts()).toEqual(['beside']);
  });

  test('does not reach the timer that it set', async () => {
    const rung = Promise.withResolvers<void>();
    await db.transaction(async () => {
      await write('within');
      setTimeout(() => {
        write('later').then(rung.resolve, rung.reject);
      }, 1);
    });
    await rung.promise;
    expect(await texts()).toEqual(['within', 'later']);
  });

  test('is done before the books are closed', async () => {
    const begun = Promise.withResolvers<void>();
    const unit = db.transaction(async () => {
      await write('one');
      begun.resolve();
      await new Promise((resolve) => setTimeout(resolve, 20));
      await write('two');
    });
    await begun.promise;
    await db.close();
    await unit;
    db = await opened();
    expect(await texts()).toEqual(['one', 'two']);
  });
});

describe('a part of a unit', () => {
  test('is undone by itself, and the rest stays', async () => {
    await db.transaction(async () => {
      await write('before');
      const broken = db.part(async () => {
        await write('part');
        await write('before'); // there already: on PostgreSQL that ends whatever it is in
      });
      await expect(broken).rejects.toSatisfy(isConstraintFailure);
      await write('after');
    });
    expect(await texts()).toEqual(['before', 'after']);
  });

  test('has parts of its own', async () => {
    await db.transaction(async () => {
      await db.part(async () => {
        await write('outer');
        await db.part(async () => await Promise.reject(new Error('inner'))).catch(() => undefined);
      });
    });
    expect(await texts()).toEqual(['outer']);
  });
});

describe('units side by side', () => {
  test('come to what they would come to one after the other', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `note ${index}`);
    await Promise.all(names.map((text) => writeTotal(text, async () => void (await texts()))));
    expect(await total()).toBe(2 ** names.length - 1);
  });

  test('that overtook one another are run again', async ({ skip }) => {
    skip(testEngine === 'sqlite', ONLY_POSTGRES);
    const bothRead = Promise.withResolvers<void>();
    let runs = 0;
    const meanwhile = async (): Promise<void> => {
      runs += 1;
      if (runs === 2) bothRead.resolve();
      await bothRead.promise;
    };
    await Promise.all([writeTotal('one', meanwhile), writeTotal('two', meanwhile)]);
    expect(runs).toBeGreaterThan(2);
    expect(await total()).toBe(3);
  });
});

describe('a connection that breaks', () => {
  beforeEach(({ skip }) => skip(testEngine === 'sqlite', ONLY_POSTGRES));

  test('within a unit undoes it, and the next unit has another', async () => {
    const unit = db.transaction(async () => {
      await write('lost');
      await cutAll();
      await write('never');
    });
    await expect(unit).rejects.toSatisfy(isStorageFailure);
    await db.transaction(async () => await write('after'));
    expect(await texts()).toEqual(['after']);
  });

  test('while nobody uses it is not even noticed', async () => {
    await write('before');
    await cutAll();
    await expect
      .poll(async () => await texts().catch(() => []), { timeout: 10_000 })
      .toEqual(['before']);
  });
});

test('whole numbers come back as numbers, whoever added them up', async () => {
  await write('a millisecond of this century', 1_790_000_000_000);
  await write('another', 1);
  const row = await db.now
    .selectFrom('note')
    .select((of) => [
      of.fn.countAll<number>().as('count'),
      of.fn.sum<number>('worth').as('sum'),
      of.fn.max('worth').as('max'),
      of.fn.max('id').as('id'),
    ])
    .executeTakeFirst();
  expect(row).toEqual({ count: 2, sum: 1_790_000_000_001, max: 1_790_000_000_000, id: 2 });
});

test('what may not be changed or removed is refused, with the reason', async () => {
  await write('dear', 11);
  await write('cheap', 1);
  const change = (text: string) =>
    db.now.updateTable('note').set({ worth: 2 }).where('text', '=', text).execute();
  await change('cheap');
  await expect(change('dear')).rejects.toThrow('a dear note is not changed');
  const removed = sql`DELETE FROM note`.execute(db.now);
  await expect(removed).rejects.toThrow('notes are kept');
  await expect(removed).rejects.toSatisfy(isConstraintFailure);
  expect(await texts()).toEqual(['dear', 'cheap']);
});
