import { assert } from '#domain/assert';
import type { Pixels } from '#terminal/face/image/pixels';
import { type Rectangle, samplePlanes, stretch } from '#terminal/face/image/sample';
import type { OnnxNetwork } from '#terminal/face/onnx/onnx-network';

export interface FoundFace {
  readonly box: Rectangle;
  readonly score: number;
}

const INPUT = { width: 320, height: 240 };
export const DETECTOR_SHAPE = [1, 3, INPUT.height, INPUT.width];
const SCORE_MIN = 0.65;
const OVERLAP_MAX = 0.4;
const FACES_MAX = 20; // the screen draws no more, and each costs time the next frame needs

/** The whole picture squeezed to 320 × 240, without regard to its proportions: as it was trained. */
export async function findFaces(
  network: OnnxNetwork,
  pixels: Pixels,
): Promise<readonly FoundFace[]> {
  const { width, height } = pixels;
  const { scores, boxes } = await network.run((input) => {
    samplePlanes(pixels, stretch({ x: 0, y: 0, width, height }, INPUT), INPUT, input);
    for (let i = 0; i < input.length; i += 1) input[i] = ((input[i] ?? 0) - 127) / 128;
  });
  assert(scores !== undefined && boxes !== undefined, 'the detector gives scores and boxes');
  return suppress(candidates(scores, boxes, pixels)).slice(0, FACES_MAX);
}

/** Scores are [background, face] pairs; boxes are corners in fractions of the picture. */
function candidates(scores: Float32Array, boxes: Float32Array, { width, height }: Pixels) {
  const found: FoundFace[] = [];
  for (let i = 0; i * 2 < scores.length; i += 1) {
    const score = scores[i * 2 + 1] ?? 0;
    if (score < SCORE_MIN) continue;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(i * 4, i * 4 + 4);
    if (x2 <= x1 || y2 <= y1) continue;
    const box = {
      x: x1 * width,
      y: y1 * height,
      width: (x2 - x1) * width,
      height: (y2 - y1) * height,
    };
    found.push({ score, box });
  }
  return found;
}

/** Keeps the surest of boxes that show the same face. */
function suppress(found: readonly FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = [];
  for (const face of found.toSorted((p, q) => q.score - p.score)) {
    if (kept.every((other) => overlap(other.box, face.box) <= OVERLAP_MAX)) kept.push(face);
  }
  return kept.toSorted((p, q) => q.box.width * q.box.height - p.box.width * p.box.height);
}

function overlap(p: Rectangle, q: Rectangle): number {
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (p.width * p.height + q.width * q.height - shared);
}
