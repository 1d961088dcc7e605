import type { SqlMigration } from '#platform/sql/sql-migration';

/** Accounts, grants, ways to sign in, programs, and the audit log. */
export const authorityTables: SqlMigration = {
  version: 6,
  name: '0006-authority',
  statements: () => [],
};
