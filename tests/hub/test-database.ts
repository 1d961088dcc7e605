import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll } from 'vitest';
import {
  type HubDatabase,
  openHubDatabase,
  openHubDatabaseInMemory,
} from '#hub/storage/hub-database';

/**
 * Which engine the hub's tests run on. With `LINTEL_TEST_DATABASE_URL` (a server on which databases may
 * be made and dropped) every data folder has a PostgreSQL database of its own; else the hub's own file.
 */
const SERVER_URL = process.env['LINTEL_TEST_DATABASE_URL'];
const DUPLICATE_DATABASE = '42P04';

export const testEngine = SERVER_URL === undefined ? 'sqlite' : 'postgres';
/** Why a test of one engine is skipped on the other. */
export const ONLY_POSTGRES = 'about PostgreSQL alone: it is run there';
export const ONLY_SQLITE = 'about SQLite alone: it was run there';

const made = new Set<string>();
// Of this file: what its tests made goes when they are through.
afterAll(async () => {
  for (const name of made) await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  made.clear();
});

/** @returns the database that goes with a data folder, the same one after a restart; undefined: its file */
export async function testDatabaseUrl(dataDir: string): Promise<string | undefined> {
  if (SERVER_URL === undefined) return undefined;
  const digest = createHash('sha256').update(dataDir).digest('hex');
  const name = `lintel_test_${digest.slice(0, 24)}`;
  if (!made.has(name)) await createOnce(name);
  made.add(name);
  return urlOf(name);
}

/** A fresh database of the hub; whoever opens it closes it. */
export async function openTestDatabase(): Promise<HubDatabase> {
  const databaseUrl = await testDatabaseUrl(randomUUID());
  const opened =
    databaseUrl === undefined
      ? await openHubDatabaseInMemory()
      : await openHubDatabase({ dataDir: '', databaseUrl });
  if (!opened.ok) throw new Error(opened.failure.reason);
  return opened.value;
}

/** The same books as another hub would have them open; in memory there is only one. */
export async function openBooksOf(db: HubDatabase): Promise<HubDatabase> {
  if (db.engine === 'sqlite') return db;
  const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(db.now);
  const databaseUrl = urlOf(rows[0]?.name ?? '');
  const opened = await openHubDatabase({ dataDir: '', databaseUrl });
  if (!opened.ok) throw new Error(opened.failure.reason);
  return opened.value;
}

/** Every file of a hub and every row, as text: what nobody may read there must not be found in it. */
export async function everythingKept(dataDir: string): Promise<string> {
  const kept = readdirSync(dataDir, { withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(dataDir, each.name), 'latin1'));
  const databaseUrl = await testDatabaseUrl(dataDir);
  if (databaseUrl === undefined) return kept.join('\n');
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`,
    );
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query(`SELECT * FROM ${tablename}`);
      kept.push(...rows.flatMap((row) => Object.values<unknown>(row).map(textOf)));
    }
  } finally {
    await client.end();
  }
  return kept.join('\n');
}

function textOf(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
}

function urlOf(name: string): string {
  const url = new URL(SERVER_URL ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

async function createOnce(name: string): Promise<void> {
  try {
    await onServer(`CREATE DATABASE ${name}`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === DUPLICATE_DATABASE)) {
      throw error;
    }
  }
}

async function onServer(command: string): Promise<void> {
  await onDatabase(SERVER_URL ?? '', command);
}

/** One command, past whatever Lintel would say about it. */
export async function onDatabase(url: string, command: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
