import type { SqlMigration } from '#platform/sql/sql-migration';

/** What somebody has to look at. */
export const exceptionTables: SqlMigration = {
  version: 8,
  name: '0008-exceptions',
  statements: () => [],
};
