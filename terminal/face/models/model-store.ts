import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '#contracts/models/model-card';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import {
  corrupt,
  type ModelFailure,
  missing,
  noNpm,
  notInPackage,
  unreachable,
  wrongHash,
} from '#terminal/face/models/model-failure';
import { fetchTarball } from '#terminal/face/models/npm-client';
import { readTarball } from '#terminal/face/models/tarball';

type ModelFile = ModelCard['files'][number];
export type FileState = 'ok' | 'missing' | 'corrupt';

/** Weights of one card, verified, by file name. */
export type Weights = ReadonlyMap<string, Uint8Array>;

export interface FetchProgress {
  readonly step: 'downloading' | 'verifying' | 'done';
  /** The npm package while downloading, a file after that. */
  readonly subject: string;
  readonly filesDone: number;
  readonly filesTotal: number;
}

export interface FetchOptions {
  readonly card: ModelCard;
  readonly modelDir: string;
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** Where a card's file lies once fetched. */
export function modelPath(modelDir: string, card: ModelCard, fileName: string): string {
  return join(modelDir, card.id, fileName);
}

export async function checkModels(
  modelDir: string,
  card: ModelCard,
): Promise<readonly { readonly name: string; readonly state: FileState }[]> {
  const states = card.files.map(async (file) => {
    const read = await readVerified(modelDir, card, file);
    return { name: file.name, state: read.ok ? ('ok' as const) : stateOf(read.failure) };
  });
  return await Promise.all(states);
}

function stateOf(failure: ModelFailure): FileState {
  return failure.reason === 'missing' ? 'missing' : 'corrupt';
}

/** Every file of the card, its digest checked on each reading: a disk may lie, and so may people. */
export async function readWeights(
  modelDir: string,
  card: ModelCard,
): Promise<Result<Weights, ModelFailure>> {
  const weights = new Map<string, Uint8Array>();
  for (const file of card.files) {
    const read = await readVerified(modelDir, card, file);
    if (!read.ok) return read;
    weights.set(file.name, read.value);
  }
  return ok(weights);
}

async function readVerified(
  modelDir: string,
  card: ModelCard,
  file: ModelFile,
): Promise<Result<Uint8Array, ModelFailure>> {
  const path = modelPath(modelDir, card, file.name);
  if (!existsSync(path)) return failed(missing(path));
  const bytes = await readFile(path);
  return isGenuine(bytes, file) ? ok(bytes) : failed(corrupt(path));
}

function isGenuine(bytes: Uint8Array, file: ModelFile): boolean {
  return createHash('sha256').update(bytes).digest('hex') === file.sha256;
}

/**
 * Makes sure that all weights of the card are there and genuine. Silent and offline when they are;
 * else one download, every file verified before any is put in place, each by an atomic rename.
 *
 * @throws Error from the file system: a full disk, a folder that may not be written
 */
export async function fetchModels(
  options: FetchOptions,
): Promise<Result<'present' | 'fetched', ModelFailure>> {
  const { card, modelDir } = options;
  const states = await checkModels(modelDir, card);
  if (states.every(({ state }) => state === 'ok')) return ok('present');
  await mkdir(join(modelDir, card.id), { recursive: true });
  // Beside its destination, so that the rename stays on one file system.
  const folder = await mkdtemp(join(modelDir, '.fetching-'));
  try {
    return await fetchInto(folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchInto(
  folder: string,
  { card, modelDir, onProgress = () => undefined }: FetchOptions,
): Promise<Result<'fetched', ModelFailure>> {
  const spec = `${card.npm.name}@${card.npm.version}`;
  const filesTotal = card.files.length;
  onProgress({ step: 'downloading', subject: spec, filesDone: 0, filesTotal });
  const tarball = await fetchTarball(spec, folder);
  if (!tarball.ok) {
    const { failure } = tarball;
    return failed(failure.reason === 'no-npm' ? noNpm(spec) : unreachable(spec, failure.detail));
  }
  const unpacked = readTarball(tarball.value);
  if (!unpacked.ok) return failed(unreachable(spec, 'what arrived is not an npm tarball'));
  for (const [index, file] of card.files.entries()) {
    onProgress({ step: 'verifying', subject: file.name, filesDone: index, filesTotal });
    const bytes = unpacked.value.get(file.path);
    if (bytes === undefined) return failed(notInPackage(file.path, spec));
    if (!isGenuine(bytes, file)) return failed(wrongHash(file.path, spec));
    await writeFile(join(folder, file.name), bytes, { flush: true });
  }
  for (const { name } of card.files) {
    assert(name !== '.' && name !== '..', 'a model file has a name of its own');
    await rename(join(folder, name), modelPath(modelDir, card, name));
  }
  onProgress({ step: 'done', subject: spec, filesDone: filesTotal, filesTotal });
  return ok('fetched');
}
