import { join } from 'node:path';
import { inTurns, type Measurement, median, milliseconds, timed } from '#benchmarks/benchmark';
import { openFaceApiAsShipped } from '#benchmarks/face-api-as-shipped';
import {
  aroundFace,
  cameraFrame,
  galleryVectors,
  groupPhotograph,
  MODEL_DIR,
  openBenchEngine,
} from '#benchmarks/stage';
import type { Frame } from '#contracts/ipc/frame-codec';
import { assert } from '#domain/assert';
import type { FaceEngine } from '#terminal/face/face-engine';
import { createFaceWatcher } from '#terminal/face/face-watcher';
import { FaceGallery } from '#terminal/face/gallery/face-gallery';

const [PEOPLE, WARM_UP, TURNS] = [500, 3, 15];
const SIZE = { width: 960, height: 540 };
const LARGE = { width: 1280, height: 720 };

/**
 * From the pixels of a camera frame to who it is, among 500 people. Liveness, which the peer has
 * not, is off in the comparison and on in a remark.
 */
export async function measureFrameToDecision(): Promise<Measurement> {
  const engine = await openBenchEngine();
  const photograph = await groupPhotograph();
  const [largest] = await engine.detect(photograph);
  assert(largest !== undefined, 'the photograph shows people');
  const single = cameraFrame(photograph, aroundFace(largest), SIZE);
  const ours = await watcherOf(engine, single, 'off');
  const peer = await peerOn(single);
  for (let i = 0; i < WARM_UP; i += 1) await Promise.all([ours(), peer()]);
  const { oursMs, peerMs } = await inTurns(TURNS, ours, peer);
  const whole = { x: 0, y: 0, width: photograph.width, height: photograph.height };
  const remarks = [
    await remarkOn(engine, '1 face, 960 × 540', single),
    await remarkOn(
      engine,
      '1 face, 1280 × 720',
      cameraFrame(photograph, aroundFace(largest), LARGE),
    ),
    await remarkOn(engine, '5 faces, 960 × 540', cameraFrame(photograph, whole, SIZE)),
    await remarkOn(engine, '5 faces, 1280 × 720', cameraFrame(photograph, whole, LARGE)),
  ];
  await engine.close();
  return {
    comparisons: [
      {
        name: 'frame-to-decision',
        ours: milliseconds(oursMs),
        peer: milliseconds(peerMs),
        peerName: 'face-api as shipped on tfjs-wasm',
        value: peerMs / oursMs,
      },
    ],
    remarks,
  };
}

async function remarkOn(engine: FaceEngine, name: string, frame: Frame) {
  const observe = await watcherOf(engine, frame, 'advise');
  for (let i = 0; i < WARM_UP; i += 1) await observe();
  const runs: number[] = [];
  for (let i = 0; i < TURNS; i += 1) runs.push(await timed(observe));
  return { name: `with liveness, ${name}`, figure: milliseconds(median(runs)) };
}

/** Every frame is a first one, a minute after the last: compared, searched and scored in full. */
async function watcherOf(engine: FaceEngine, frame: Frame, liveness: 'off' | 'advise') {
  const { templateLength } = engine.card;
  const gallery = new FaceGallery(templateLength);
  galleryVectors(PEOPLE - 1, 1, templateLength).forEach((vector, index) => {
    assert(gallery.add({ personId: `p${index}`, templateId: `t${index}`, vector }).ok, 'it fits');
  });
  const [face] = await engine.detect(frame);
  assert(face !== undefined, 'the frame shows a face');
  const vector = await engine.embed(frame, face);
  assert(gallery.add({ personId: 'me', templateId: 'mine', vector }).ok, 'it fits');
  const watcher = createFaceWatcher({ engine, gallery, liveness });
  let capturedAtMs = 0;
  return async () => {
    capturedAtMs += 60_000;
    const { faces } = await watcher.observe({ ...frame, capturedAtMs }, { searching: true });
    assert(faces[0]?.embedding !== undefined, 'the face was compared');
  };
}

async function peerOn(frame: Frame) {
  const faceApi = await openFaceApiAsShipped(join(MODEL_DIR, 'face-api'));
  const mine = await faceApi.describe(frame);
  assert(mine !== undefined, 'the peer finds the face, too');
  const matcher = faceApi.matcherOf([...galleryVectors(PEOPLE - 1, 1, mine.length), mine]);
  return async () => {
    const descriptor = await faceApi.describe(frame);
    assert(descriptor !== undefined, 'the peer finds the face, too');
    assert(matcher.findBestMatch(descriptor).label === `p${PEOPLE - 1}`, 'and knows it');
  };
}
