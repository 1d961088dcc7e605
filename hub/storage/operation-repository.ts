import { sql } from 'kysely';
import type { HubDatabase } from '#hub/storage/hub-database';

/** How things stand, for whoever watches the hub. */
export interface OperationCounts {
  readonly terminalsOnline: number;
  readonly terminalsOffline: number;
  /** Entries the terminals say they still hold. */
  readonly terminalQueue: number;
  readonly daysWaiting: number;
  readonly outbox: readonly OutboxCount[];
}

export interface OutboxCount {
  readonly channel: string;
  readonly waiting: number;
  readonly oldestMs: number | null;
}

export class OperationRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await sql`SELECT 1`.execute(this.#db.now);
  }

  async counts(): Promise<OperationCounts> {
    const { now } = this.#db;
    const terminals = await now
      .selectFrom('terminals')
      .select(({ fn }) => [fn.countAll<number>().as('joined')])
      .select(sql<number>`CAST(coalesce(sum(online), 0) AS bigint)`.as('online'))
      .select(sql<number>`CAST(coalesce(sum(queue_depth), 0) AS bigint)`.as('queue'))
      .where('sign_key', 'is not', null)
      .executeTakeFirstOrThrow();
    const dirty = await now
      .selectFrom('attendance_dirty')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return {
      terminalsOnline: terminals.online,
      terminalsOffline: terminals.joined - terminals.online,
      terminalQueue: terminals.queue,
      daysWaiting: dirty.n,
      outbox: [await this.#webhooksWaiting(), ...(await this.#noticesWaiting())],
    };
  }

  async #webhooksWaiting(): Promise<OutboxCount> {
    const waiting = await this.#db.now
      .selectFrom('webhook_deliveries as d')
      .innerJoin('webhook_events as e', 'e.event_id', 'd.event_id')
      .select(({ fn }) => [fn.countAll<number>().as('n'), fn.min('e.occurred_at_ms').as('oldest')])
      .where('d.state', '=', 'waiting')
      .executeTakeFirstOrThrow();
    const unsorted = await this.#db.now
      .selectFrom('webhook_outbox')
      .select(({ fn }) => [fn.countAll<number>().as('n'), fn.min('occurred_at_ms').as('oldest')])
      .executeTakeFirstOrThrow();
    const ages = [waiting.oldest, unsorted.oldest].filter((each) => each !== null);
    return {
      channel: 'webhook',
      waiting: waiting.n + unsorted.n,
      oldestMs: ages.length === 0 ? null : Math.min(...ages),
    };
  }

  async #noticesWaiting(): Promise<OutboxCount[]> {
    const rows = await this.#db.now
      .selectFrom('notices')
      .select('channel')
      .select(({ fn }) => [fn.countAll<number>().as('n'), fn.min('due_at_ms').as('oldest')])
      .where('state', '=', 'waiting')
      .groupBy('channel')
      .execute();
    return rows.map(({ channel, n, oldest }) => ({ channel, waiting: n, oldestMs: oldest }));
  }
}
