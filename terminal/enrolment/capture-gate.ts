import type { EventBody } from '#contracts/ipc/ipc-contract';
import type { KioskIpc } from '#contracts/ipc/kiosk-ipc';
import type { QualityMeasures } from '#domain/face/quality';
import { ENROL_LIMITS } from '#domain/face/quality';

export type Progress = EventBody<KioskIpc, 'enrol.progress'>;
export type Pose = Progress['taken'][number];
export type Problem = NonNullable<Progress['problem']>;
export type Meters = NonNullable<Progress['meters']>;

export const POSES: readonly Pose[] = ['front', 'left', 'right'];

const SIDE_YAW_DEGREES = 20;
const YAW_TOLERANCE_DEGREES = 10;
const ANGLE_SCALE_DEGREES = 40; // the needle is at zero this far from where it should be
/** Yaw at the middle of each pose; positive is the person's own left. */
const YAW_WANTED: Readonly<Record<Pose, number>> = {
  front: 0,
  left: SIDE_YAW_DEGREES,
  right: -SIDE_YAW_DEGREES,
};
/** A needle's mark stands in the middle: twice what is needed is full. */
const MIDDLE = 0.5;

export interface CaptureJudgement {
  readonly meters: Meters;
  readonly pass: boolean;
  readonly problem: Problem | undefined;
  /** 0…1, for choosing among frames and for the record. */
  readonly quality: number;
}

/** Which pose this yaw is, whatever was asked for. */
export function poseOf(yawDegrees: number): Pose {
  if (yawDegrees > YAW_TOLERANCE_DEGREES) return 'left';
  return yawDegrees < -YAW_TOLERANCE_DEGREES ? 'right' : 'front';
}

/**
 * What the four needles say about one frame.
 *
 * @param angle `any` once somebody has been patient enough: who cannot turn their head is enrolled too
 */
export function judgeCapture(
  measures: QualityMeasures,
  pose: Pose,
  angle: 'as-asked' | 'any',
): CaptureJudgement {
  const limits = ENROL_LIMITS;
  const meters: Meters = {
    sharpness: needle(measures.sharpness, limits.sharpnessMin),
    size: capped(
      needle(measures.eyeDistancePx, limits.eyeDistancePxMin),
      measures.size <= limits.sizeMax,
    ),
    light: capped(
      needle(measures.luminance, limits.luminanceMin),
      measures.backlight <= limits.backlightMax,
    ),
    angle: angleNeedle(measures, pose, angle),
    yawDegrees: measures.yawDegrees,
  };
  const needles = [meters.sharpness, meters.size, meters.light, meters.angle];
  return {
    meters,
    pass: needles.every((each) => each.pass),
    problem: problemOf(meters, measures),
    quality: needles.reduce((sum, each) => sum + each.value, 0) / needles.length,
  };
}

function problemOf(meters: Meters, measures: QualityMeasures): Problem | undefined {
  if (measures.eyeDistancePx < ENROL_LIMITS.eyeDistancePxMin) return 'too-small';
  if (!meters.light.pass) return 'too-dark';
  return meters.sharpness.pass ? undefined : 'blurred';
}

function needle(value: number, needed: number): Meters['size'] {
  const share = Math.min(1, Math.max(0, (value / needed) * MIDDLE));
  return { value: share, mark: MIDDLE, pass: value >= needed };
}

function capped(meter: Meters['size'], pass: boolean): Meters['size'] {
  return { ...meter, pass: meter.pass && pass };
}

function angleNeedle(
  { yawDegrees, pitchDegrees, rollDegrees }: QualityMeasures,
  pose: Pose,
  angle: 'as-asked' | 'any',
): Meters['angle'] {
  const offDegrees = Math.abs(yawDegrees - YAW_WANTED[pose]);
  const level =
    Math.abs(yawDegrees) <= ENROL_LIMITS.yawDegreesMax &&
    Math.abs(pitchDegrees) <= ENROL_LIMITS.pitchDegreesMax &&
    Math.abs(rollDegrees) <= ENROL_LIMITS.rollDegreesMax;
  return {
    value: Math.max(0, 1 - offDegrees / ANGLE_SCALE_DEGREES),
    mark: 1 - YAW_TOLERANCE_DEGREES / ANGLE_SCALE_DEGREES,
    pass: level && (angle === 'any' || offDegrees <= YAW_TOLERANCE_DEGREES),
  };
}
