import type { DeliveryOutcome } from '#platform/delivery/delivery-outcome';
import { retryAt } from '#platform/delivery/retry-schedule';

/** A message to one receiver by one channel, just tried. */
export interface MessageAttempt {
  readonly at: Temporal.Instant;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** From here on it would be worthless. */
  readonly until: Temporal.Instant;
}

/** What becomes of it. */
export type AfterMessage =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'wait'; readonly nextAttemptAt: Temporal.Instant }
  /** For good: `gone` asks for the address to be forgotten as well. */
  | { readonly kind: 'failed' | 'gone'; readonly reason: string }
  | { readonly kind: 'expired'; readonly reason: string };

/** @param chance from 0 to below 1, by the caller's randomness */
export function afterMessage(
  { at, attempts, until }: MessageAttempt,
  outcome: DeliveryOutcome,
  chance: number,
): AfterMessage {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'delivered' };
    case 'never':
      return { kind: 'failed', reason: outcome.reason };
    case 'gone':
      return { kind: 'gone', reason: outcome.reason };
    case 'later': {
      const { afterSeconds, reason } = outcome;
      const nextAttemptAt = retryAt({ at, failures: attempts, afterSeconds }, chance);
      const isInTime = Temporal.Instant.compare(nextAttemptAt, until) < 0;
      return isInTime ? { kind: 'wait', nextAttemptAt } : { kind: 'expired', reason };
    }
  }
}
