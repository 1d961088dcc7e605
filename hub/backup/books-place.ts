import { join } from 'node:path';
import type { HubConfig } from '#contracts/config/hub-config';

/** Where the books of a hub are. */
export type BooksPlace = Pick<HubConfig, 'dataDir' | 'databaseUrl'>;

export const KEYS_NAME = 'hub.keys.json';
export const DATABASE_NAMES = { sqlite: 'hub.db', postgres: 'hub.pgdump' } as const;
/** What people handed in with their forms, outside the database. */
export const ATTACHMENTS_NAME = 'attachments';

export function engineOf({ databaseUrl }: BooksPlace): 'sqlite' | 'postgres' {
  return databaseUrl === undefined ? 'sqlite' : 'postgres';
}

export function databaseFile({ dataDir }: BooksPlace): string {
  return join(dataDir, DATABASE_NAMES.sqlite);
}
