/*
 * Goal: the networks see what a person sees. Method: both engines, with their real weights, on the
 * photographs of the face-api package; every expectation was checked by looking at the pictures.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame } from '#contracts/ipc/frame-codec';
import type { DetectedFace, FaceEngine } from '#terminal/face/face-engine';
import { measureFace } from '#terminal/face/face-measures';
import { pixelsOf } from '#terminal/face/image/pixels';
import { similarity } from '#terminal/face/template';
import { frameOf, modelsAbsent, openTestEngine, SAMPLE_PICTURES } from '#tests/faces/face-models';

const CASES = [
  { kind: 'onnx', facesMin: 20, strangerMax: 0.5, sameMin: 0.8 },
  { kind: 'face-api', facesMin: 15, strangerMax: 0.96, sameMin: 0.97 },
] as const;

/** The same picture with the right side left: another picture of the same people. */
function mirrored(frame: Frame): Frame {
  const from = pixelsOf(frame).words;
  const to = new Uint32Array(from.length);
  for (let y = 0; y < frame.height; y += 1) {
    const row = from.subarray(y * frame.width, (y + 1) * frame.width);
    to.set(row.toReversed(), y * frame.width);
  }
  return { ...frame, rgba: new Uint8Array(to.buffer) };
}

describe.each(CASES)('the $kind engine', ({ kind, facesMin, strangerMax, sameMin }) => {
  let absent: string | undefined;
  let engine: FaceEngine;
  let frames: readonly Frame[] = [];
  let found: readonly (readonly DetectedFace[])[] = [];

  beforeAll(async () => {
    absent = await modelsAbsent(kind);
    if (absent !== undefined) return;
    engine = await openTestEngine(kind);
    frames = await Promise.all(SAMPLE_PICTURES.map(async (path, i) => await frameOf(path, i)));
    const all: (readonly DetectedFace[])[] = [];
    for (const frame of frames) all.push(await engine.detect(frame));
    found = all;
  }, 300_000);

  afterAll(async () => await engine?.close());

  test('finds the people in the photographs, largest first, with 68 landmarks each', ({ skip }) => {
    skip(absent !== undefined, absent);
    expect(found.flat().length).toBeGreaterThanOrEqual(facesMin);
    for (const faces of found) {
      const areas = faces.map(({ box }) => box.width * box.height);
      expect(areas).toEqual(areas.toSorted((p, q) => q - p));
      for (const { landmarks } of faces) expect(landmarks).toHaveLength(68);
    }
  });

  test('every face carries the id of its frame', ({ skip }) => {
    skip(absent !== undefined, absent);
    found.forEach((faces, index) => {
      for (const { frameId } of faces) expect(frameId).toBe(frames[index]?.frameId);
    });
  });

  test('a face is like its mirror image, and unlike the other faces of the picture', async ({
    skip,
  }) => {
    skip(absent !== undefined, absent);
    const [frame, faces] = [frames[4], found[4]];
    if (frame === undefined || faces === undefined) return skip('the fifth photograph is absent');
    const templates: Float32Array[] = [];
    for (const face of faces) templates.push(await engine.embed(frame, face));
    expect(templates.length).toBeGreaterThanOrEqual(3);
    const flipped = mirrored(frame);
    const [largest] = (await engine.detect(flipped)).filter(
      ({ box }) => Math.abs(frame.width - box.x - box.width - (faces[0]?.box.x ?? 0)) < 40,
    );
    if (largest === undefined) throw new Error('the mirrored face was not found');
    const again = await engine.embed(flipped, largest);
    const [own = 0, ...others] = templates.map((template) => similarity(template, again));
    expect(own).toBeGreaterThan(sameMin);
    expect(Math.max(...others)).toBeLessThan(strangerMax);
  });

  test('templates have length 1 and as many values as the card says', async ({ skip }) => {
    skip(absent !== undefined, absent);
    const [frame, face] = [frames[0], found[0]?.[0]];
    if (frame === undefined || face === undefined) return skip('no photograph');
    const template = await engine.embed(frame, face);
    expect(template).toHaveLength(engine.card.templateLength);
    expect(similarity(template, template)).toBeCloseTo(1, 5);
  });

  test('calls that overlap do not mix their pictures', async ({ skip }) => {
    skip(absent !== undefined, absent);
    const jobs = frames
      .slice(0, 3)
      .flatMap((frame, i) =>
        (found[i] ?? []).slice(0, 2).map((face) => async () => await engine.embed(frame, face)),
      );
    const together = await Promise.all(jobs.map(async (job) => await job()));
    for (const [index, job] of jobs.entries()) {
      const alone = await job();
      expect(similarity(alone, together[index] ?? new Float32Array(alone.length))).toBeCloseTo(
        1,
        4,
      );
    }
  });

  test('a grey wall has no face', async ({ skip }) => {
    skip(absent !== undefined, absent);
    const rgba = new Uint8Array(640 * 480 * 4).fill(128);
    const wall = { frameId: 9, capturedAtMs: 0, width: 640, height: 480, rgba };
    expect(await engine.detect(wall)).toEqual([]);
  });

  test('a frame whose bytes do not start on a word boundary is read the same', async ({ skip }) => {
    skip(absent !== undefined, absent);
    const [frame] = frames;
    if (frame === undefined) return skip('no photograph');
    const shifted = new Uint8Array(frame.rgba.length + 1).subarray(1);
    shifted.set(frame.rgba);
    const faces = await engine.detect({ ...frame, rgba: shifted });
    expect(faces.map(({ box }) => box)).toEqual(found[0]?.map(({ box }) => box));
  });
});

describe('measureFace', () => {
  test('turning the picture over turns yaw and roll, and leaves pitch and light', async ({
    skip,
  }) => {
    const absent = await modelsAbsent('onnx');
    skip(absent !== undefined, absent);
    const engine = await openTestEngine('onnx');
    const frame = await frameOf(SAMPLE_PICTURES[4] ?? '');
    const flipped = mirrored(frame);
    const [here] = await engine.detect(frame);
    const there = (await engine.detect(flipped)).find(
      ({ box }) => Math.abs(frame.width - box.x - box.width - (here?.box.x ?? 0)) < 40,
    );
    await engine.close();
    if (here === undefined || there === undefined) throw new Error('the face was not found twice');
    const [p, q] = [measureFace(pixelsOf(frame), here), measureFace(pixelsOf(flipped), there)];
    expect(Math.abs(p.yawDegrees + q.yawDegrees)).toBeLessThan(8);
    expect(Math.abs(p.rollDegrees + q.rollDegrees)).toBeLessThan(5);
    expect(Math.abs(p.pitchDegrees - q.pitchDegrees)).toBeLessThan(8);
    expect(Math.abs(p.luminance - q.luminance)).toBeLessThan(8);
  });
});
