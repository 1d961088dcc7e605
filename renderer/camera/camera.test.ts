import { describe, expect, test } from 'vitest';
import { cameraWishes } from '#renderer/camera/camera-choice';
import { CENTRE, coverOf, focusOn, focusOnAll, screenRect } from '#renderer/camera/cover-map';
import { frameSize } from '#renderer/camera/frame-size';

describe('cameraWishes', () => {
  const devices = [
    { id: 'a', label: 'Built-in' },
    { id: 'b', label: 'USB' },
  ];

  test('the chosen camera is tried first, then every other', () => {
    expect(cameraWishes(devices, 'b')).toEqual([
      { deviceId: 'b' },
      { facing: 'user' },
      { deviceId: 'a' },
    ]);
  });

  test('a chosen camera that is gone does not leave the door blind', () => {
    expect(cameraWishes(devices, 'gone')[0]).toEqual({ facing: 'user' });
  });

  test('before permission devices have no id, and the browser chooses', () => {
    expect(cameraWishes([{ id: '', label: '' }], undefined)).toEqual([{ facing: 'user' }]);
  });
});

describe('frameSize', () => {
  test.each([
    [1280, 720, 960, 540, 'the usual camera'],
    [1920, 1080, 960, 540, 'a large one'],
    [640, 480, 640, 480, 'a small one is not blown up'],
    [1280, 960, 720, 540, '4:3 is held by its short side'],
    [720, 1280, 540, 960, 'a camera on its side'],
  ])('%i×%i is sent as %i×%i: %s', (width, height, sentWidth, sentHeight) => {
    expect(frameSize({ width, height })).toEqual({ width: sentWidth, height: sentHeight });
  });
});

describe('coverOf', () => {
  const picture = { width: 1280, height: 720 };

  test('fills the opening and hides what is over, evenly', () => {
    const cover = coverOf(picture, { width: 1280, height: 360 }, CENTRE);
    expect(cover).toEqual({ width: 1280, height: 720, left: 0, top: -180 });
  });

  test('keeps a face at the top in view, and never shows beyond the picture', () => {
    const box = { x: 0.4, y: 0.05, width: 0.2, height: 0.2 };
    const cover = coverOf(picture, { width: 1280, height: 360 }, focusOn(box));
    expect(cover.top).toBeCloseTo(0);
    expect(screenRect(box, cover).top).toBeGreaterThanOrEqual(0);
  });

  test('what is on the camera’s left appears on the right, as in a mirror', () => {
    const cover = coverOf(picture, picture, CENTRE);
    const rect = screenRect({ x: 0, y: 0.25, width: 0.25, height: 0.5 }, cover);
    expect(rect).toEqual({ left: 960, top: 180, width: 320, height: 360 });
  });

  test('a narrow panel shows everybody who stands there', () => {
    const opening = { width: 800, height: 850 };
    const boxes = [0.05, 0.85].map((x) => ({ x, y: 0.3, width: 0.1, height: 0.25 }));
    const cover = coverOf(picture, opening, focusOnAll(boxes));
    const rects = boxes.map((box) => screenRect(box, cover));
    expect(rects.every(({ left, width }) => left >= 0 && left + width <= 800)).toBe(true);
  });

  test('a wide picture in a tall opening loses its sides', () => {
    const cover = coverOf(picture, { width: 400, height: 720 }, CENTRE);
    expect(cover).toEqual({ width: 1280, height: 720, left: -440, top: 0 });
  });
});
