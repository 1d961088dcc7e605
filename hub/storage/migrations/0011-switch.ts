import type { SqlMigration } from '#platform/sql/sql-migration';

/** Where attendance is switched on, and what the attendance lists are read by. */
export const switchTables: SqlMigration = {
  version: 11,
  name: '0011-switch',
  statements: () => [],
};
