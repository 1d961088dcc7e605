import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { BackupManifest } from '#contracts/backup/backup-manifest';
import { failed, ok, type Result } from '#domain/result';
import {
  type BackupFailure,
  databaseTrouble,
  diskTrouble,
  noHub,
  targetExists,
  toolFailed,
} from '#hub/backup/backup-failure';
import {
  ATTACHMENTS_NAME,
  type BooksPlace,
  DATABASE_NAMES,
  databaseFile,
  engineOf,
  KEYS_NAME,
} from '#hub/backup/books-place';
import { type HubIdentity, identityPath, loadIdentity } from '#hub/identity/hub-identity';
import { BackupRepository } from '#hub/storage/backup-repository';
import type { HubTables } from '#hub/storage/hub-tables';
import { sealed } from '#platform/archive/sealed-stream';
import { type TarFile, tarOf } from '#platform/archive/tar-archive';
import type { Clock } from '#platform/clock/clock';
import { openPostgres } from '#platform/sql/open-postgres';
import { dumpPostgres } from '#platform/sql/postgres-tools';
import { snapshotTo, userVersionOf } from '#platform/sqlite/snapshot';

export interface BackupOptions {
  readonly place: BooksPlace;
  /** The archive to make; nothing may be there. */
  readonly file: string;
  /** Without one, whoever has the archive has the keys of the hub. */
  readonly passphrase: string | undefined;
  readonly clock: Clock;
}

/**
 * One archive of everything a hub cannot do without: its database at one moment, its keys, what was
 * attached to forms. The hub goes on working meanwhile.
 */
export async function backUp(
  options: BackupOptions,
): Promise<Result<BackupManifest, BackupFailure>> {
  const { place, file } = options;
  if (existsSync(file)) return failed(targetExists(file));
  const hasBooks = place.databaseUrl !== undefined || existsSync(databaseFile(place));
  if (!hasBooks || !existsSync(identityPath(place.dataDir))) return failed(noHub(place.dataDir));
  const identity = loadIdentity(place.dataDir);
  if (!identity.ok) return failed(noHub(place.dataDir));
  try {
    const workDir = await mkdtemp(`${file}.making-`); // beside it: there has to be room for it there
    try {
      return await archive(options, identity.value, workDir);
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return failed(diskTrouble(error.message));
    throw error;
  }
}

interface Source {
  readonly name: string;
  readonly path: string;
}

async function archive(
  { place, file, passphrase, clock }: BackupOptions,
  { hubId }: HubIdentity,
  workDir: string,
): Promise<Result<BackupManifest, BackupFailure>> {
  const database = await databaseInto(workDir, place);
  if (!database.ok) return database;
  const { source, schemaVersion } = database.value;
  const keys = { name: KEYS_NAME, path: identityPath(place.dataDir) };
  const sources = [source, keys, ...(await attachmentsOf(place.dataDir))];
  const files = [];
  for (const each of sources) files.push(await described(each));
  const manifest: BackupManifest = {
    format: 'lintel-hub-backup',
    version: 1,
    hubId,
    engine: engineOf(place),
    schemaVersion,
    madeAt: clock.now().toString(),
    files,
  };
  const draft = join(workDir, 'archive');
  const packed = tarOf(tarFiles(manifest, sources));
  const shut = passphrase === undefined ? [] : [sealedWith(passphrase)];
  const out = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
  await pipeline([packed, createGzip(), ...shut, out]);
  await flush(draft);
  if (existsSync(file)) return failed(targetExists(file));
  await rename(draft, file);
  await flush(dirname(file));
  return ok(manifest);
}

function sealedWith(passphrase: string) {
  return (source: AsyncIterable<Uint8Array>) => sealed(source, passphrase);
}

/** A rename that survives a power cut: the file first, then the folder that names it. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function databaseInto(
  workDir: string,
  place: BooksPlace,
): Promise<Result<{ readonly source: Source; readonly schemaVersion: number }, BackupFailure>> {
  const name = DATABASE_NAMES[engineOf(place)];
  const path = join(workDir, name);
  if (place.databaseUrl === undefined) {
    snapshotTo(databaseFile(place), path);
    return ok({ source: { name, path }, schemaVersion: userVersionOf(path) });
  }
  const opened = await openPostgres<HubTables>(place.databaseUrl);
  if (!opened.ok) return failed(databaseTrouble(opened.failure.detail));
  try {
    // Before the dump: a migration in between makes the backup look older than it is, and it is then refused.
    const schemaVersion = await new BackupRepository(opened.value).schemaVersion();
    const dumped = await dumpPostgres(place.databaseUrl, path);
    if (!dumped.ok) return failed(toolFailed(dumped.failure));
    return ok({ source: { name, path }, schemaVersion });
  } finally {
    await opened.value.close();
  }
}

async function attachmentsOf(dataDir: string): Promise<Source[]> {
  const folder = join(dataDir, ATTACHMENTS_NAME);
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { withFileTypes: true });
  return found
    .filter((each) => each.isFile() && /^[\w-][\w.-]{0,80}$/.test(each.name))
    .map(({ name }) => ({ name: `${ATTACHMENTS_NAME}/${name}`, path: join(folder, name) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function described({ name, path }: Source) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name, bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

function* tarFiles(manifest: BackupManifest, sources: readonly Source[]): Generator<TarFile> {
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  yield { name: 'manifest.json', bytes: text.length, content: once(text) };
  for (const { name, path } of sources) {
    const bytes = manifest.files.find((each) => each.name === name)?.bytes ?? 0;
    yield { name, bytes, content: createReadStream(path) };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
