import { DELIVERED, type DeliveryOutcome, gone, later } from '#platform/delivery/delivery-outcome';
import {
  type OutgoingAnswer,
  type OutgoingPolicy,
  postOutgoing,
} from '#platform/http/outgoing-request';
import { signWebhook } from '#platform/http/webhook-signature';

/** One event for one address, as it goes over the wire. */
export interface WebhookDelivery {
  readonly url: string;
  readonly eventId: string;
  /** `punch.created`, for those who route by header. */
  readonly event: string;
  /** JSON, byte for byte what is signed. */
  readonly body: string;
  /** The one in force first; during a rotation the one before as well. */
  readonly secrets: readonly string[];
}

const STATUS_GONE = 410;

/** Hands over one event; anything but a 2xx is a failure to be tried again, 410 is good-bye. */
export async function postWebhook(
  delivery: WebhookDelivery,
  policy: OutgoingPolicy,
  now: Temporal.Instant,
): Promise<DeliveryOutcome> {
  const { url, eventId, event, body, secrets } = delivery;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'lintel-hub',
    'lintel-event': event,
    'lintel-event-id': eventId,
    'lintel-signature': signWebhook(body, now, secrets),
  };
  const answer = await postOutgoing({ url, headers, body }, policy);
  return answer.ok ? outcomeOf(answer.value) : later(answer.failure);
}

function outcomeOf({ status, retryAfterSeconds }: OutgoingAnswer): DeliveryOutcome {
  if (status >= 200 && status < 300) return DELIVERED;
  if (status === STATUS_GONE) return gone('status-410');
  return later(`status-${status}`, retryAfterSeconds);
}
