import type { Generated } from 'kysely';

interface HubSecretsTable {
  readonly name: string;
  readonly sealed: Buffer;
}

interface WebhooksTable {
  readonly webhook_id: string;
  readonly label: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly previous_secret: Buffer | null;
  readonly previous_until_ms: number | null;
  readonly state: string;
  readonly created_at_ms: number;
  readonly failures: Generated<number>;
  readonly failing_since_ms: number | null;
  readonly next_attempt_ms: number | null;
  readonly last_failure: string | null;
  readonly switched_off_ms: number | null;
  readonly claimed_by: string | null;
  readonly claimed_until_ms: Generated<number>;
}

interface WebhookSubscriptionsTable {
  readonly webhook_id: string;
  readonly event: string;
}

interface WebhookOutboxTable {
  readonly outbox_id: Generated<number>;
  readonly event: string;
  readonly webhook_id: string | null;
  readonly occurred_at_ms: number;
  readonly body: string;
}

interface WebhookEventsTable {
  readonly event_id: number;
  readonly event: string;
  readonly occurred_at_ms: number;
  readonly body: string;
}

interface WebhookDeliveriesTable {
  readonly webhook_id: string;
  readonly event_id: number;
  readonly state: string;
  readonly attempts: Generated<number>;
  readonly first_tried_ms: number | null;
  readonly last_attempt_ms: number | null;
  readonly last_failure: string | null;
}

interface NoticePreferencesTable {
  readonly person_id: string;
  readonly body: string;
}

interface PushDevicesTable {
  readonly device_id: string;
  readonly person_id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly added_at_ms: number;
  readonly last_delivered_ms: number | null;
}

interface GroupBotsTable {
  readonly bot_id: string;
  readonly vendor: string;
  readonly token_end: string;
  readonly signs: number;
  readonly sealed: Buffer;
  readonly settings: string;
  readonly state: string;
  readonly last_failure: string | null;
  readonly last_failure_ms: number | null;
  readonly created_at_ms: number;
}

interface NoticesTable {
  readonly notice_key: string;
  readonly channel: string;
  readonly target: string;
  readonly receiver: string;
  readonly kind: string;
  readonly due_at_ms: number;
  readonly not_after_ms: number;
  readonly state: string;
  readonly message: string | null;
  readonly attempts: Generated<number>;
  readonly next_attempt_ms: number;
  readonly reason: string | null;
  readonly claimed_by: string | null;
  readonly claimed_until_ms: Generated<number>;
}

/** Tables of this area, see its migration. */
export interface NoticeTables {
  readonly hub_secrets: HubSecretsTable;
  readonly webhooks: WebhooksTable;
  readonly webhook_subscriptions: WebhookSubscriptionsTable;
  readonly webhook_outbox: WebhookOutboxTable;
  readonly webhook_events: WebhookEventsTable;
  readonly webhook_deliveries: WebhookDeliveriesTable;
  readonly notice_preferences: NoticePreferencesTable;
  readonly push_devices: PushDevicesTable;
  readonly group_bots: GroupBotsTable;
  readonly notices: NoticesTable;
}
