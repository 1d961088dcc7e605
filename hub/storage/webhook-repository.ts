import type { Selectable } from 'kysely';
import { type WebhookEventName, webhook } from '#contracts/rest/v1/webhooks';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';
import type { EndpointState } from '#platform/delivery/endpoint-queue';

type WebhookRow = Selectable<HubTables['webhooks']>;

/** An address of somebody else's system, with what signs events to it. */
export interface StoredWebhook {
  readonly webhookId: string;
  readonly label: string;
  readonly url: string;
  readonly events: readonly WebhookEventName[];
  readonly secret: string;
  readonly previous: { readonly secret: string; readonly untilMs: number } | undefined;
  readonly createdAtMs: number;
  readonly endpoint: EndpointState;
  readonly lastFailure: string | null;
}

/** One hub's right to deliver, which lapses by itself when that hub dies. */
export interface Claim {
  readonly by: string;
  readonly nowMs: number;
  readonly untilMs: number;
}

export class WebhookRepository {
  readonly #db: HubDatabase;
  readonly #storageKey: Buffer;

  constructor(db: HubDatabase, storageKey: Buffer) {
    this.#db = db;
    this.#storageKey = storageKey;
  }

  async all(): Promise<readonly StoredWebhook[]> {
    const rows = await this.#db.now
      .selectFrom('webhooks')
      .selectAll()
      .orderBy('created_at_ms')
      .orderBy('webhook_id')
      .execute();
    return await Promise.all(rows.map((row) => this.#from(row)));
  }

  async get(webhookId: string): Promise<StoredWebhook | undefined> {
    const row = await this.#db.now
      .selectFrom('webhooks')
      .selectAll()
      .where('webhook_id', '=', webhookId)
      .executeTakeFirst();
    return row === undefined ? undefined : await this.#from(row);
  }

  /** Within a unit of work. */
  async save(hook: StoredWebhook): Promise<void> {
    const { webhookId, previous, endpoint } = hook;
    const columns = {
      label: hook.label,
      url: hook.url,
      secret: this.#seal(hook.secret, webhookId),
      previous_secret: previous === undefined ? null : this.#seal(previous.secret, webhookId),
      previous_until_ms: previous?.untilMs ?? null,
      ...columnsOf(endpoint),
      last_failure: hook.lastFailure,
    };
    await this.#db.now
      .insertInto('webhooks')
      .values({ webhook_id: webhookId, created_at_ms: hook.createdAtMs, ...columns })
      .onConflict((conflict) => conflict.column('webhook_id').doUpdateSet(columns))
      .execute();
    await this.#db.now
      .deleteFrom('webhook_subscriptions')
      .where('webhook_id', '=', webhookId)
      .execute();
    const subscribed = hook.events.map((event) => ({ webhook_id: webhookId, event }));
    await this.#db.now.insertInto('webhook_subscriptions').values(subscribed).execute();
  }

  async remove(webhookId: string): Promise<void> {
    await this.#db.now.deleteFrom('webhooks').where('webhook_id', '=', webhookId).execute();
  }

  /** @returns whether it is this hub's turn: nobody else is at it, and it is not too early */
  async claim(webhookId: string, { by, nowMs, untilMs }: Claim): Promise<boolean> {
    const claimed = await this.#db.now
      .updateTable('webhooks')
      .set({ claimed_by: by, claimed_until_ms: untilMs })
      .where('webhook_id', '=', webhookId)
      .where('state', '=', 'active')
      .where((of) => of.or([of('next_attempt_ms', 'is', null), of('next_attempt_ms', '<=', nowMs)]))
      .where((of) => of.or([of('claimed_until_ms', '<=', nowMs), of('claimed_by', '=', by)]))
      .executeTakeFirst();
    return claimed.numUpdatedRows === 1n;
  }

  /** Lets go before the time is up. */
  async release(webhookId: string, by: string): Promise<void> {
    await this.#db.now
      .updateTable('webhooks')
      .set({ claimed_until_ms: 0, claimed_by: null })
      .where('webhook_id', '=', webhookId)
      .where('claimed_by', '=', by)
      .execute();
  }

  /** Of a database that only one hub uses: whoever held a claim is gone. */
  async releaseAll(): Promise<void> {
    if (this.#db.engine === 'postgres') return;
    await this.#db.now
      .updateTable('webhooks')
      .set({ claimed_until_ms: 0, claimed_by: null })
      .execute();
  }

  /** @returns false when the claim was lost meanwhile: another hub keeps the books of this address now */
  async saveState(
    { webhookId, endpoint, lastFailure }: StoredWebhook,
    by: string,
    atMs: number,
  ): Promise<boolean> {
    const saved = await this.#db.now
      .updateTable('webhooks')
      .set({
        ...columnsOf(endpoint),
        last_failure: lastFailure,
        ...(endpoint.state === 'disabled' ? { switched_off_ms: atMs } : {}),
      })
      .where('webhook_id', '=', webhookId)
      .where('claimed_by', '=', by)
      .executeTakeFirst();
    return saved.numUpdatedRows === 1n;
  }

  async #from(row: WebhookRow): Promise<StoredWebhook> {
    const subscribed = await this.#db.now
      .selectFrom('webhook_subscriptions')
      .select('event')
      .where('webhook_id', '=', row.webhook_id)
      .orderBy('event')
      .execute();
    const { previous_secret: sealed, previous_until_ms: untilMs } = row;
    return {
      webhookId: row.webhook_id,
      label: row.label,
      url: row.url,
      events: webhook.shape.events.parse(subscribed.map(({ event }) => event)),
      secret: this.#open(row.secret, row.webhook_id),
      previous:
        sealed === null || untilMs === null
          ? undefined
          : { secret: this.#open(sealed, row.webhook_id), untilMs },
      createdAtMs: row.created_at_ms,
      endpoint: {
        state: webhook.shape.state.parse(row.state),
        failures: row.failures,
        failingSince: instantOrNull(row.failing_since_ms),
        nextAttemptAt: instantOrNull(row.next_attempt_ms),
      },
      lastFailure: row.last_failure,
    };
  }

  #seal(secret: string, webhookId: string): Buffer {
    return encrypt(secret, this.#storageKey, `webhook ${webhookId}`);
  }

  #open(sealed: Buffer, webhookId: string): string {
    return decrypt(sealed, this.#storageKey, `webhook ${webhookId}`).toString('utf8');
  }
}

function columnsOf({ state, failures, failingSince, nextAttemptAt }: EndpointState) {
  return {
    state,
    failures,
    failing_since_ms: failingSince?.epochMilliseconds ?? null,
    next_attempt_ms: nextAttemptAt?.epochMilliseconds ?? null,
  };
}

function instantOrNull(ms: number | null): Temporal.Instant | null {
  return ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms);
}
