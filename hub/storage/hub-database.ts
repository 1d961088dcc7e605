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
import { retirementTables } from '#hub/storage/migrations/0011-retirements';
import { punchTimeTables } from '#hub/storage/migrations/0012-punch-times';
import { openPostgres, type PostgresFailure } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import type { SqlDatabase } from '#platform/sql/sql-database';
import {
  migrate,
  type NewerVersion,
  type SqlMigration,
  stepsBehind,
} from '#platform/sql/sql-migration';
import { type CorruptFile, isCorrupt } from '#platform/sqlite/database';

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
  retirementTables,
  punchTimeTables,
];

/** The newest form of the database that this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.length;

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
  const opened = await openEngine(place);
  return opened.ok ? await orClosed(opened.value, bringForward) : opened;
}

/** Whether a hub could work with these books; they stay as they are. @returns how many steps behind */
export async function checkHubDatabase(
  place: HubDatabasePlace,
): Promise<Result<number, HubDatabaseFailure>> {
  const opened = await openEngine(place);
  if (!opened.ok) return opened;
  const behind = await orClosed(opened.value, async (db) => await stepsBehind(db, MIGRATIONS));
  if (behind.ok) await opened.value.close();
  return behind;
}

/** For tests: a real database that lives as long as its handle. */
export async function openHubDatabaseInMemory(): Promise<Result<HubDatabase, HubDatabaseFailure>> {
  const opened = openSqlite<HubTables>(':memory:');
  return opened.ok ? await orClosed(opened.value, bringForward) : opened;
}

async function openEngine({
  dataDir,
  databaseUrl,
}: HubDatabasePlace): Promise<Result<HubDatabase, HubDatabaseFailure>> {
  return databaseUrl === undefined
    ? openSqlite<HubTables>(join(dataDir, 'hub.db'))
    : await openPostgres<HubTables>(databaseUrl);
}

async function bringForward(db: HubDatabase): Promise<Result<HubDatabase, NewerVersion>> {
  const moved = await migrate(db, MIGRATIONS);
  return moved.ok ? ok(db) : moved;
}

/** Whatever goes wrong, nothing stays open. */
async function orClosed<T>(
  db: HubDatabase,
  step: (db: HubDatabase) => Promise<Result<T, HubDatabaseFailure>>,
): Promise<Result<T, HubDatabaseFailure>> {
  try {
    const done = await step(db);
    if (!done.ok) await db.close();
    return done;
  } catch (error) {
    await db.close();
    if (isCorrupt(error)) return failed({ reason: 'corrupt', detail: error.message });
    throw error;
  }
}
