import type { SqlMigration } from '#platform/sql/sql-migration';

/** Forms, their events, templates, delegations, quotas and attachments. */
export const approvalTables: SqlMigration = {
  version: 7,
  name: '0007-approvals',
  statements: () => [],
};
