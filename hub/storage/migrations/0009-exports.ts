import type { SqlMigration } from '#platform/sql/sql-migration';

/** Export templates, jobs and their files. */
export const exportTables: SqlMigration = {
  version: 9,
  name: '0009-exports',
  statements: () => [],
};
