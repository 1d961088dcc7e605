import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type BackupManifest, backupManifest } from '#contracts/backup/backup-manifest';
import { failed, ok, type Result } from '#domain/result';
import {
  type BackupFailure,
  damagedFile,
  newerBackup,
  notABackup,
  passphraseFailure,
  wrongEngine,
} from '#hub/backup/backup-failure';
import { type BooksPlace, engineOf } from '#hub/backup/books-place';
import { SCHEMA_VERSION } from '#hub/storage/hub-database';
import { SealFault, unsealed } from '#platform/archive/sealed-stream';
import { type ReadTarFile, readTar, TarFault } from '#platform/archive/tar-archive';

const MANIFEST_BYTES_MAX = 256 * 1024 * 1024; // a million attachments

export interface Unpacking {
  readonly file: string;
  readonly passphrase: string | undefined;
  readonly place: BooksPlace;
  /** An empty folder of our own. */
  readonly into: string;
}

/** Every file as the manifest has it, checked while it is written, and nothing that it does not name. */
export async function unpack(unpacking: Unpacking): Promise<Result<BackupManifest, BackupFailure>> {
  try {
    return await taken(unpacking);
  } catch (error) {
    if (error instanceof SealFault) return failed(passphraseFailure(error.reason));
    if (error instanceof TarFault || isNotGzip(error)) return failed(notABackup(unpacking.file));
    throw error;
  }
}

async function taken(unpacking: Unpacking): Promise<Result<BackupManifest, BackupFailure>> {
  const { file, passphrase } = unpacking;
  const plain = Readable.from(unsealed(createReadStream(file), passphrase));
  const gunzip = createGunzip();
  plain.on('error', (error) => gunzip.destroy(error)); // a seal that does not open
  try {
    return await filesFrom(readTar(plain.pipe(gunzip)), unpacking);
  } finally {
    plain.destroy();
  }
}

async function filesFrom(
  files: AsyncIterable<ReadTarFile>,
  { file, place, into }: Unpacking,
): Promise<Result<BackupManifest, BackupFailure>> {
  let manifest: BackupManifest | undefined;
  const seen = new Set<string>();
  for await (const each of files) {
    if (manifest === undefined) {
      const read = await manifestFrom(each, place);
      if (!read.ok) return read === NO_MANIFEST ? failed(notABackup(file)) : read;
      manifest = read.value;
      continue;
    }
    const said = manifest.files.find(({ name }) => name === each.name);
    if (said === undefined || seen.has(each.name)) return failed(damagedFile(each.name, 'stray'));
    seen.add(each.name);
    const sha256 = await written(each, join(into, each.name));
    if (sha256 !== said.sha256) return failed(damagedFile(each.name, 'checksum'));
  }
  if (manifest === undefined) return failed(notABackup(file));
  const missing = manifest.files.find(({ name }) => !seen.has(name));
  return missing === undefined ? ok(manifest) : failed(damagedFile(missing.name, 'missing'));
}

const NO_MANIFEST = failed(notABackup(''));

async function manifestFrom(
  { name, bytes, content }: ReadTarFile,
  place: BooksPlace,
): Promise<Result<BackupManifest, BackupFailure>> {
  if (name !== 'manifest.json' || bytes > MANIFEST_BYTES_MAX) return NO_MANIFEST;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const parsed = backupManifest.safeParse(jsonOf(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) return NO_MANIFEST;
  const { schemaVersion: found, engine } = parsed.data;
  if (found > SCHEMA_VERSION) return failed(newerBackup({ found, known: SCHEMA_VERSION }));
  return engine === engineOf(place) ? ok(parsed.data) : failed(wrongEngine(engine));
}

async function written({ content }: ReadTarFile, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(content, hashedBy(hash), out);
  return hash.digest('hex');
}

function hashedBy(hash: ReturnType<typeof createHash>) {
  return async function* pass(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** zlib says what it makes of bytes that are none of its own. */
function isNotGzip(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
