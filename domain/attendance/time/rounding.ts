/**
 * A grid that times or durations are drawn to.
 *
 * `nearest` decides at the cutoff, the middle of the unit unless one is given; `cutoffSeconds` 420 on
 * a grid of 15 minutes is the "7/8-minute rule". `graceSeconds` moves the line in the favour of the
 * next mark: with 3 minutes, 16:58 rounded down on quarters is 17:00.
 */
export interface Rounding {
  readonly mode: 'up' | 'down' | 'nearest';
  readonly unitSeconds: number;
  readonly cutoffSeconds?: number;
  readonly graceSeconds?: number;
}

/** Draws a count of seconds to the grid; exact marks never move. */
export function roundTo(seconds: number, rounding: Rounding | undefined): number {
  if (rounding === undefined) return seconds;
  const { unitSeconds, graceSeconds = 0 } = rounding;
  const shifted =
    rounding.mode === 'down'
      ? seconds + graceSeconds
      : rounding.mode === 'up'
        ? seconds - graceSeconds
        : seconds;
  const below = Math.floor(shifted / unitSeconds) * unitSeconds;
  const rest = shifted - below;
  if (rounding.mode === 'down') return below;
  if (rounding.mode === 'up') return rest > 0 ? below + unitSeconds : below;
  return rest >= (rounding.cutoffSeconds ?? unitSeconds / 2) ? below + unitSeconds : below;
}

/** Whole minutes below, in seconds: statuses read clocks without seconds. */
export function toMinute(seconds: number): number {
  return Math.floor(seconds / 60) * 60;
}
