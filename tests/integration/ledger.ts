import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { upEntry } from '#contracts/wire/v1/up-log';
import type { LogFault } from '#terminal/log/verify-log';
import { verifyLog } from '#terminal/log/verify-log';
import { dataFolder } from '#terminal/storage/data-folder';
import { readKeyFile } from '#terminal/storage/key-file';
import { testDatabaseUrl } from '#tests/hub/test-database';

/** One entry as a database holds it. */
export interface Line {
  readonly logId: string;
  readonly seq: number;
  readonly kind: string;
  readonly hash: string;
}

interface Row {
  readonly entry: string;
}

function linesOf(rows: readonly Row[]): readonly Line[] {
  return rows.map(({ entry }) => {
    const { logId, seq, kind, hash } = upEntry.parse(JSON.parse(entry));
    return { logId, seq, kind, hash };
  });
}

function read(file: string, query: string): readonly Row[] {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    return db.prepare<[], Row>(query).all();
  } finally {
    db.close();
  }
}

/** What lies on a terminal's disk, oldest first. */
export function terminalLines(dataDir: string): readonly Line[] {
  const { database } = dataFolder(dataDir);
  return linesOf(read(database, 'SELECT entry FROM up_log ORDER BY position'));
}

const HUB_ENTRIES = 'SELECT entry FROM up_entries ORDER BY log_id, seq';

/** What the hub holds, on whichever engine it keeps its books. */
export async function hubLines(dataDir: string): Promise<readonly Line[]> {
  const databaseUrl = await testDatabaseUrl(dataDir);
  if (databaseUrl === undefined) return linesOf(read(join(dataDir, 'hub.db'), HUB_ENTRIES));
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return linesOf((await client.query<Row>(HUB_ENTRIES)).rows);
  } finally {
    await client.end();
  }
}

/** @returns the first entry of a terminal's log that is not as it was written */
export function chainFault(dataDir: string): LogFault | undefined {
  const folder = dataFolder(dataDir);
  const keys = readKeyFile(folder.keys);
  if (!keys.ok) throw new Error(`the terminal's keys are ${keys.failure}`);
  const rows = read(folder.database, 'SELECT entry FROM up_log ORDER BY position');
  const owner = { terminalId: keys.value.terminalId, signKey: keys.value.sign.publicKey };
  const checked = verifyLog(
    rows.map((row) => row.entry),
    owner,
    undefined,
  );
  return checked.ok ? undefined : checked.failure;
}

export function keyOf({ logId, seq }: Pick<Line, 'logId' | 'seq'>): string {
  return `${logId}:${seq}`;
}

/**
 * What must hold whatever happened (sync.md, "How it is proved"), once the terminal has caught up:
 * greeted ⊆ on disk, the chain is whole, the hub holds what the terminal holds, each entry once and
 * without a gap, and nothing that no terminal wrote.
 *
 * @param greeted `logId:seq` of every punch that was greeted
 * @returns the claims that do not hold; none when all is well
 */
export async function brokenClaims(
  dirs: { readonly terminals: readonly string[]; readonly hub: string },
  greeted: Iterable<string>,
): Promise<readonly string[]> {
  const broken: string[] = [];
  const written = dirs.terminals.flatMap((dir) => terminalLines(dir));
  const onDisk = new Map(written.map((line) => [keyOf(line), line.hash]));
  for (const key of greeted) if (!onDisk.has(key)) broken.push(`${key} was greeted, not kept`);
  for (const dir of dirs.terminals) {
    const fault = chainFault(dir);
    if (fault !== undefined) broken.push(`${dir}: ${fault.fault} at ${fault.seq}`);
  }
  const held = await hubLines(dirs.hub);
  const atHub = new Map<string, string>();
  for (const line of held) {
    if (atHub.has(keyOf(line))) broken.push(`${keyOf(line)} is at the hub twice`);
    if (onDisk.get(keyOf(line)) !== line.hash) broken.push(`${keyOf(line)} is of nobody's writing`);
    const before = keyOf({ logId: line.logId, seq: line.seq - 1 });
    if (line.seq > 1 && !atHub.has(before)) broken.push(`${before} is missing at the hub`);
    atHub.set(keyOf(line), line.hash);
  }
  for (const key of onDisk.keys()) if (!atHub.has(key)) broken.push(`${key} never arrived`);
  return broken;
}
