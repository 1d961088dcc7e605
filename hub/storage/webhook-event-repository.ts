import { sql } from 'kysely';
import {
  WEBHOOK_EVENTS,
  type WebhookEventName,
  webhookDeliveries,
} from '#contracts/rest/v1/webhooks';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { EventRange } from '#platform/delivery/endpoint-queue';

const SORTED_AT_ONCE = 500; // in one unit of work, short enough for everybody else
const KEPT_MS = 30 * 86_400_000; // what can be replayed: a month

/** What happened, as JSON, and when. */
export interface ToldEvent {
  readonly body: string;
  readonly atMs: number;
}

/** An event that waits for one address. */
export interface WaitingEvent {
  readonly id: number;
  readonly event: WebhookEventName;
  readonly occurredAtMs: number;
  /** JSON. */
  readonly body: string;
  readonly attempts: number;
  readonly firstTriedAt: Temporal.Instant | null;
}

export interface DeliveryRow {
  readonly id: number;
  readonly event: WebhookEventName;
  readonly occurredAtMs: number;
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly attempts: number;
  readonly lastAttemptMs: number | null;
  readonly lastFailure: string | null;
}

/** What one attempt came to. */
export interface AttemptRecord {
  readonly webhookId: string;
  readonly id: number;
  readonly state: DeliveryRow['state'];
  readonly atMs: number;
  readonly failure: string | null;
}

const stateOf = webhookDeliveries.shape.deliveries.element.shape.state;

export class WebhookEventRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Within the unit of work of what they tell. Nothing is kept that nobody subscribed to. */
  async tell(event: WebhookEventName, told: readonly ToldEvent[]): Promise<void> {
    if (told.length === 0 || !(await this.#isWanted(event))) return;
    const rows = told.map(({ body, atMs }) => ({ event, body, occurred_at_ms: atMs }));
    await this.#db.now.insertInto('webhook_outbox').values(rows).execute();
  }

  async #isWanted(event: WebhookEventName): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('webhook_subscriptions')
      .select('webhook_id')
      .where('event', '=', event)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** To one address alone, whatever it subscribed to. */
  async tellOne(
    webhookId: string,
    { event, body, atMs }: ToldEvent & { readonly event: WebhookEventName },
  ): Promise<void> {
    await this.#db.now
      .insertInto('webhook_outbox')
      .values({ event, body, occurred_at_ms: atMs, webhook_id: webhookId })
      .execute();
  }

  /**
   * Gives what has been told its numbers, and puts it into the queues of those it is for.
   *
   * Should two hubs do it at once, one of them is undone and finds nothing left.
   *
   * @returns how many
   */
  async sortOutbox(): Promise<number> {
    return await this.#db.transaction(async () => {
      const told = await this.#db.now
        .selectFrom('webhook_outbox')
        .selectAll()
        .orderBy('outbox_id')
        .limit(SORTED_AT_ONCE)
        .execute();
      if (told.length === 0) return 0;
      let id = (await this.kept())?.toId ?? 0;
      for (const { outbox_id, event, body, occurred_at_ms, webhook_id } of told) {
        id += 1;
        const row = { event_id: id, event, body, occurred_at_ms };
        await this.#db.now.insertInto('webhook_events').values(row).execute();
        await this.#queue(id, event, webhook_id);
        await this.#db.now
          .deleteFrom('webhook_outbox')
          .where('outbox_id', '=', outbox_id)
          .execute();
      }
      return told.length;
    });
  }

  /** One that is switched off gets nothing now, and may have it replayed. */
  async #queue(id: number, event: string, webhookId: string | null): Promise<void> {
    const target =
      webhookId === null
        ? sql`s.event = ${event} AND w.state = 'active'`
        : sql`w.webhook_id = ${webhookId}`;
    await sql`INSERT INTO webhook_deliveries (webhook_id, event_id, state)
      SELECT DISTINCT w.webhook_id, CAST(${id} AS bigint), 'waiting' FROM webhooks w
      LEFT JOIN webhook_subscriptions s ON s.webhook_id = w.webhook_id WHERE ${target}`.execute(
      this.#db.now,
    );
  }

  /** Addresses for which something waits. */
  async waitingFor(): Promise<readonly string[]> {
    const rows = await this.#db.now
      .selectFrom('webhook_deliveries')
      .select('webhook_id')
      .distinct()
      .where('state', '=', 'waiting')
      .execute();
    return rows.map(({ webhook_id }) => webhook_id);
  }

  /** The oldest: an address sees events in the order of their numbers. */
  async next(webhookId: string): Promise<WaitingEvent | undefined> {
    const row = await this.#db.now
      .selectFrom('webhook_deliveries as d')
      .innerJoin('webhook_events as e', 'e.event_id', 'd.event_id')
      .select(['e.event_id', 'e.event', 'e.occurred_at_ms', 'e.body', 'd.attempts'])
      .select('d.first_tried_ms')
      .where('d.webhook_id', '=', webhookId)
      .where('d.state', '=', 'waiting')
      .orderBy('d.event_id')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { first_tried_ms: firstMs } = row;
    return {
      id: row.event_id,
      event: eventOf(row.event),
      occurredAtMs: row.occurred_at_ms,
      body: row.body,
      attempts: row.attempts,
      firstTriedAt: firstMs === null ? null : Temporal.Instant.fromEpochMilliseconds(firstMs),
    };
  }

  async record({ webhookId, id, state, atMs, failure }: AttemptRecord): Promise<void> {
    await this.#db.now
      .updateTable('webhook_deliveries')
      .set((of) => ({
        state,
        attempts: of('attempts', '+', 1),
        first_tried_ms: of.fn.coalesce('first_tried_ms', of.val(atMs)),
        last_attempt_ms: atMs,
        last_failure: failure,
      }))
      .where('webhook_id', '=', webhookId)
      .where('event_id', '=', id)
      .execute();
  }

  async waiting(webhookId: string): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('webhook_deliveries')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('webhook_id', '=', webhookId)
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow();
    return n;
  }

  /** Newest first. */
  async deliveries(
    webhookId: string,
    { limit, after }: { readonly limit: number; readonly after: number | undefined },
  ): Promise<readonly DeliveryRow[]> {
    const rows = await this.#db.now
      .selectFrom('webhook_deliveries as d')
      .innerJoin('webhook_events as e', 'e.event_id', 'd.event_id')
      .select(['d.event_id', 'e.event', 'e.occurred_at_ms', 'd.state', 'd.attempts'])
      .select(['d.last_attempt_ms', 'd.last_failure'])
      .where('d.webhook_id', '=', webhookId)
      .$if(after !== undefined, (all) => all.where('d.event_id', '<', after ?? 0))
      .orderBy('d.event_id', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.event_id,
      event: eventOf(row.event),
      occurredAtMs: row.occurred_at_ms,
      state: stateOf.parse(row.state),
      attempts: row.attempts,
      lastAttemptMs: row.last_attempt_ms,
      lastFailure: row.last_failure,
    }));
  }

  /** The numbers that are still stored. */
  async kept(): Promise<EventRange | undefined> {
    const { from, to } = await this.#db.now
      .selectFrom('webhook_events')
      .select(({ fn }) => [fn.min('event_id').as('from'), fn.max('event_id').as('to')])
      .executeTakeFirstOrThrow();
    // With no row at all both are NULL, whatever the types say.
    const bounds: { readonly from: number | null; readonly to: number | null } = { from, to };
    return bounds.from === null || bounds.to === null
      ? undefined
      : { fromId: bounds.from, toId: bounds.to };
  }

  /** Within a unit of work. @returns how many are in the queue again */
  async replay(webhookId: string, { fromId, toId }: EventRange): Promise<number> {
    const { now } = this.#db;
    const fresh = { state: 'waiting', first_tried_ms: null } as const;
    const again = await now
      .updateTable('webhook_deliveries')
      .set(fresh)
      .where('webhook_id', '=', webhookId)
      .where('event_id', '>=', fromId)
      .where('event_id', '<=', toId)
      .executeTakeFirst();
    const missed = await sql`INSERT INTO webhook_deliveries (webhook_id, event_id, state)
      SELECT s.webhook_id, e.event_id, 'waiting' FROM webhook_events e
      JOIN webhook_subscriptions s ON s.event = e.event
      WHERE s.webhook_id = ${webhookId} AND e.event_id BETWEEN ${fromId} AND ${toId}
        AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d
          WHERE d.webhook_id = s.webhook_id AND d.event_id = e.event_id)`.execute(now);
    return Number(again.numUpdatedRows) + Number(missed.numAffectedRows ?? 0n);
  }

  /** Never the newest: numbers go on from it. Nor one that still waits for somebody. */
  async forgetOld(nowMs: number): Promise<void> {
    const newest = (await this.kept())?.toId ?? 0;
    await this.#db.transaction(async () => {
      const old = this.#db.now
        .selectFrom('webhook_events as e')
        .select('e.event_id')
        .where('e.occurred_at_ms', '<', nowMs - KEPT_MS)
        .where('e.event_id', '<', newest)
        .where((of) =>
          of.not(
            of.exists(
              of
                .selectFrom('webhook_deliveries as w')
                .select('w.event_id')
                .whereRef('w.event_id', '=', 'e.event_id')
                .where('w.state', '=', 'waiting'),
            ),
          ),
        );
      const ids = (await old.limit(SORTED_AT_ONCE).execute()).map(({ event_id }) => event_id);
      if (ids.length === 0) return;
      await this.#db.now.deleteFrom('webhook_deliveries').where('event_id', 'in', ids).execute();
      await this.#db.now.deleteFrom('webhook_events').where('event_id', 'in', ids).execute();
    });
  }
}

/** As it was written: the store holds only names that were known then. */
function eventOf(text: string): WebhookEventName {
  const known = WEBHOOK_EVENTS.find((name) => name === text);
  return known ?? 'webhook.test';
}
