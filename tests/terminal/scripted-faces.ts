import type { Frame } from '#contracts/ipc/frame-codec';
import type { ModelCard } from '#contracts/models/model-card';
import type { QualityMeasures } from '#domain/face/quality';
import { failed, ok } from '#domain/result';
import type {
  FaceDecision,
  FaceWatcher,
  FrameObservation,
  ObservedFace,
} from '#terminal/face/face-observation';
import { FaceGallery } from '#terminal/face/gallery/face-gallery';
import type { FaceRoom, OpenFaces } from '#terminal/face-room';

export const TEMPLATE_LENGTH = 16;

export const TEST_CARD: ModelCard = {
  id: 'scripted',
  title: 'Scripted faces',
  npm: { name: 'none', version: '0' },
  files: [{ name: 'none', path: 'none', sha256: 'a'.repeat(64), bytes: 1 }],
  licence: 'none',
  provenance: 'a test',
  doubts: [],
  preprocessing: [],
  templateLength: TEMPLATE_LENGTH,
  thresholds: [
    { fmr: 1e-3, similarity: 0.4 },
    { fmr: 1e-5, similarity: 0.5 },
  ],
  measured: [],
};

export const GOOD_MEASURES: QualityMeasures = {
  size: 0.4,
  eyeDistancePx: 90,
  sharpness: 200,
  luminance: 130,
  backlight: 0,
  yawDegrees: 0,
  pitchDegrees: 0,
  rollDegrees: 0,
};

/** A template that stands for one person; `blur` turns it a little away. */
export function templateOf(person: number, blur = 0): Float32Array {
  const vector = new Float32Array(TEMPLATE_LENGTH);
  vector[person % TEMPLATE_LENGTH] = Math.sqrt(1 - blur * blur);
  vector[(person + 1) % TEMPLATE_LENGTH] = blur;
  return vector;
}

export function face(trackId: number, more: Partial<ObservedFace> = {}): ObservedFace {
  return {
    trackId,
    box: { x: 0.3, y: 0.2, width: 0.3, height: 0.4 },
    measures: GOOD_MEASURES,
    hint: null,
    trackedMs: 500,
    stableSinceMs: 0,
    decision: { kind: 'pending' },
    embedding: undefined,
    ...more,
  };
}

export function accepted(personId: string): FaceDecision {
  return { kind: 'accepted', personId, similarity: 0.7, margin: 0.3, liveness: 0.9, frameId: 1 };
}

export function doubtful(personId: string): FaceDecision {
  return { kind: 'doubtful', personId, similarity: 0.5, margin: 0.05, liveness: 0.9, frameId: 1 };
}

/** A watcher that sees what the test says, whatever the picture shows. */
export class ScriptedFaces {
  readonly settled: { readonly trackId: number; readonly outcome: 'done' | 'refused' }[] = [];
  readonly seen: { readonly frameId: number; readonly searching: boolean }[] = [];
  readonly gallery = new FaceGallery(TEMPLATE_LENGTH);
  faces: readonly ObservedFace[] = [];
  /** Set to hold every frame until released. */
  gate: Promise<void> = Promise.resolve();
  problem: { readonly 'zh-CN': string; readonly en: string } | undefined;
  closed = false;
  #busy = false;

  readonly watcher: FaceWatcher = {
    observe: async (frame: Frame, { searching }): Promise<FrameObservation> => {
      if (this.#busy) throw new Error('frames overlap');
      this.#busy = true;
      this.seen.push({ frameId: frame.frameId, searching });
      await this.gate;
      this.#busy = false;
      return { frameId: frame.frameId, capturedAtMs: frame.capturedAtMs, faces: this.faces };
    },
    settle: (trackId, outcome) => void this.settled.push({ trackId, outcome }),
  };

  readonly open: OpenFaces = async () => {
    if (this.problem !== undefined) return failed({ message: this.problem });
    const { watcher, gallery } = this;
    const close = async () => {
      this.closed = true;
    };
    return ok({ card: TEST_CARD, gallery, watcher, close } satisfies FaceRoom);
  };
}
