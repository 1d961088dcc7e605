import type { Frame } from '#contracts/ipc/frame-codec';
import type { ModelCard } from '#contracts/models/model-card';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One face in one frame; pixels of that frame. */
export interface DetectedFace {
  readonly frameId: number;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Detector confidence, 0…1. */
  readonly score: number;
  /** 68 landmarks in the iBUG 300-W order. */
  readonly landmarks: readonly Point[];
}

/** A set of networks behind one door. Stateless between calls: every result belongs to its frame. */
export interface FaceEngine {
  readonly card: ModelCard;
  /** Faces with landmarks, largest first. */
  detect(frame: Frame): Promise<readonly DetectedFace[]>;
  /** L2-normalised template of `card.templateLength`; compare by dot product. */
  embed(frame: Frame, face: DetectedFace): Promise<Float32Array>;
  /** Passive liveness 0…1, or undefined where the pack has no such network. */
  liveness(frame: Frame, face: DetectedFace): Promise<number | undefined>;
  close(): Promise<void>;
}
