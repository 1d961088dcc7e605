import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '#terminal/face/image/pixels';
import { along, samplePlanes, stretch } from '#terminal/face/image/sample';
import { fitSimilarity, invert } from '#terminal/face/image/similarity';

/** Red grows to the right, green downwards, blue is 7. */
function ramp(width: number, height: number): Pixels {
  const words = Uint32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return x | (y << 8) | (7 << 16);
  });
  return { width, height, words };
}

function sampled(source: Pixels, map: ReturnType<typeof along>, side: number) {
  const planes = new Float32Array(3 * side * side);
  samplePlanes(source, map, { width: side, height: side }, planes);
  const area = side * side;
  return { red: planes.subarray(0, area), green: planes.subarray(area, 2 * area), blue: planes };
}

const WHOLE = { x: 0, y: 0, width: 64, height: 64 };

describe('samplePlanes', () => {
  test('one to one gives back every pixel', () => {
    const { red, green, blue } = sampled(ramp(64, 64), stretch(WHOLE, WHOLE), 64);
    expect([red[0], red[63], green[64 * 5 + 9], blue[2 * 64 * 64]]).toEqual([0, 63, 5, 7]);
  });

  test.each([
    ['halved', 32],
    ['a quarter', 16],
    ['doubled', 128],
  ])('%s, a ramp stays the same ramp, centred on its pixels', (_, side) => {
    const { red, green } = sampled(
      ramp(64, 64),
      stretch(WHOLE, { width: side, height: side }),
      side,
    );
    const scale = 64 / side;
    const middle = (side / 2) * side + side / 2;
    const expected = (side / 2) * scale + scale / 2 - 0.5;
    expect(Math.abs((red[middle] ?? 0) - expected)).toBeLessThanOrEqual(0.5);
    expect(Math.abs((green[middle] ?? 0) - expected)).toBeLessThanOrEqual(0.5);
  });

  test('outside the picture is black, whichever way it is read', () => {
    const white = { width: 64, height: 64, words: new Uint32Array(64 * 64).fill(0xffffffff) };
    const beyond = { x: 64, y: 0, width: 64, height: 64 };
    const size = { width: 16, height: 16 };
    expect(Math.max(...sampled(white, stretch(beyond, size), 16).blue)).toBe(0);
    const turned = along({ a: 3, b: 1, tx: 200, ty: 200 });
    expect(Math.max(...sampled(white, turned, 16).blue)).toBe(0);
    const far = along({ a: 0.5, b: 0.2, tx: -200, ty: 0 });
    expect(Math.max(...sampled(white, far, 16).blue)).toBe(0);
  });

  test('upright and turned reading agree where the turn is next to nothing', () => {
    const source = ramp(64, 64);
    const upright = sampled(source, along({ a: 3, b: 0, tx: 1, ty: 1 }), 16).red;
    const turned = sampled(source, along({ a: 3, b: 1e-9, tx: 1, ty: 1 }), 16).red;
    expect(turned).toEqual(upright);
  });
});

describe('fitSimilarity', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const place = fc.double({ min: -200, max: 200, noNaN: true });

  test('finds the similarity that moved the points, and its inverse brings them back', () => {
    fc.assert(
      fc.property(number, number, place, place, (a, b, tx, ty) => {
        fc.pre(Math.hypot(a, b) > 0.1);
        const from = [38, 73, 56, 41, 70].map((x, i) => ({ x, y: 50 + 9 * i }));
        const move = (s: typeof moved, { x, y }: { x: number; y: number }) => ({
          x: s.a * x - s.b * y + s.tx,
          y: s.b * x + s.a * y + s.ty,
        });
        const moved = { a, b, tx, ty };
        const to = from.map((point) => move(moved, point));
        const fitted = fitSimilarity(from, to);
        expect(fitted.a).toBeCloseTo(a, 6);
        expect(fitted.b).toBeCloseTo(b, 6);
        const back = to.map((point) => move(invert(fitted), point));
        back.forEach((point, i) => expect(point.x).toBeCloseTo(from[i]?.x ?? 0, 5));
      }),
    );
  });
});
