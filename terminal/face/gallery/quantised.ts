/** A vector as integers: `vector[i] ≈ scale · integers[i]`. */
export interface Quantised {
  readonly scale: number;
  /** Length of what rounding took away: no dot product with a unit vector is off by more. */
  readonly residual: number;
}

export const BYTE_MAX = 127;
export const WORD_MAX = 32_767; // 127 × 32 767 × 512 still fits the kernel's 32-bit sums

/** @param into overwritten with integers of −max…max */
export function quantise(
  vector: Float32Array,
  into: Int8Array | Int16Array,
  max: typeof BYTE_MAX | typeof WORD_MAX,
): Quantised {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest === 0 ? 1 : largest / max;
  let residual = 0;
  vector.forEach((value, i) => {
    const integer = Math.round(value / scale);
    into[i] = integer;
    residual += (value - scale * integer) ** 2;
  });
  return { scale, residual: Math.sqrt(residual) };
}
