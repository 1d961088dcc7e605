import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FALSE_POSITIVE_RATE, similarityAt, thresholdsFor } from '#domain/face/threshold';

const RATES = [
  { fmr: 1e-3, similarity: 0.34 },
  { fmr: 1e-4, similarity: 0.42 },
  { fmr: 1e-5, similarity: 0.49 },
  { fmr: 1e-6, similarity: 0.53 },
];

describe('similarityAt', () => {
  test.each([
    [1e-4, 0.42, 'a line of the table'],
    [10 ** -4.5, 0.455, 'halfway between two, on the logarithm'],
    [1e-7, 0.57, 'beyond the end: the last line goes on'],
    [1e-2, 0.26, 'before the beginning: the first line goes on'],
  ])('%f gives %f: %s', (fmr, expected) => {
    expect(similarityAt(fmr, RATES)).toBeCloseTo(expected, 6);
  });

  test('the order of the table does not matter', () => {
    expect(similarityAt(3e-6, RATES.toReversed())).toBe(similarityAt(3e-6, RATES));
  });
});

describe('thresholdsFor', () => {
  test('rises with the gallery, and asking is never stricter than accepting', () => {
    const size = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(size, size, (p, q) => {
        const [small, large] = [Math.min(p, q), Math.max(p, q)].map((n) => thresholdsFor(n, RATES));
        expect(large?.accept).toBeGreaterThanOrEqual(small?.accept ?? 1);
        expect(small?.ask).toBeLessThan(small?.accept ?? 0);
      }),
    );
  });

  test('clear is stricter than accepted, and the margin follows the card', () => {
    const { accept, clear, margin } = thresholdsFor(1000, RATES);
    expect(clear).toBeCloseTo(accept + 0.04, 3);
    expect(margin).toBeCloseTo(0.08, 6);
  });

  test('one person enrolled is no reason to be lax', () => {
    expect(thresholdsFor(1, RATES).accept).toBeCloseTo(0.49, 6);
  });

  test('a thousand templates ask one comparison to be wrong once in a million', () => {
    expect(FALSE_POSITIVE_RATE / 1000).toBeCloseTo(1e-6, 9);
    expect(thresholdsFor(1000, RATES).accept).toBeCloseTo(0.53, 3);
  });
});
