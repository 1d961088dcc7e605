import { sql } from 'kysely';
import { z } from 'zod';
import { newGroupEvent } from '#contracts/rest/v1/group-events';
import type { HubDatabase } from '#hub/storage/hub-database';

/** One version of an event; its moments in epoch seconds, so that no change of zone moves them. */
export interface StoredEvent {
  readonly eventId: string;
  readonly version: number;
  readonly state: 'open' | 'closed';
  readonly fromS: number;
  readonly toS: number;
  readonly body: EventBody;
}

const { shape } = newGroupEvent;
const eventBody = z.strictObject({
  name: shape.name,
  lateAfterS: z.int().nullable(),
  sites: shape.sites,
  position: shape.position,
  radiusMeters: shape.radiusMeters,
  methods: shape.methods,
  roster: shape.roster,
});
export type EventBody = z.output<typeof eventBody>;

const savedBody = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(eventBody);

interface EventRow {
  readonly event_id: string;
  readonly version: number;
  readonly state: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly body: string;
}

/** Events as they were written, version by version. */
export class GroupEventRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(event: StoredEvent, deed: { readonly by: string; readonly atMs: number }) {
    await this.#db.now
      .insertInto('group_events')
      .values({
        event_id: event.eventId,
        version: event.version,
        state: event.state,
        from_s: event.fromS,
        to_s: event.toS,
        body: JSON.stringify(event.body),
        written_at_ms: deed.atMs,
        written_by: deed.by,
      })
      .execute();
  }

  /** As it stands: its last version. */
  async get(eventId: string): Promise<StoredEvent | undefined> {
    const row = await this.#db.now
      .selectFrom('group_events')
      .selectAll()
      .where('event_id', '=', eventId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : eventFrom(row);
  }

  /** The latest first, each as it stands, behind an event of that beginning. */
  async list(
    limit: number,
    after: readonly [number, string] | undefined,
  ): Promise<readonly StoredEvent[]> {
    const rows = await this.#db.now
      .selectFrom('group_events as e')
      .selectAll()
      .where(
        sql<boolean>`NOT EXISTS (SELECT 1 FROM group_events l
          WHERE l.event_id = e.event_id AND l.version > e.version)`,
      )
      .$if(after !== undefined, (all) => {
        const [fromS, eventId] = after ?? [0, ''];
        return all.where((of) =>
          of.or([
            of('e.from_s', '<', fromS),
            of.and([of('e.from_s', '=', fromS), of('e.event_id', '>', eventId)]),
          ]),
        );
      })
      .orderBy('e.from_s', 'desc')
      .orderBy('e.event_id')
      .limit(limit)
      .execute();
    return rows.map(eventFrom);
  }

  /** Whoever punched within the window where it is held, or at this very event; in order of ids. */
  async peopleNear({ eventId, fromS, toS, body }: StoredEvent): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('punches')
      .select('person_id')
      .distinct()
      .where('at_ms', '>=', fromS * 1000)
      .where('at_ms', '<', (toS + 1) * 1000)
      .$if(body.sites.length > 0, (all) =>
        all.where((of) => of.or([of('site_id', 'in', body.sites), of('event_id', '=', eventId)])),
      )
      .execute();
    return rows.map((row) => row.person_id).toSorted();
  }
}

function eventFrom(row: EventRow): StoredEvent {
  return {
    eventId: row.event_id,
    version: row.version,
    state: groupEventState.parse(row.state),
    fromS: row.from_s,
    toS: row.to_s,
    body: savedBody.parse(row.body),
  };
}

const groupEventState = z.enum(['open', 'closed']);
