import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDiskFull, type Migration, openDatabase } from '#platform/sqlite/database';

const STEPS: readonly Migration[] = [
  {
    version: 1,
    name: 'notes',
    sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
  },
  { version: 2, name: 'note-author', sql: 'ALTER TABLE note ADD COLUMN author TEXT' },
];

describe('openDatabase', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-db-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = () => join(folder, 'a.db');

  function opened(steps = STEPS) {
    const result = openDatabase(file(), steps);
    if (!result.ok) throw new Error(result.failure.reason);
    return result.value;
  }

  test('keeps every commit through a power cut: synchronous is FULL', () => {
    const db = opened();
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  test('carries the data of an older version forward', () => {
    const old = opened(STEPS.slice(0, 1));
    old.prepare('INSERT INTO note (text) VALUES (?)').run('kept');
    old.close();
    const db = opened();
    expect(db.prepare('SELECT text, author FROM note').get()).toEqual({
      text: 'kept',
      author: null,
    });
    db.close();
  });

  test('refuses a database of a newer version and leaves it alone', () => {
    opened().close();
    expect(openDatabase(file(), STEPS.slice(0, 1))).toEqual({
      ok: false,
      failure: { reason: 'newer-version', found: 2, known: 1 },
    });
    opened().close();
  });

  test('names a file that is no database', () => {
    writeFileSync(file(), 'this was a photograph once '.repeat(100));
    expect(openDatabase(file(), STEPS)).toMatchObject({
      ok: false,
      failure: { reason: 'corrupt' },
    });
  });

  test('a step that fails leaves the version before it', () => {
    opened().close();
    const broken = [
      ...STEPS,
      { version: 3, name: 'broken', sql: 'CREATE TABLE x (y); SELECT nonsense' },
    ];
    expect(() => openDatabase(file(), broken)).toThrow(/nonsense/);
    const db = opened();
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'x'").get()).toEqual({
      n: 0,
    });
    db.close();
  });

  test('a full disk is told from every other error', () => {
    const db = opened();
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
    const fill = () => db.prepare('INSERT INTO note (text) VALUES (?)').run('x'.repeat(100_000));
    let caught: unknown;
    try {
      fill();
    } catch (error) {
      caught = error;
    }
    expect(isDiskFull(caught)).toBe(true);
    expect(isDiskFull(new Error('something else'))).toBe(false);
    db.close();
  });
});
