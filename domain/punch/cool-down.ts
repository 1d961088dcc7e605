/** When something happened, on both clocks of a terminal. */
export interface Moment {
  readonly at: Temporal.Instant;
  /** Milliseconds since the boot named by `bootId`. */
  readonly monoMs: number;
  readonly bootId: string;
}

/**
 * Whether a second look is still the first one.
 *
 * Within one boot only the monotonic clock counts, so that setting the wall clock neither swallows a
 * punch nor doubles one. Across boots there is only the wall clock; a time that runs backwards says
 * nothing about how long ago it was, so the new punch is kept.
 */
export function isCoolingDown(last: Moment, now: Moment, coolDownSeconds: number): boolean {
  const elapsedMs =
    last.bootId === now.bootId
      ? now.monoMs - last.monoMs
      : now.at.epochMilliseconds - last.at.epochMilliseconds;
  return elapsedMs >= 0 && elapsedMs < coolDownSeconds * 1000;
}
