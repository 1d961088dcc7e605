import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Measurement } from '#benchmarks/benchmark';
import { openFaceApiAsShipped } from '#benchmarks/face-api-as-shipped';
import { MODEL_DIR, openBenchEngine } from '#benchmarks/stage';
import { assert } from '#domain/assert';
import {
  evaluateFaces,
  type FaceEvaluation,
  measured,
} from '#terminal/face/evaluation/evaluate-faces';
import { type FaceSet, readFaceSet } from '#terminal/face/evaluation/face-set';
import { normalised } from '#terminal/face/template';

const FOLDER =
  process.env['LINTEL_FACE_DATA'] ?? resolve(import.meta.dirname, '../../shared/data/faces');
/** A part of the set: the peer needs a tenth of a second a picture. `faces eval` takes all of it. */
const [PEOPLE_MAX, STRANGERS_MAX] = [60, 100];
const FMR = 1e-3;

export async function measureAccuracy(): Promise<Measurement> {
  if (!existsSync(join(FOLDER, 'manifest.json'))) {
    return { comparisons: [], remarks: [], skipped: `no measured faces at ${FOLDER}` };
  }
  const read = readFaceSet(FOLDER);
  assert(read.ok, 'the folder has a manifest');
  const faces: FaceSet = {
    ...read.value,
    people: read.value.people.slice(0, PEOPLE_MAX),
    strangers: read.value.strangers.slice(0, STRANGERS_MAX),
  };
  const engine = await openBenchEngine();
  const ours = await evaluateFaces({ engine: measured(engine), faces });
  await engine.close();
  const peer = await evaluateFaces({ engine: await peerEngine(), faces });
  const compare = (name: string, figureOf: (evaluation: FaceEvaluation) => number) => ({
    name,
    ours: percent(figureOf(ours)),
    peer: percent(figureOf(peer)),
    peerName: 'face-api as shipped',
    value: 100 * (figureOf(ours) - figureOf(peer)),
  });
  return {
    comparisons: [
      compare('detector-recall', ({ recall }) => recall),
      compare('true-accepts-at-fmr-1e-3', tarOf),
    ],
    remarks: [],
  };
}

/** Compared by cosine, which is kinder to it than the distance it ships with. */
async function peerEngine() {
  const faceApi = await openFaceApiAsShipped(join(MODEL_DIR, 'face-api'));
  return {
    modelId: 'face-api-as-shipped',
    template: async (picture: Parameters<typeof faceApi.describe>[0]) => {
      const descriptor = await faceApi.describe(picture);
      return descriptor && normalised(descriptor);
    },
  };
}

function tarOf({ verification }: FaceEvaluation): number {
  return verification.figures.find(({ fmr }) => fmr === FMR)?.tar ?? 0;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
