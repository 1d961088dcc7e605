import Database from 'better-sqlite3';

const BUSY_TIMEOUT_MS = 30_000; // somebody may be restoring order in the file just now

/**
 * A copy of a database that is in use: one moment of it, whole, while others go on writing.
 *
 * @param target a path where nothing is yet
 */
export function snapshotTo(file: string, target: string): void {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.prepare('VACUUM INTO ?').run(target);
  } finally {
    db.close();
  }
}

/** What SQLite itself finds wrong with a file, in its own words; undefined: nothing. */
export function faultIn(file: string): string | undefined {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const said = String(db.pragma('integrity_check(1)', { simple: true }));
      if (said !== 'ok') return said;
      const strays = db.prepare('PRAGMA foreign_key_check').all();
      return strays.length === 0 ? undefined : `${strays.length} rows refer to nothing`;
    } finally {
      db.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // no database at all
  }
}

/** @returns the number migrations count by */
export function userVersionOf(file: string): number {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } finally {
    db.close();
  }
}
