import type { QualityMeasures } from '#domain/face/quality';
import type { DetectedFace, Point } from '#terminal/face/face-engine';
import { ALIGNED_SIDE, alignedToFrame, fivePoints } from '#terminal/face/image/align';
import type { Pixels } from '#terminal/face/image/pixels';
import { along, samplePlanes, stretch } from '#terminal/face/image/sample';

const AREA = ALIGNED_SIDE * ALIGNED_SIDE;
const PATCH = { width: ALIGNED_SIDE, height: ALIGNED_SIDE };
const AROUND_SIDE = 24; // samples a side: a mean needs no more
const AROUND = { width: AROUND_SIDE, height: AROUND_SIDE };
const AROUND_SCALE = 2; // the surroundings are as wide again on either side together

/** Heads differ; these are ratios of an average one, good to some five degrees. */
const NOSE_DEPTH = 0.52; // of the nose tip before the eyes, in eye distances
const NOSE_DROP = 0.494; // of the nose tip below the eyes, in eye-to-mouth heights, looking straight
const NOSE_DEPTH_IN_HEIGHTS = 0.48;
const MOUTH_DEPTH_IN_HEIGHTS = 0.15;

/** Measures one face; judges nothing. */
export function measureFace(pixels: Pixels, face: DetectedFace): QualityMeasures {
  const patch = greyPatch(pixels, face.landmarks);
  const luminance = meanWithin(patch);
  return {
    size: face.box.height / pixels.height,
    sharpness: laplacianVariance(patch),
    luminance,
    backlight: luminanceAround(pixels, face) - luminance,
    ...poseOf(face.landmarks),
  };
}

function greyPatch(pixels: Pixels, landmarks: readonly Point[]): Float32Array {
  const planes = new Float32Array(3 * AREA);
  samplePlanes(pixels, along(alignedToFrame(landmarks)), PATCH, planes);
  return greyOf(planes, AREA);
}

function greyOf(planes: Float32Array, area: number): Float32Array {
  const grey = new Float32Array(area);
  for (let i = 0; i < area; i += 1) {
    const [red, green, blue] = [planes[i] ?? 0, planes[i + area] ?? 0, planes[i + 2 * area] ?? 0];
    grey[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return grey;
}

/** Pixels of the patch in an ellipse about the features: no hair, no background, no pixel of the edge. */
const WITHIN_FACE = Uint16Array.from(
  Array.from({ length: AREA }, (_, at) => at).filter((at) => {
    const [u, v] = [at % ALIGNED_SIDE, Math.floor(at / ALIGNED_SIDE)];
    return ((u - 56) / 38) ** 2 + ((v - 66) / 44) ** 2 <= 1;
  }),
);

function meanWithin(patch: Float32Array): number {
  let sum = 0;
  for (const at of WITHIN_FACE) sum += patch[at] ?? 0;
  return sum / WITHIN_FACE.length;
}

/** Variance of the 4-neighbour Laplacian inside the face: little where nothing has an edge. */
function laplacianVariance(patch: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const at of WITHIN_FACE) {
    const across = (patch[at - 1] ?? 0) + (patch[at + 1] ?? 0);
    const down = (patch[at - ALIGNED_SIDE] ?? 0) + (patch[at + ALIGNED_SIDE] ?? 0);
    const value = across + down - 4 * (patch[at] ?? 0);
    sum += value;
    squares += value * value;
  }
  return squares / WITHIN_FACE.length - (sum / WITHIN_FACE.length) ** 2;
}

/** Mean luminance of what surrounds the box, without the box, inside the frame. */
function luminanceAround(pixels: Pixels, { box }: DetectedFace): number {
  const x = Math.max(0, box.x - (box.width * (AROUND_SCALE - 1)) / 2);
  const y = Math.max(0, box.y - (box.height * (AROUND_SCALE - 1)) / 2);
  const width = Math.min(pixels.width - x, box.width * AROUND_SCALE);
  const height = Math.min(pixels.height - y, box.height * AROUND_SCALE);
  const planes = new Float32Array(3 * AROUND_SIDE * AROUND_SIDE);
  samplePlanes(pixels, stretch({ x, y, width, height }, AROUND), AROUND, planes);
  const grey = greyOf(planes, AROUND_SIDE * AROUND_SIDE);
  let [sum, count] = [0, 0];
  grey.forEach((value, index) => {
    const px = x + (((index % AROUND_SIDE) + 0.5) / AROUND_SIDE) * width;
    const py = y + ((Math.floor(index / AROUND_SIDE) + 0.5) / AROUND_SIDE) * height;
    if (px > box.x && px < box.x + box.width && py > box.y && py < box.y + box.height) return;
    sum += value;
    count += 1;
  });
  return count === 0 ? 0 : sum / count;
}

/** Angles from five points and an average head; positive: to the person's left, up, clockwise. */
function poseOf(landmarks: readonly Point[]) {
  const [right, left, nose, mouthRight, mouthLeft] = fivePoints(landmarks);
  if (!right || !left || !nose || !mouthRight || !mouthLeft) return NO_POSE;
  const roll = Math.atan2(left.y - right.y, left.x - right.x);
  const eyeDistancePx = Math.hypot(left.x - right.x, left.y - right.y);
  const eyes = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const upright = (point: Point) => turned(point, eyes, -roll);
  const tip = upright(nose);
  const mouth = upright({
    x: (mouthRight.x + mouthLeft.x) / 2,
    y: (mouthRight.y + mouthLeft.y) / 2,
  });
  const drop = tip.y / Math.max(1, mouth.y);
  const lift = (NOSE_DROP - drop) / (NOSE_DEPTH_IN_HEIGHTS - MOUTH_DEPTH_IN_HEIGHTS * drop);
  return {
    eyeDistancePx,
    yawDegrees: degrees(Math.atan(tip.x / Math.max(1, eyeDistancePx) / NOSE_DEPTH)),
    pitchDegrees: degrees(Math.atan(lift)),
    rollDegrees: degrees(roll),
  };
}

const NO_POSE = { eyeDistancePx: 0, yawDegrees: 0, pitchDegrees: 0, rollDegrees: 0 };

/** `point` relative to `centre`, turned by `angle`. */
function turned(point: Point, centre: Point, angle: number): Point {
  const [dx, dy] = [point.x - centre.x, point.y - centre.y];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: dx * cos - dy * sin, y: dx * sin + dy * cos };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
