import type { SqlMigration } from '#platform/sql/sql-migration';

/** Group-punch events. */
export const groupEventTables: SqlMigration = {
  version: 5,
  name: '0005-group-events',
  statements: () => [],
};
