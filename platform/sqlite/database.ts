import Database from 'better-sqlite3';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';

export type SqliteDatabase = Database.Database;

/** One step forward; immutable once released. Versions are 1, 2, 3 … without a gap. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export interface CorruptFile {
  readonly reason: 'corrupt';
  readonly detail: string;
}

export type OpenFailure =
  | { readonly reason: 'newer-version'; readonly found: number; readonly known: number }
  | CorruptFile;

const BUSY_TIMEOUT_MS = 5000; // a backup or `lintel verify` may hold the file for a moment

/**
 * Opens a file that may not lose a committed row: WAL with `synchronous=FULL`, set and read back
 * (better-sqlite3 defaults to NORMAL under WAL, which can lose the last commits in a power cut).
 *
 * @param file path, or `:memory:`
 * @throws SqliteError when the file cannot be created or the disk is full
 */
export function openSqliteFile(file: string): Result<SqliteDatabase, CorruptFile> {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    assert(db.pragma('synchronous', { simple: true }) === 2, 'synchronous=FULL was not taken');
    return ok(db);
  } catch (error) {
    return closed(db, error);
  }
}

/**
 * Opens a file and brings it to the newest version.
 *
 * @throws SqliteError when the file cannot be created or the disk is full
 */
export function openDatabase(
  file: string,
  migrations: readonly Migration[],
): Result<SqliteDatabase, OpenFailure> {
  const opened = openSqliteFile(file);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const found = Number(db.pragma('user_version', { simple: true }));
    if (found > migrations.length) {
      db.close();
      return failed({ reason: 'newer-version', found, known: migrations.length });
    }
    migrate(db, migrations, found);
    return ok(db);
  } catch (error) {
    return closed(db, error);
  }
}

function closed(db: SqliteDatabase, error: unknown): Result<never, CorruptFile> {
  db.close();
  if (isCorrupt(error)) return failed({ reason: 'corrupt', detail: error.message });
  throw error;
}

function migrate(db: SqliteDatabase, migrations: readonly Migration[], from: number): void {
  migrations.forEach((step, index) => {
    assert(step.version === index + 1, `migration ${step.name} is out of order`);
    if (step.version <= from) return;
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
    })();
  });
}

/** The file is no database, or no longer a whole one. */
export function isCorrupt(error: unknown): error is Error {
  return (
    error instanceof Database.SqliteError &&
    ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(error.code)
  );
}

/** No room on the disk, or none allowed: nothing was written, and nothing may be greeted. */
export function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    ['SQLITE_FULL', 'SQLITE_IOERR_WRITE'].includes(error.code)
  );
}
