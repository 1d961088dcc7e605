import type { SqlMigration } from '#platform/sql/sql-migration';

/** Notices, subscriptions, webhooks and what waits to be delivered. */
export const noticeTables: SqlMigration = {
  version: 10,
  name: '0010-notices',
  statements: () => [],
};
