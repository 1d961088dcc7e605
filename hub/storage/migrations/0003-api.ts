import type { SqlMigration } from '#platform/sql/sql-migration';

/** What callers of the API are answered when they ask the same thing again. */
export const apiTables: SqlMigration = {
  version: 3,
  name: '0003-api',
  statements: ({ integer, keyed }) => [
    // status NULL: the first request is still under way, or the hub died over it.
    `CREATE TABLE api_answers (
        caller         TEXT NOT NULL,
        key            TEXT NOT NULL,
        request_digest TEXT NOT NULL,
        begun_at_ms    ${integer} NOT NULL,
        status         ${integer},
        headers        TEXT,
        body           TEXT,
        PRIMARY KEY (caller, key),
        CHECK ((status IS NULL) = (headers IS NULL))
      ) ${keyed}`,
    `CREATE INDEX api_answers_by_age ON api_answers (begun_at_ms)`,
  ],
};
