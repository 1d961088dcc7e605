import type { HubIdentity } from '#hub/identity/hub-identity';
import type { Operations } from '#hub/operations/open-operations';
import type { HubDatabase } from '#hub/storage/hub-database';
import { WebhookEventRepository } from '#hub/storage/webhook-event-repository';
import { WebhookRepository } from '#hub/storage/webhook-repository';
import { WebhookCourier } from '#hub/webhooks/webhook-courier';
import { WebhookDesk } from '#hub/webhooks/webhook-desk';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

export interface WebhooksDeps {
  readonly db: HubDatabase;
  readonly identity: HubIdentity;
  readonly operations: Pick<Operations, 'metrics' | 'networks'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Events for other systems: who gets them, and what carries them out. */
export function openWebhooks({ db, identity, operations, clock, logger }: WebhooksDeps) {
  const storageKey = Buffer.from(identity.storageKey, 'base64url');
  const webhooks = new WebhookRepository(db, storageKey);
  const events = new WebhookEventRepository(db);
  const policy = { opened: operations.networks.opened };
  const { metrics } = operations;
  const stored = { db, webhooks, events, policy, clock };
  const { hubId } = identity;
  const courier = new WebhookCourier({ ...stored, hubId, metrics, logger });
  const webhookDesk = new WebhookDesk({ ...stored, onQueued: () => courier.wake() });
  return { courier, routes: { webhookDesk, events } };
}
