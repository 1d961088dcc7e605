import Database from 'better-sqlite3';
import { failed, ok, type Result } from '#domain/result';

/**
 * Keeps a file to this process; the system lets go of it however the process ends. SQLite's own locks
 * do this on every system, and Node has none of its own.
 *
 * @returns what lets go of it, or that another holds it
 * @throws SqliteError when the folder cannot be written
 */
export function holdFile(path: string): Result<() => void, 'held'> {
  const file = new Database(path, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
    return ok(() => {
      file.close();
    });
  } catch (error) {
    file.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')
      return failed('held');
    throw error;
  }
}
