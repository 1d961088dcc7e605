import { failed, ok, type Result } from '#domain/result';
import type { DeliveryOutcome } from '#platform/delivery/delivery-outcome';
import { retryAt } from '#platform/delivery/retry-schedule';

/** Strict order means one event that is never taken holds up all others: not for longer than this. */
const EVENT_TRY_HOURS = 24;
/** A server that has taken nothing for so long has been forgotten by its owner. */
export const ENDPOINT_FAILING_DAYS_MAX = 5;
/** What a replay may ask for at once: more than a month of a small company. */
export const REPLAY_EVENTS_MAX = 10_000;

/** Where deliveries to one address stand. Immutable; whoever stores it stores the next one. */
export interface EndpointState {
  readonly state: 'active' | 'disabled';
  /** In a row, over all its events. */
  readonly failures: number;
  readonly failingSince: Temporal.Instant | null;
  readonly nextAttemptAt: Temporal.Instant | null;
}

export const FRESH_ENDPOINT: EndpointState = {
  state: 'active',
  failures: 0,
  failingSince: null,
  nextAttemptAt: null,
};

/** An event on its way to one address; ids grow. */
export interface QueuedEvent {
  readonly id: number;
  readonly firstTriedAt: Temporal.Instant | null;
}

/** What one attempt changed. */
export interface AfterAttempt {
  readonly endpoint: EndpointState;
  /** `given-up` events stay and can be replayed. */
  readonly event: 'delivered' | 'waiting' | 'given-up';
  /** True once, when this attempt switched the address off: somebody has to be told. */
  readonly isNewlyDisabled: boolean;
}

/** The event to try now: the oldest alone, so that an address sees events in the order they happened. */
export function nextEvent<E extends QueuedEvent>(
  endpoint: EndpointState,
  waiting: readonly E[],
  now: Temporal.Instant,
): E | undefined {
  const { state, nextAttemptAt } = endpoint;
  const isEarly = nextAttemptAt !== null && Temporal.Instant.compare(now, nextAttemptAt) < 0;
  if (state === 'disabled' || isEarly) return undefined;
  return waiting.toSorted((one, other) => one.id - other.id).at(0);
}

/** @param moment when the attempt ended, and a chance from 0 to below 1 that spreads retries */
export function afterAttempt(
  endpoint: EndpointState,
  event: QueuedEvent,
  outcome: DeliveryOutcome,
  moment: { readonly now: Temporal.Instant; readonly chance: number },
): AfterAttempt {
  const { now, chance } = moment;
  if (outcome.kind === 'delivered')
    return { endpoint: FRESH_ENDPOINT, event: 'delivered', isNewlyDisabled: false };
  const failures = endpoint.failures + 1;
  const failingSince = endpoint.failingSince ?? now;
  const afterSeconds = outcome.kind === 'later' ? outcome.afterSeconds : undefined;
  const isForgotten = hoursSince(failingSince, now) >= ENDPOINT_FAILING_DAYS_MAX * 24;
  const isOver = outcome.kind === 'gone' || isForgotten;
  return {
    endpoint: {
      state: isOver ? 'disabled' : 'active',
      failures,
      failingSince,
      nextAttemptAt: isOver ? null : retryAt({ at: now, failures, afterSeconds }, chance),
    },
    event: isGivenUp(event, outcome, now) ? 'given-up' : 'waiting',
    isNewlyDisabled: isOver && endpoint.state === 'active',
  };
}

function isGivenUp(event: QueuedEvent, outcome: DeliveryOutcome, now: Temporal.Instant): boolean {
  const triedHours = event.firstTriedAt === null ? 0 : hoursSince(event.firstTriedAt, now);
  return outcome.kind === 'never' || triedHours >= EVENT_TRY_HOURS;
}

function hoursSince(since: Temporal.Instant, now: Temporal.Instant): number {
  return since.until(now).total('hours');
}

/** Events from one id to another, both included. */
export interface EventRange {
  readonly fromId: number;
  readonly toId: number;
}

/** Which stored events a replay puts back into the queue. @param kept ids that are still stored */
export function replayRange(
  asked: EventRange,
  kept: EventRange,
): Result<EventRange, 'nothing-there' | 'too-many'> {
  const fromId = Math.max(asked.fromId, kept.fromId);
  const toId = Math.min(asked.toId, kept.toId);
  if (fromId > toId) return failed('nothing-there');
  if (toId - fromId >= REPLAY_EVENTS_MAX) return failed('too-many');
  return ok({ fromId, toId });
}
