import { Kysely, SqliteDialect } from 'kysely';
import { failed, ok, type Result } from '#domain/result';
import { SqlDatabase } from '#platform/sql/sql-database';
import { type CorruptFile, openSqliteFile, type SqliteDatabase } from '#platform/sqlite/database';

const STATEMENTS_MAX = 1000; // a statement text is one shape of query; the hub has a few hundred

/**
 * @param file path, or `:memory:`
 * @throws SqliteError when the file cannot be created or the disk is full
 */
export function openSqlite<Tables>(file: string): Result<SqlDatabase<Tables>, CorruptFile> {
  const opened = openSqliteFile(file);
  if (!opened.ok) return failed(opened.failure);
  const dialect = new SqliteDialect({ database: preparedOnce(opened.value) });
  return ok(new SqlDatabase('sqlite', new Kysely<Tables>({ dialect })));
}

/** Kysely prepares a statement each time it runs; here each text is prepared once. */
function preparedOnce(db: SqliteDatabase) {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => db.close(),
    prepare: (text: string) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      // The write lock is taken at once: a unit that read first could not get it later on.
      const statement = db.prepare(text === 'begin' ? 'begin immediate' : text);
      if (statements.size >= STATEMENTS_MAX) statements.clear();
      statements.set(text, statement);
      return statement;
    },
  };
}
