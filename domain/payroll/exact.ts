import { assert } from '#domain/assert';

/**
 * A number without error: a fraction in lowest terms, the denominator positive.
 *
 * A third of a day times three is a day. Floating point says 0.1 + 0.2 is not 0.3, and a penalty that
 * is floored would then lose a step.
 */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

export const ZERO: Exact = { over: 0n, under: 1n };

/**
 * How a number is cut to a step. All of them treat a loss like a gain of the same size, so that an
 * adjustment and its reversal cancel: `nearest` sends a half away from zero, `down` is towards zero.
 */
export type Cut = 'nearest' | 'down' | 'up';

/** @param count a whole number */
export function exact(count: number): Exact {
  assert(Number.isSafeInteger(count), 'counts are whole numbers');
  return { over: BigInt(count), under: 1n };
}

export function fraction(over: bigint, under: bigint): Exact {
  assert(under !== 0n, 'nothing is divided by zero');
  const shared = divisorOf(over, under) * (under < 0n ? -1n : 1n);
  return { over: over / shared, under: under / shared };
}

export function plus(a: Exact, b: Exact): Exact {
  return fraction(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, negative(b));
}

export function negative(a: Exact): Exact {
  return { over: -a.over, under: a.under };
}

export function times(a: Exact, b: Exact): Exact {
  return fraction(a.over * b.over, a.under * b.under);
}

/** @throws InvariantError when `b` is zero; ask before */
export function per(a: Exact, b: Exact): Exact {
  return fraction(a.over * b.under, a.under * b.over);
}

/** Negative, zero or positive, as a sort wants it. */
export function compare(a: Exact, b: Exact): number {
  const gap = a.over * b.under - b.over * a.under;
  return gap === 0n ? 0 : gap < 0n ? -1 : 1;
}

/** The largest whole number that is not above: of -0.5 it is -1. */
export function floorOf({ over, under }: Exact): Exact {
  const towardsZero = over / under;
  const isBelow = over < 0n && over % under !== 0n;
  return { over: isBelow ? towardsZero - 1n : towardsZero, under: 1n };
}

/** How many whole steps `a` comes to. */
export function stepsOf(a: Exact, step: Exact, cut: Cut): bigint {
  const { over, under } = per(a, step);
  const size = over < 0n ? -over : over;
  const whole = size / under;
  const rest = size % under;
  const isRaised = cut === 'up' ? rest > 0n : cut === 'nearest' && rest * 2n >= under;
  const steps = isRaised ? whole + 1n : whole;
  return over < 0n ? -steps : steps;
}

/** The decimal digits of a number that has finitely many: `0.5`, `-12`. */
export function decimalText(a: Exact): string {
  const places = placesOf(a.under);
  const scaled = (a.over * 10n ** BigInt(places)) / a.under;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const part = places === 0 ? '' : `.${digits.slice(digits.length - places)}`;
  return `${scaled < 0n ? '-' : ''}${whole}${part}`;
}

/** Digits after the point that a denominator of twos and fives needs. */
function placesOf(under: bigint): number {
  let places = 0;
  let rest = under;
  while (rest !== 1n) {
    const shared = divisorOf(rest, 10n);
    assert(shared !== 1n, 'the number has finitely many decimal digits');
    rest /= shared;
    places += 1;
  }
  return places;
}

function divisorOf(a: bigint, b: bigint): bigint {
  let [large, small] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
