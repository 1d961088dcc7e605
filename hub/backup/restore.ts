import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupManifest } from '#contracts/backup/backup-manifest';
import { failed, ok, type Result } from '#domain/result';
import {
  type BackupFailure,
  brokenChain,
  damagedFile,
  databaseTrouble,
  diskTrouble,
  hubRunning,
  noFile,
  notEmpty,
  toolFailed,
} from '#hub/backup/backup-failure';
import {
  ATTACHMENTS_NAME,
  type BooksPlace,
  DATABASE_NAMES,
  KEYS_NAME,
} from '#hub/backup/books-place';
import { type ProvedBooks, proveBooks } from '#hub/backup/books-proof';
import { unpack } from '#hub/backup/unpack';
import { loadIdentity } from '#hub/identity/hub-identity';
import { BackupRepository } from '#hub/storage/backup-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { makePrivateDirectory } from '#platform/files/private-file';
import { openPostgres } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import { checkDump, loadPostgres } from '#platform/sql/postgres-tools';
import { holdFile } from '#platform/sqlite/held-file';
import { faultIn, userVersionOf } from '#platform/sqlite/snapshot';

export interface RestoreOptions {
  readonly place: BooksPlace;
  readonly file: string;
  readonly passphrase: string | undefined;
  /** `check`: everything is looked at and nothing is left behind. */
  readonly purpose: 'restore' | 'check';
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** undefined: a dump that was only looked at has no rows to walk yet. */
  readonly proved: ProvedBooks | undefined;
}

type Outcome<T> = Promise<Result<T, BackupFailure>>;

/** Into an empty place, all of it or nothing, and only what proves to be whole. */
export async function restore(options: RestoreOptions): Outcome<Restored> {
  const { file } = options;
  if (!existsSync(file)) return failed(noFile(file));
  try {
    return options.purpose === 'check'
      ? await unpacked(options, join(tmpdir(), 'lintel-check-'))
      : await intoEmptyPlace(options);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return failed(diskTrouble(error.message));
    throw error;
  }
}

async function intoEmptyPlace(options: RestoreOptions): Outcome<Restored> {
  const { dataDir } = options.place;
  makePrivateDirectory(dataDir);
  const held = holdFile(join(dataDir, 'hub.lock'));
  if (!held.ok) return failed(hubRunning(dataDir));
  try {
    const names = [DATABASE_NAMES.sqlite, KEYS_NAME, ATTACHMENTS_NAME];
    const isTaken = names.some((name) => existsSync(join(dataDir, name)));
    // On the same disk, so that renaming is all that is left to do.
    return isTaken
      ? failed(notEmpty(dataDir))
      : await unpacked(options, join(dataDir, 'restoring-'));
  } finally {
    held.value();
  }
}

/** @param workPath the beginning of a name for a folder of our own, which is gone afterwards */
async function unpacked(options: RestoreOptions, workPath: string): Outcome<Restored> {
  const { place, purpose } = options;
  const into = await mkdtemp(workPath);
  try {
    const opened = await unpack({ ...options, into });
    if (!opened.ok) return opened;
    const manifest = opened.value;
    const identity = loadIdentity(into);
    if (!identity.ok || identity.value.hubId !== manifest.hubId)
      return failed(damagedFile(KEYS_NAME, 'of another hub'));
    const proof = { schemaVersion: manifest.schemaVersion, hubKey: identity.value.sign.publicKey };
    const { databaseUrl } = place;
    const proved =
      databaseUrl === undefined
        ? await fromFile(into, proof)
        : await fromDump({ into, databaseUrl, purpose }, proof);
    if (!proved.ok) return proved;
    if (purpose === 'restore') await putInPlace(into, place.dataDir);
    return ok({ manifest, proved: proved.value });
  } finally {
    await rm(into, { recursive: true, force: true });
  }
}

type Proof = Parameters<typeof proveBooks>[1];

async function fromFile(into: string, proof: Proof): Outcome<ProvedBooks> {
  const path = join(into, DATABASE_NAMES.sqlite);
  const fault = faultIn(path);
  if (fault !== undefined) return failed(damagedFile(DATABASE_NAMES.sqlite, fault));
  if (userVersionOf(path) !== proof.schemaVersion)
    return failed(damagedFile(DATABASE_NAMES.sqlite, 'version'));
  const opened = openSqlite<HubTables>(path);
  if (!opened.ok) return failed(damagedFile(DATABASE_NAMES.sqlite, opened.failure.detail));
  try {
    return await prove(opened.value, proof);
  } finally {
    await opened.value.close(); // which also empties the log beside the file
  }
}

async function fromDump(
  {
    into,
    databaseUrl,
    purpose,
  }: {
    readonly into: string;
    readonly databaseUrl: string;
    readonly purpose: RestoreOptions['purpose'];
  },
  proof: Proof,
): Outcome<ProvedBooks | undefined> {
  const dump = join(into, DATABASE_NAMES.postgres);
  const readable = await checkDump(dump);
  if (!readable.ok) return failed(toolFailed(readable.failure));
  if (purpose === 'check') return ok(undefined);
  const opened = await openPostgres<HubTables>(databaseUrl);
  if (!opened.ok) return failed(databaseTrouble(opened.failure.detail));
  try {
    const books = new BackupRepository(opened.value);
    if (!(await books.isEmpty())) return failed(notEmpty(new URL(databaseUrl).pathname.slice(1)));
    const loaded = await loadPostgres(databaseUrl, dump);
    if (!loaded.ok) return failed(toolFailed(loaded.failure));
    const sound = await prove(opened.value, proof);
    if (!sound.ok) await books.clear(); // it was empty before
    return sound;
  } finally {
    await opened.value.close();
  }
}

async function prove(db: HubDatabase, proof: Proof): Outcome<ProvedBooks> {
  const books = await proveBooks(new BackupRepository(db), proof);
  return books.ok ? books : failed(brokenChain(books.failure));
}

/** The keys come last: a folder without them is no hub, and the next attempt says so. */
async function putInPlace(from: string, dataDir: string): Promise<void> {
  for (const name of [ATTACHMENTS_NAME, DATABASE_NAMES.sqlite, KEYS_NAME]) {
    if (existsSync(join(from, name))) await rename(join(from, name), join(dataDir, name));
  }
}
