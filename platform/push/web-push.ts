import { buildPushPayload } from '@block65/webcrypto-web-push';
import {
  DELIVERED,
  type DeliveryOutcome,
  gone,
  later,
  never,
} from '#platform/delivery/delivery-outcome';
import { type OutgoingPolicy, postOutgoing } from '#platform/http/outgoing-request';
import type { VapidKeys } from '#platform/push/vapid-keys';

/** What a browser hands over when somebody allows notifications. Its address is a stranger's URL. */
export interface PushSubscription {
  readonly endpoint: string;
  /** Base64url: the browser's P-256 point, and sixteen random bytes. */
  readonly p256dh: string;
  readonly auth: string;
}

/** What the device shows. */
export interface PushContent {
  readonly title: string;
  readonly body: string;
  /** Where a tap leads, within the portal. */
  readonly path: string;
  /** The same for the same notice, so that a second copy replaces the first on the screen. */
  readonly tag: string;
}

export interface PushSender {
  readonly keys: VapidKeys;
  /** RFC 8292 §2.1: `mailto:` or `https:`, for the push service's operator. */
  readonly contact: string;
  readonly policy: OutgoingPolicy;
}

const PAYLOAD_BYTES_MAX = 3900; // RFC 8291 §4 leaves 3993 of 4096 for the text
const LIFE_SECONDS_MAX = 24 * 3600; // yesterday's notice is in the portal

/**
 * Encrypts to the browser (RFC 8291), signs for the push service (RFC 8292) and hands over.
 *
 * The service in between learns when something was sent and to which device, and not a word of it.
 *
 * @param lifeSeconds how long the service may hold it for a device that is off
 */
export async function sendPush(
  content: PushContent,
  subscription: PushSubscription,
  sender: PushSender,
  lifeSeconds: number,
): Promise<DeliveryOutcome> {
  const text = JSON.stringify(content);
  if (Buffer.byteLength(text) > PAYLOAD_BYTES_MAX) return never('too-large');
  const sealed = await sealedTo(text, subscription, sender, lifeSeconds);
  if (sealed === undefined) return gone('bad-subscription');
  const answer = await postOutgoing(sealed, sender.policy);
  return answer.ok ? outcomeOf(answer.value) : failureOf(answer.failure);
}

async function sealedTo(
  text: string,
  { endpoint, p256dh, auth }: PushSubscription,
  { keys, contact }: PushSender,
  lifeSeconds: number,
) {
  const ttl = Math.max(1, Math.min(Math.floor(lifeSeconds), LIFE_SECONDS_MAX));
  try {
    const { headers, body } = await buildPushPayload(
      { data: text, options: { ttl, urgency: 'normal' } },
      { endpoint, expirationTime: null, keys: { p256dh, auth } },
      { ...keys, subject: contact },
    );
    return { url: endpoint, headers: { ...headers }, body };
  } catch {
    return undefined; // a point that is not on the curve, or an address that is none
  }
}

interface PushAnswer {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
}

/** RFC 8030 §5 and §7.3: a subscription that expired or was withdrawn is 404 or 410. */
function outcomeOf({ status, retryAfterSeconds }: PushAnswer): DeliveryOutcome {
  if (status >= 200 && status < 300) return DELIVERED;
  const reason = `status-${status}`;
  if (status === 404 || status === 410) return gone(reason);
  const isBusy = status === 429 || status >= 500;
  return isBusy ? later(reason, retryAfterSeconds) : never(reason);
}

/** Whatever leads into our own network is no push service. */
function failureOf(failure: string): DeliveryOutcome {
  return failure === 'forbidden-address' || failure === 'bad-url' ? gone(failure) : later(failure);
}
