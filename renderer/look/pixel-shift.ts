/** Once a minute the picture moves, at most so far, so that nothing burns in. */
const SHIFT_PX = 4;
const MINUTE_MS = 60_000;

const STEPS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

export function pixelShift(atMs: number): { readonly x: number; readonly y: number } {
  const [x, y] = STEPS[Math.floor(atMs / MINUTE_MS) % STEPS.length] ?? STEPS[0];
  return { x: x * SHIFT_PX, y: y * SHIFT_PX };
}
