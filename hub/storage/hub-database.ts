import { join } from 'node:path';
import type { Result } from '#domain/result';
import { hubTables } from '#hub/storage/migrations/0001-hub';
import { attendanceTables } from '#hub/storage/migrations/0002-attendance';
import { type OpenFailure, openDatabase, type SqliteDatabase } from '#platform/sqlite/database';

const MIGRATIONS = [hubTables, attendanceTables];

/** @throws SqliteError when the folder cannot be written or the disk is full */
export function openHubDatabase(dataDir: string): Result<SqliteDatabase, OpenFailure> {
  return openDatabase(join(dataDir, 'hub.db'), MIGRATIONS);
}

/** For tests: a real database that lives as long as its handle. */
export function openHubDatabaseInMemory(): Result<SqliteDatabase, OpenFailure> {
  return openDatabase(':memory:', MIGRATIONS);
}
