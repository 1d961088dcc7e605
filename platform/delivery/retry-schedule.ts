import { assert } from '#domain/assert';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A hiccup is over in seconds, a restart in minutes, and a night in hours. */
const DELAYS_SECONDS = [
  10,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
] as const;

const JITTER_MAX = 0.2; // spreads those who failed together, and only ever to later

/** A failed attempt. */
export interface FailedAttempt {
  readonly at: Temporal.Instant;
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** As the other side asked; a longer wait than ours is respected, a shorter one is not. */
  readonly afterSeconds?: number | undefined;
}

/** @param chance from 0 to below 1, by the caller's randomness */
export function retryAt(
  { at, failures, afterSeconds = 0 }: FailedAttempt,
  chance: number,
): Temporal.Instant {
  assert(failures >= 1 && chance >= 0 && chance < 1, 'a failure has a number and a chance');
  const step = DELAYS_SECONDS[Math.min(failures, DELAYS_SECONDS.length) - 1] ?? HOUR;
  const waitSeconds = Math.max(step, Math.min(afterSeconds, AFTER_SECONDS_MAX));
  return at.add({ milliseconds: Math.round(waitSeconds * 1000 * (1 + JITTER_MAX * chance)) });
}

const AFTER_SECONDS_MAX = 24 * HOUR; // nobody parks us for a year with one header
