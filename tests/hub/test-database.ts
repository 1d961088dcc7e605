import { createHash, randomUUID } from 'node:crypto';
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
  const url = new URL(SERVER_URL);
  url.pathname = `/${name}`;
  return url.href;
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
  const client = new Client({ connectionString: SERVER_URL });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
