import type { Box } from '#domain/face/box';

/** Measures of one face in one frame, before any judgement. */
export interface QualityMeasures {
  /** Height of the face box in fractions of the frame. */
  readonly size: number;
  /** Pixels between the eye centres. */
  readonly eyeDistancePx: number;
  /** Variance of the Laplacian over the aligned face. */
  readonly sharpness: number;
  /** Mean luminance of the face, 0…255. */
  readonly luminance: number;
  /** Mean luminance around the face minus inside, 0…255. */
  readonly backlight: number;
  /** Positive: the person turned to their own left. */
  readonly yawDegrees: number;
  readonly pitchDegrees: number;
  readonly rollDegrees: number;
}

/** What a face must be like to be compared at all, or to be enrolled. */
export interface QualityLimits {
  readonly eyeDistancePxMin: number;
  readonly sizeMax: number;
  readonly luminanceMin: number;
  readonly backlightMax: number;
  readonly sharpnessMin: number;
  readonly yawDegreesMax: number;
  readonly pitchDegreesMax: number;
  readonly rollDegreesMax: number;
}

/** Below these a comparison misleads more than it tells. */
export const COMPARE_LIMITS: QualityLimits = {
  eyeDistancePxMin: 22, // the networks see 35; less than two thirds of that is guessed
  sizeMax: 0.9,
  luminanceMin: 40,
  backlightMax: 110,
  sharpnessMin: 20,
  yawDegreesMax: 45,
  pitchDegreesMax: 40,
  rollDegreesMax: 45,
};

/** What helps a face that is not recognised; a template is only as good as its picture. */
export const ENROL_LIMITS: QualityLimits = {
  eyeDistancePxMin: 40,
  sizeMax: 0.75,
  luminanceMin: 65,
  backlightMax: 80,
  sharpnessMin: 60,
  yawDegreesMax: 35,
  pitchDegreesMax: 30,
  rollDegreesMax: 25,
};

export type QualityHint =
  | 'closer'
  | 'back'
  | 'dark'
  | 'backlight'
  | 'face-camera'
  | 'hold-still'
  | 'move-left'
  | 'move-right';

const EDGE = 0.02; // of the frame: how much of a box may lie outside before the face is cut

/**
 * The one thing to say, or null for a face that is good enough.
 *
 * In the order in which a person can act on them: a face half outside is neither dark nor turned,
 * and one too far away is not blurred but small.
 */
export function hintFor(
  measures: QualityMeasures,
  box: Box,
  limits: QualityLimits,
): QualityHint | null {
  if (box.x < -EDGE) return 'move-left'; // the picture's left is the person's right
  if (box.x + box.width > 1 + EDGE) return 'move-right';
  if (measures.size > limits.sizeMax) return 'back';
  if (measures.eyeDistancePx < limits.eyeDistancePxMin && !isTurned(measures, limits))
    return 'closer';
  if (measures.backlight > limits.backlightMax) return 'backlight';
  if (measures.luminance < limits.luminanceMin) return 'dark';
  if (isTurned(measures, limits)) return 'face-camera';
  if (measures.sharpness < limits.sharpnessMin) return 'hold-still';
  return null;
}

/** A turned head brings the eyes together: it is told to look here, not to come closer. */
function isTurned(measures: QualityMeasures, limits: QualityLimits): boolean {
  return (
    Math.abs(measures.yawDegrees) > limits.yawDegreesMax ||
    Math.abs(measures.pitchDegrees) > limits.pitchDegreesMax ||
    Math.abs(measures.rollDegrees) > limits.rollDegreesMax
  );
}
