import type { SqlMigration, SqlWords } from '#platform/sql/sql-migration';

/** Notices, subscriptions, webhooks and what waits to be delivered. */
export const noticeTables: SqlMigration = {
  version: 10,
  name: '0010-notices',
  statements: (words) => [...forWebhooks(words), ...forNotices(words)],
};

function forWebhooks({ integer, blob, counted, strict, keyed }: SqlWords): readonly string[] {
  return [
    // Keys of this installation's own, sealed; one row each, made by whichever hub needs it first.
    `CREATE TABLE hub_secrets (
        name   TEXT PRIMARY KEY,
        sealed ${blob} NOT NULL
      ) ${strict}`,
    // Secrets are sealed with the hub's storage key. A claim is one hub's right to deliver, for a while.
    `CREATE TABLE webhooks (
        webhook_id        TEXT PRIMARY KEY,
        label             TEXT NOT NULL,
        url               TEXT NOT NULL,
        secret            ${blob} NOT NULL,
        previous_secret   ${blob},
        previous_until_ms ${integer},
        state             TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
        created_at_ms     ${integer} NOT NULL,
        failures          ${integer} NOT NULL DEFAULT 0,
        failing_since_ms  ${integer},
        next_attempt_ms   ${integer},
        last_failure      TEXT,
        switched_off_ms   ${integer},
        claimed_by        TEXT,
        claimed_until_ms  ${integer} NOT NULL DEFAULT 0
      ) ${strict}`,
    `CREATE TABLE webhook_subscriptions (
        webhook_id TEXT NOT NULL REFERENCES webhooks ON DELETE CASCADE,
        event      TEXT NOT NULL,
        PRIMARY KEY (webhook_id, event)
      ) ${keyed}`,
    `CREATE INDEX webhook_subscriptions_by_event ON webhook_subscriptions (event)`,
    // Written with what it tells of. It has no number yet: units that run side by side may commit in
    // another order than they began, and numbers are to grow as receivers see them.
    `CREATE TABLE webhook_outbox (
        outbox_id      ${counted},
        event          TEXT NOT NULL,
        webhook_id     TEXT REFERENCES webhooks ON DELETE CASCADE,
        occurred_at_ms ${integer} NOT NULL,
        body           TEXT NOT NULL
      ) ${strict}`,
    `CREATE TABLE webhook_events (
        event_id       ${integer} PRIMARY KEY,
        event          TEXT NOT NULL,
        occurred_at_ms ${integer} NOT NULL,
        body           TEXT NOT NULL
      ) ${strict}`,
    `CREATE INDEX webhook_events_by_age ON webhook_events (occurred_at_ms)`,
    `CREATE TABLE webhook_deliveries (
        webhook_id      TEXT NOT NULL REFERENCES webhooks ON DELETE CASCADE,
        event_id        ${integer} NOT NULL REFERENCES webhook_events,
        state           TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given-up')),
        attempts        ${integer} NOT NULL DEFAULT 0,
        first_tried_ms  ${integer},
        last_attempt_ms ${integer},
        last_failure    TEXT,
        PRIMARY KEY (webhook_id, event_id)
      ) ${keyed}`,
    `CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event_id)`,
    `CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, event_id)
      WHERE state = 'waiting'`,
  ];
}

function forNotices({ integer, blob, strict, keyed }: SqlWords): readonly string[] {
  return [
    // JSON of the contract; no row: what is usual.
    `CREATE TABLE notice_preferences (
        person_id TEXT PRIMARY KEY REFERENCES people,
        body      TEXT NOT NULL
      ) ${strict}`,
    // A device whose browser is signed in as another person now belongs to that one.
    `CREATE TABLE push_devices (
        device_id         TEXT PRIMARY KEY,
        person_id         TEXT NOT NULL REFERENCES people,
        endpoint          TEXT NOT NULL UNIQUE,
        p256dh            TEXT NOT NULL,
        auth              TEXT NOT NULL,
        added_at_ms       ${integer} NOT NULL,
        last_delivered_ms ${integer}
      ) ${strict}`,
    `CREATE INDEX push_devices_by_person ON push_devices (person_id)`,
    `CREATE TABLE group_bots (
        bot_id          TEXT PRIMARY KEY,
        vendor          TEXT NOT NULL,
        token_end       TEXT NOT NULL,
        signs           ${integer} NOT NULL CHECK (signs IN (0, 1)),
        sealed          ${blob} NOT NULL,
        settings        TEXT NOT NULL,
        state           TEXT NOT NULL CHECK (state IN ('active', 'gone')),
        last_failure    TEXT,
        last_failure_ms ${integer},
        created_at_ms   ${integer} NOT NULL
      ) ${strict}`,
    // One row for each notice, channel and device: the key keeps any of them from going out twice,
    // whichever hub finds it due. The text is taken away as soon as it is not needed any more.
    `CREATE TABLE notices (
        notice_key       TEXT NOT NULL,
        channel          TEXT NOT NULL,
        target           TEXT NOT NULL,
        receiver         TEXT NOT NULL,
        kind             TEXT NOT NULL,
        due_at_ms        ${integer} NOT NULL,
        not_after_ms     ${integer} NOT NULL,
        state            TEXT NOT NULL
                         CHECK (state IN ('waiting', 'delivered', 'failed', 'expired')),
        message          TEXT,
        attempts         ${integer} NOT NULL DEFAULT 0,
        next_attempt_ms  ${integer} NOT NULL,
        reason           TEXT,
        claimed_by       TEXT,
        claimed_until_ms ${integer} NOT NULL DEFAULT 0,
        PRIMARY KEY (notice_key, channel, target)
      ) ${keyed}`,
    `CREATE INDEX notices_waiting ON notices (next_attempt_ms) WHERE state = 'waiting'`,
    `CREATE INDEX notices_by_receiver ON notices (receiver, due_at_ms)`,
    `CREATE INDEX notices_by_age ON notices (due_at_ms)`,
  ];
}
