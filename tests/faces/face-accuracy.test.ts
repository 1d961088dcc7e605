import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assert } from '#domain/assert';
import { evaluateFaces, measured } from '#terminal/face/evaluation/evaluate-faces';
import { readFaceSet } from '#terminal/face/evaluation/face-set';
import { FACE_DATA, modelsAbsent, openTestEngine } from '#tests/faces/face-models';

test('the default engine is as accurate on faces it never saw as its card promises', async ({
  skip,
}) => {
  skip(!existsSync(join(FACE_DATA, 'manifest.json')), `no measured faces at ${FACE_DATA}`);
  const absent = await modelsAbsent('onnx');
  skip(absent !== undefined, absent);
  const faces = readFaceSet(FACE_DATA);
  assert(faces.ok, 'the folder has a manifest');
  const engine = await openTestEngine('onnx');
  const report = await evaluateFaces({ engine: measured(engine), faces: faces.value });
  await engine.close();
  expect(report.recall).toBe(1);
  const tar = report.verification.figures.map((figure) => figure.tar);
  expect(tar[1]).toBeGreaterThanOrEqual(0.974);
  expect(tar[2]).toBeGreaterThanOrEqual(0.955);
  expect(tar[3]).toBeGreaterThanOrEqual(0.924);
  const [one, two, three] = report.identification;
  expect([one?.rank1, two?.rank1, three?.rank1]).toEqual([1, 1, 1]);
  expect(one?.fnirAtFpir1).toBeLessThanOrEqual(0.051);
  expect(two?.fnirAtFpir1).toBeLessThanOrEqual(0.017);
  expect(three?.fnirAtFpir1).toBeLessThanOrEqual(0.009);
}, 180_000);
