import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Frame } from '#contracts/ipc/frame-codec';
import { assert } from '#domain/assert';
import { defaultCacheFolder } from '#platform/config/data-folder';
import { decodeJpeg } from '#platform/image/jpeg';
import { createLogger } from '#platform/log/logger';
import type { DetectedFace, FaceEngine } from '#terminal/face/face-engine';
import { pixelsOf } from '#terminal/face/image/pixels';
import { type Rectangle, type Size, samplePlanes, stretch } from '#terminal/face/image/sample';
import { openFaceEngine } from '#terminal/face/open-face-engine';

/** Where start keeps the weights, unless told otherwise. */
export const MODEL_DIR =
  process.env['LINTEL_MODEL_DIR'] ??
  join(
    defaultCacheFolder({ platform: process.platform, env: process.env, home: homedir() }),
    'models',
  );

export async function openBenchEngine(): Promise<FaceEngine> {
  const logger = createLogger('bench', 'error');
  const opened = await openFaceEngine({ kind: 'onnx', modelDir: MODEL_DIR, threads: 1, logger });
  if (!opened.ok) throw new Error(opened.failure.message.en);
  return opened.value;
}

/** A group photograph of the face-api package: five people. */
export async function groupPhotograph(): Promise<Frame> {
  const manifest = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const jpeg = await readFile(join(dirname(manifest), 'demo', 'sample5.jpg'));
  const picture = await decodeJpeg(jpeg);
  assert(picture.ok, 'the package holds photographs');
  return { ...picture.value, frameId: 1, capturedAtMs: 0 };
}

/** A camera's frame that shows this part of a picture, without stretching it, on grey. */
export function cameraFrame(picture: Frame, part: Rectangle, size: Size): Frame {
  const scale = Math.min(size.width / part.width, size.height / part.height);
  const shown = { width: Math.round(part.width * scale), height: Math.round(part.height * scale) };
  const planes = new Float32Array(3 * shown.width * shown.height);
  samplePlanes(pixelsOf(picture), stretch(part, shown), shown, planes);
  const rgba = new Uint8Array(size.width * size.height * 4).fill(128);
  const left = Math.floor((size.width - shown.width) / 2);
  const area = shown.width * shown.height;
  for (let at = 0; at < area; at += 1) {
    const [x, y] = [left + (at % shown.width), Math.floor(at / shown.width)];
    const to = 4 * (y * size.width + x);
    for (let channel = 0; channel < 3; channel += 1)
      rgba[to + channel] = planes[at + channel * area] ?? 0;
  }
  return { frameId: 1, capturedAtMs: 0, ...size, rgba };
}

/** The face and as much again around it: nobody else fits in. */
export function aroundFace({ box }: DetectedFace): Rectangle {
  const side = 1.7 * Math.max(box.width, box.height);
  return {
    x: box.x + (box.width - side) / 2,
    y: box.y + (box.height - side) / 2,
    width: side,
    height: side,
  };
}

/** Templates as a gallery has them: several near one another for each person, all of length 1. */
export function galleryVectors(people: number, each: number, length: number): Float32Array[] {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const rows: Float32Array[] = [];
  for (let person = 0; person < people; person += 1) {
    const centre = Float32Array.from({ length }, random);
    for (let i = 0; i < each; i += 1)
      rows.push(unit(centre.map((value) => value + 0.6 * random())));
  }
  return rows;
}

function unit(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / norm);
}
