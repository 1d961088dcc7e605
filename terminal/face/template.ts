/** A face template of length 1: similarity of two is their dot product. */
export function normalised(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  return vector.map((value) => value * scale);
}

export function similarity(p: Float32Array, q: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) sum += (p[i] ?? 0) * (q[i] ?? 0);
  return sum;
}

/** The template of several captures of one person: their mean, brought back to length 1. */
export function meanTemplate(templates: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(templates[0]?.length ?? 0);
  for (const template of templates) {
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (template[i] ?? 0);
  }
  return normalised(sum);
}
