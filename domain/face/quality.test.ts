import { describe, expect, test } from 'vitest';
import type { Box } from '#domain/face/box';
import { COMPARE_LIMITS, ENROL_LIMITS, hintFor, type QualityMeasures } from '#domain/face/quality';

const GOOD: QualityMeasures = {
  size: 0.4,
  eyeDistancePx: 70,
  sharpness: 300,
  luminance: 120,
  backlight: 10,
  yawDegrees: 3,
  pitchDegrees: -4,
  rollDegrees: 2,
};
const CENTRE = { x: 0.4, y: 0.3, width: 0.2, height: 0.4 };

type Row = [hint: string | null, change: Partial<QualityMeasures>, box: Box, reason: string];

describe('hintFor', () => {
  test.each<Row>([
    [null, {}, CENTRE, 'a good face'],
    ['closer', { eyeDistancePx: 15 }, CENTRE, 'far away'],
    ['closer', { eyeDistancePx: 15, sharpness: 5 }, CENTRE, 'far away is blurred too: come first'],
    ['back', { size: 0.95 }, CENTRE, 'filling the picture'],
    ['dark', { luminance: 20 }, CENTRE, 'too little light'],
    ['backlight', { luminance: 20, backlight: 150 }, CENTRE, 'a window behind, not a dark room'],
    ['face-camera', { yawDegrees: -50 }, CENTRE, 'looking aside'],
    ['face-camera', { yawDegrees: 60, eyeDistancePx: 15 }, CENTRE, 'aside, so the eyes come close'],
    ['face-camera', { pitchDegrees: 45 }, CENTRE, 'looking up'],
    ['hold-still', { sharpness: 5 }, CENTRE, 'moving'],
    ['move-left', {}, { ...CENTRE, x: -0.1 }, 'cut by the left edge, which is the right hand'],
    ['move-right', {}, { ...CENTRE, x: 0.9 }, 'cut by the right edge'],
  ])('%s: %o in %o, %s', (hint, change, box) => {
    expect(hintFor({ ...GOOD, ...change }, box, COMPARE_LIMITS)).toBe(hint);
  });

  test('what is good enough to compare may still be too poor to enrol', () => {
    const fair = { ...GOOD, eyeDistancePx: 30 };
    expect(hintFor(fair, CENTRE, COMPARE_LIMITS)).toBeNull();
    expect(hintFor(fair, CENTRE, ENROL_LIMITS)).toBe('closer');
  });
});
