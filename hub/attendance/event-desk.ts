import { randomUUID } from 'node:crypto';
import type { Refusal } from '#contracts/attendance/refusal';
import { epochOf } from '#contracts/attendance/time-text';
import type { NewGroupEvent } from '#contracts/rest/v1/group-events';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import { eventFaults } from '#hub/attendance/written-faults';
import type { GroupEventRepository, StoredEvent } from '#hub/storage/group-event-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';

const WINDOW_SECONDS_MAX = 7 * 86_400; // a conference; longer is a month in the wrong field

interface EventDeskDeps {
  readonly db: HubDatabase;
  readonly events: GroupEventRepository;
  readonly people: PersonRepository;
  readonly site: SiteRepository;
  readonly world: AttendanceWorld;
  readonly clock: Clock;
}

export type EventFailure =
  | { readonly kind: 'absent' | 'stale' }
  | { readonly kind: 'refused' | 'conflict'; readonly refusals: readonly Refusal[] };

/** Who writes an event, and how far they may. */
export interface EventDeed {
  readonly by: string;
  /** Whom they may ask to come; an event for anybody takes a reach to everybody. */
  readonly reach: Reach;
}

/** Who changes an event, and whether they mean it as it stands. */
export interface EventChange extends EventDeed {
  readonly isExpected: (version: string) => boolean;
}

/** Where group-punch events are announced, changed and closed. Each time another version is written. */
export class EventDesk {
  readonly #deps: EventDeskDeps;

  constructor(deps: EventDeskDeps) {
    this.#deps = deps;
  }

  async add(given: NewGroupEvent, deed: EventDeed): Promise<Result<StoredEvent, EventFailure>> {
    const { db, events, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    const eventId = randomUUID();
    return await db.transaction(async () => {
      const written = await this.#read(given, deed.reach);
      if (!written.ok) return written;
      const event = { ...written.value, eventId, version: 1, state: 'open' as const };
      await events.add(event, { by: deed.by, atMs });
      return ok(event);
    });
  }

  async change(
    eventId: string,
    given: NewGroupEvent,
    change: EventChange,
  ): Promise<Result<StoredEvent, EventFailure>> {
    return await this.#next(eventId, change, async (before) => {
      const written = await this.#read(given, change.reach);
      return written.ok ? ok({ ...before, ...written.value }) : written;
    });
  }

  async close(eventId: string, change: EventChange): Promise<Result<StoredEvent, EventFailure>> {
    return await this.#next(eventId, change, async (before) => ok({ ...before, state: 'closed' }));
  }

  async #next(
    eventId: string,
    { by, reach, isExpected }: EventChange,
    edit: (before: StoredEvent) => Promise<Result<StoredEvent, EventFailure>>,
  ): Promise<Result<StoredEvent, EventFailure>> {
    const { db, events, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      const before = await events.get(eventId);
      if (before === undefined || !(await this.#isReached(before, reach))) {
        return failed({ kind: 'absent' });
      }
      if (!isExpected(String(before.version))) return failed({ kind: 'stale' });
      if (before.state === 'closed') return failed({ kind: 'conflict', refusals: [CLOSED] });
      const after = await edit(before);
      if (!after.ok) return after;
      const event = { ...after.value, version: before.version + 1 };
      await events.add(event, { by, atMs });
      return ok(event);
    });
  }

  /** All who are asked to come are within reach, or it is for anybody and so is the reach. */
  async #isReached({ body: { roster } }: StoredEvent, reach: Reach): Promise<boolean> {
    if (reach.kind === 'everybody') return true;
    return (
      roster.length > 0 && (await this.#deps.people.within(roster, reach)).size === roster.length
    );
  }

  async #read(
    given: NewGroupEvent,
    reach: Reach,
  ): Promise<Result<Pick<StoredEvent, 'fromS' | 'toS' | 'body'>, EventFailure>> {
    const { site, people, world } = this.#deps;
    const faults = eventFaults(given, await site.get());
    if (faults.length > 0) return failed({ kind: 'refused', refusals: faults });
    const now = (await world.now()).world;
    const clock = now.clockOf(now.zone);
    const [fromS, toS] = [epochOf(given.from, clock), epochOf(given.to, clock)];
    const lateAfterS = given.lateAfter === undefined ? null : epochOf(given.lateAfter, clock);
    const { from: _from, to: _to, lateAfter: _late, ...body } = given;
    const unknown = await strangerOn(given.roster, { people, reach });
    const refusals = [
      ...(toS < fromS || toS - fromS > WINDOW_SECONDS_MAX ? [WINDOW] : []),
      ...(lateAfterS !== null && (lateAfterS < fromS || lateAfterS > toS) ? [LATE] : []),
      ...(unknown === undefined ? [] : [nobody(unknown)]),
      ...(given.roster.length === 0 && reach.kind !== 'everybody' ? [SOMEBODY] : []),
    ];
    if (refusals.length > 0) return failed({ kind: 'refused', refusals });
    return ok({ fromS, toS, body: { ...body, lateAfterS } });
  }
}

interface Known {
  readonly people: PersonRepository;
  readonly reach: Reach;
}

/** Of those within reach; of the others one learns nothing, not even that they are there. */
async function strangerOn(roster: readonly string[], { people, reach }: Known) {
  const known = await people.within(roster, reach);
  const index = roster.findIndex((personId) => !known.has(personId));
  return index === -1 ? undefined : index;
}

const CLOSED: Refusal = {
  path: 'state',
  'zh-CN': '活动已结束，不能再修改',
  en: 'the event is closed and is not changed any more',
};
const SOMEBODY: Refusal = {
  path: 'roster',
  'zh-CN': '请列出参加人员；对所有人开放的活动须由管理全公司规则的管理员发布',
  en: 'say who is asked to come; an event for anybody is announced by whoever sets the rules of all',
};
const WINDOW: Refusal = {
  path: 'to',
  'zh-CN': '结束时间必须晚于开始时间，且最长 7 天',
  en: 'the window must end after it begins, and lasts 7 days at most',
};
const LATE: Refusal = {
  path: 'lateAfter',
  'zh-CN': '迟到时间必须在打卡时段之内',
  en: 'lateAfter must lie within the window',
};

function nobody(index: number): Refusal {
  return {
    path: `roster[${index}]`,
    'zh-CN': '没有这位员工',
    en: 'there is nobody with this id',
  };
}
