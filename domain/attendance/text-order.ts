/** Puts texts in the order of their code points, the same in every language. */
export function byCodePoint(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
