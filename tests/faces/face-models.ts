import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Frame } from '#contracts/ipc/frame-codec';
import { assert } from '#domain/assert';
import { defaultCacheFolder } from '#platform/config/data-folder';
import { decodeJpeg } from '#platform/image/jpeg';
import { createLogger } from '#platform/log/logger';
import type { FaceEngine } from '#terminal/face/face-engine';
import { cardOf, type FaceEngineKind } from '#terminal/face/models/model-cards';
import { fetchModels } from '#terminal/face/models/model-store';
import { openFaceEngine } from '#terminal/face/open-face-engine';

const CHECKOUT = resolve(import.meta.dirname, '../..');
const SAMPLES = join(CHECKOUT, 'node_modules/@vladmandic/face-api/demo');

/** The cache that start and packaging use, too: a test run fetches once and is offline afterwards. */
export const MODEL_DIR =
  process.env['LINTEL_MODEL_DIR'] ??
  join(
    defaultCacheFolder({ platform: process.platform, env: process.env, home: homedir() }),
    'models',
  );

/** Why the networks cannot be had, or undefined when they are here. */
export async function modelsAbsent(kind: FaceEngineKind): Promise<string | undefined> {
  const fetched = await fetchModels({ card: cardOf(kind), modelDir: MODEL_DIR });
  return fetched.ok ? undefined : fetched.failure.message.en;
}

export async function openTestEngine(kind: FaceEngineKind): Promise<FaceEngine> {
  const logger = createLogger('test', 'silent');
  const opened = await openFaceEngine({ kind, modelDir: MODEL_DIR, threads: 1, logger });
  assert(opened.ok, 'the models were fetched before');
  return opened.value;
}

/** Group photographs that come with face-api: several people each, some in more than one. */
export const SAMPLE_PICTURES = existsSync(SAMPLES)
  ? readdirSync(SAMPLES)
      .filter((name) => /^sample\d\.jpg$/.test(name))
      .map((name) => join(SAMPLES, name))
      .toSorted()
  : [];

/** A folder of measured faces beside the checkout, where somebody put one. */
export const FACE_DATA = process.env['LINTEL_FACE_DATA'] ?? join(CHECKOUT, '../shared/data/faces');

export async function frameOf(path: string, frameId = 1): Promise<Frame> {
  const picture = await decodeJpeg(await readFile(path));
  assert(picture.ok, `${path} is a JPEG picture`);
  return { ...picture.value, frameId, capturedAtMs: 0 };
}
