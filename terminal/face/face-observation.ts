import type { Frame } from '#contracts/ipc/frame-codec';
import type { FaceBox, FaceHint } from '#contracts/ipc/kiosk-ipc';
import type { QualityMeasures } from '#domain/face/quality';

/** What the frames of one track say so far about who it is. */
export type FaceDecision =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'accepted' | 'doubtful';
      readonly personId: string;
      readonly similarity: number;
      readonly margin: number;
      readonly liveness: number | undefined;
      readonly frameId: number;
    }
  /** Good frames for long enough, and nobody's face. */
  | { readonly kind: 'unknown' };

export interface ObservedFace {
  /** Stays with one face from frame to frame; never reused within a run. */
  readonly trackId: number;
  /** Fractions of the frame. */
  readonly box: FaceBox;
  readonly measures: QualityMeasures;
  /** The one thing to say; null when the quality gate is passed. */
  readonly hint: FaceHint | null;
  /** Milliseconds since the track began. */
  readonly trackedMs: number;
  /** `capturedAtMs` of the first frame of this track that passed the gate. */
  readonly stableSinceMs: number | undefined;
  readonly decision: FaceDecision;
  /** Present when the gate was passed. In memory only, gone with the frame. */
  readonly embedding: Float32Array | undefined;
}

export interface FrameObservation {
  readonly frameId: number;
  readonly capturedAtMs: number;
  readonly faces: readonly ObservedFace[];
}

/** Frame in, faces with tracks and decisions out. Calls must not overlap. */
export interface FaceWatcher {
  observe(frame: Frame, options: { readonly searching: boolean }): Promise<FrameObservation>;
  /** A decision was acted on or refused: the track starts to decide anew after `quietMs`. */
  settle(trackId: number, outcome: 'done' | 'refused'): void;
}
