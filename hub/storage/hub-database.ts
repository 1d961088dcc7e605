import { join } from 'node:path';
import { failed, ok, type Result } from '#domain/result';
import type { HubTables } from '#hub/storage/hub-tables';
import { hubTables } from '#hub/storage/migrations/0001-hub';
import { attendanceTables } from '#hub/storage/migrations/0002-attendance';
import { apiTables } from '#hub/storage/migrations/0003-api';
import { peopleTables } from '#hub/storage/migrations/0004-people';
import { groupEventTables } from '#hub/storage/migrations/0005-group-events';
import { authorityTables } from '#hub/storage/migrations/0006-authority';
import { approvalTables } from '#hub/storage/migrations/0007-approvals';
import { exceptionTables } from '#hub/storage/migrations/0008-exceptions';
import { exportTables } from '#hub/storage/migrations/0009-exports';
import { noticeTables } from '#hub/storage/migrations/0010-notices';
import { switchTables } from '#hub/storage/migrations/0011-switch';
import { siteTables } from '#hub/storage/migrations/0012-sites';
import { openPostgres, type PostgresFailure } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import type { SqlDatabase } from '#platform/sql/sql-database';
import { migrate, type NewerVersion, type SqlMigration } from '#platform/sql/sql-migration';
import type { CorruptFile } from '#platform/sqlite/database';

const MIGRATIONS: readonly SqlMigration[] = [
  hubTables,
  attendanceTables,
  apiTables,
  peopleTables,
  groupEventTables,
  authorityTables,
  approvalTables,
  exceptionTables,
  exportTables,
  noticeTables,
  switchTables,
  siteTables,
];

export type HubDatabase = SqlDatabase<HubTables>;
export type HubDatabaseFailure = NewerVersion | CorruptFile | PostgresFailure;

/** Where the books are kept: a file of the data folder, or a PostgreSQL database. */
export interface HubDatabasePlace {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}

/** @throws SqliteError when the folder cannot be written or the disk is full */
export async function openHubDatabase(
  place: HubDatabasePlace,
): Promise<Result<HubDatabase, HubDatabaseFailure>> {
  const { dataDir, databaseUrl } = place;
  const opened =
    databaseUrl === undefined
      ? openSqlite<HubTables>(join(dataDir, 'hub.db'))
      : await openPostgres<HubTables>(databaseUrl);
  return opened.ok ? await brought(opened.value) : opened;
}

/** For tests: a real database that lives as long as its handle. */
export async function openHubDatabaseInMemory(): Promise<Result<HubDatabase, HubDatabaseFailure>> {
  const opened = openSqlite<HubTables>(':memory:');
  return opened.ok ? await brought(opened.value) : opened;
}

async function brought(db: HubDatabase): Promise<Result<HubDatabase, HubDatabaseFailure>> {
  try {
    const moved = await migrate(db, MIGRATIONS);
    if (moved.ok) return ok(db);
    await db.close();
    return failed(moved.failure);
  } catch (error) {
    await db.close();
    throw error;
  }
}
