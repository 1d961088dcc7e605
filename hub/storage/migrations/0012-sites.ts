import type { SqlMigration } from '#platform/sql/sql-migration';

/** Join codes of sites. */
export const siteTables: SqlMigration = {
  version: 12,
  name: '0012-sites',
  statements: () => [],
};
