import type { Point } from '#terminal/face/face-engine';
import { fitSimilarity, invert, type Similarity } from '#terminal/face/image/similarity';

export const ALIGNED_SIDE = 112;

/** Eye centres, nose tip, mouth corners on the 112 × 112 patch that ArcFace networks are trained on. */
const ARCFACE_TEMPLATE: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

/** Indices into the 68 landmarks whose means are the five points. */
const FIVE_POINTS = [[37, 38, 40, 41], [43, 44, 46, 47], [30], [48, 60], [54, 64]] as const;

export function fivePoints(landmarks: readonly Point[]): readonly Point[] {
  return FIVE_POINTS.map((indices) => {
    let [x, y] = [0, 0];
    for (const index of indices) {
      x += landmarks[index]?.x ?? 0;
      y += landmarks[index]?.y ?? 0;
    }
    return { x: x / indices.length, y: y / indices.length };
  });
}

/** Where each pixel of the aligned patch lies in the frame. */
export function alignedToFrame(landmarks: readonly Point[]): Similarity {
  return invert(fitSimilarity(fivePoints(landmarks), ARCFACE_TEMPLATE));
}
