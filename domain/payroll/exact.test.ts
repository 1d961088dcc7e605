import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compare,
  decimalText,
  exact,
  floorOf,
  fraction,
  minus,
  per,
  plus,
  stepsOf,
  times,
} from '#domain/payroll/exact';

const any = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([over, under]) => fraction(over, under));

describe('exact numbers', () => {
  test('a tenth and two tenths are three tenths', () => {
    expect(plus(fraction(1n, 10n), fraction(2n, 10n))).toEqual(fraction(3n, 10n));
  });

  test('come in lowest terms with the sign above', () => {
    expect(fraction(4n, -6n)).toEqual({ over: -2n, under: 3n });
    expect(fraction(0n, -6n)).toEqual({ over: 0n, under: 1n });
  });

  test('taking away and dividing undo adding and multiplying', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(minus(plus(a, b), b)).toEqual(a);
        fc.pre(b.over !== 0n);
        expect(per(times(a, b), b)).toEqual(a);
      }),
    );
  });

  test('are ordered as their difference says', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(compare(a, b)).toBe(compare(minus(a, b), exact(0)));
        expect(compare(b, a)).toBe(0 - compare(a, b));
      }),
    );
  });

  test.each([
    [1n, 2n, 0n],
    [-1n, 2n, -1n],
    [-2n, 1n, -2n],
    [7n, 3n, 2n],
  ])('the floor of %s/%s is %s', (over, under, floor) => {
    expect(floorOf(fraction(over, under))).toEqual({ over: floor, under: 1n });
  });

  test.each([
    ['nearest', 5n, 2n, 3n, 'a half goes away from zero'],
    ['nearest', -5n, 2n, -3n, 'on both sides alike'],
    ['nearest', 7n, 3n, 2n, 'less than a half goes back'],
    ['down', 29n, 10n, 2n, 'towards zero'],
    ['down', -29n, 10n, -2n, 'towards zero from below'],
    ['up', 21n, 10n, 3n, 'away from zero'],
    ['up', -21n, 10n, -3n, 'away from zero from below'],
    ['up', 2n, 1n, 2n, 'what is whole stays'],
  ] as const)('cut %s, %s/%s comes to %s: %s', (...given) => {
    const [cut, over, under, steps] = given;
    expect(stepsOf(fraction(over, under), exact(1), cut)).toBe(steps);
  });

  test('are written with as many digits as they have', () => {
    const cases: readonly [bigint, bigint, string][] = [
      [1n, 2n, '0.5'],
      [-1n, 8n, '-0.125'],
      [12n, 1n, '12'],
      [-3n, 1n, '-3'],
      [1n, 1000n, '0.001'],
    ];
    for (const [over, under, text] of cases) expect(decimalText(fraction(over, under))).toBe(text);
  });

  test('a third has no last digit, and nothing is divided by zero: bugs, not answers', () => {
    expect(() => decimalText(fraction(1n, 3n))).toThrow('finitely many');
    expect(() => fraction(1n, 0n)).toThrow('divided by zero');
    expect(() => exact(0.5)).toThrow('whole numbers');
  });
});
