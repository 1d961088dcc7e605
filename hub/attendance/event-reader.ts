import { setImmediate as nextTurn } from 'node:timers/promises';
import { instantText } from '#contracts/attendance/day-mapper';
import type { GroupEventAnswer, GroupEventAttendance } from '#contracts/rest/v1/group-events';
import { attendanceListOf, type GroupEvent } from '#domain/attendance/event/event';
import type { World } from '#domain/attendance/person';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { Reach } from '#domain/authority/reach';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { PersonReader } from '#hub/attendance/person-reader';
import { decidedThrough } from '#hub/attendance/settle-day';
import type { GroupEventRepository, StoredEvent } from '#hub/storage/group-event-repository';
import type { PersonRepository } from '#hub/storage/person-repository';

const UNINVITED_MAX = 1000; // beside a roster; whoever else punched at a busy site is counted only
const PEOPLE_PER_TURN = 8; // some 20 ms, then others first

/** Which events, and how far the asker may see. */
export interface EventsWanted {
  readonly limit: number;
  readonly after: readonly [number, string] | undefined;
  readonly reach: Reach;
}

interface EventReaderDeps {
  readonly events: GroupEventRepository;
  readonly people: PersonRepository;
  readonly reader: PersonReader;
  readonly world: AttendanceWorld;
}

/** Reads who came to an event from the punches as they are known now. Nothing is stored by it. */
export class EventReader {
  readonly #deps: EventReaderDeps;

  constructor(deps: EventReaderDeps) {
    this.#deps = deps;
  }

  async event(eventId: string, reach: Reach): Promise<GroupEventAnswer | undefined> {
    const event = await this.#deps.events.get(eventId);
    const [shown] = event === undefined ? [] : await this.#shownOf([event], reach);
    return shown === undefined ? undefined : await this.answer(shown);
  }

  async answer(event: StoredEvent): Promise<GroupEventAnswer> {
    return answerFrom(event, await this.#clock());
  }

  /** A page may be shorter than was asked for: events of others are left out of it. */
  async list({ limit, after, reach }: EventsWanted) {
    const events = await this.#deps.events.list(limit + 1, after);
    const clock = await this.#clock();
    const page = events.slice(0, limit);
    const last = page.at(-1);
    const hasMore = events.length > limit && last !== undefined;
    const next: [number, string] | undefined = hasMore ? [last.fromS, last.eventId] : undefined;
    const shown = await this.#shownOf(page, reach);
    return { events: shown.map((event) => answerFrom(event, clock)), next };
  }

  async attendance(eventId: string, reach: Reach): Promise<GroupEventAttendance | undefined> {
    const { events, people, world } = this.#deps;
    const whole = await events.get(eventId);
    const [event] = whole === undefined ? [] : await this.#shownOf([whole], reach);
    if (whole === undefined || event === undefined) return undefined;
    const { world: now } = await world.now();
    const { now: present } = await world.today();
    const invited = new Set(whole.body.roster);
    const expected = new Set(event.body.roster);
    const near = (await events.peopleNear(event)).filter((id) => !invited.has(id));
    const reached = await people.within(near, reach);
    const others = near.filter((id) => reached.has(id));
    const shown = [...expected, ...others.slice(0, UNINVITED_MAX)];
    const clock = now.clockOf(now.zone);
    const list = attendanceListOf(
      domainEvent(event),
      await this.#punchesOf(shown, event, now),
      now.sites,
    );
    const counts = { present: 0, late: 0, absent: 0, uninvited: 0 };
    for (const { status } of list) counts[status] += 1;
    return {
      eventId,
      version: event.version,
      settled: event.toS <= decidedThrough(present, now.progress.watermarks),
      counts,
      list: list.map((entry) => ({
        ...entry,
        at: entry.at === null ? null : instantText(entry.at, clock),
      })),
      leftOut: Math.max(0, others.length - UNINVITED_MAX),
    };
  }

  /** Those to which somebody within reach is asked, or anybody may come, with whom of them they are. */
  async #shownOf(events: readonly StoredEvent[], reach: Reach): Promise<readonly StoredEvent[]> {
    if (reach.kind === 'everybody') return events;
    const asked = new Set(events.flatMap(({ body }) => body.roster));
    const reached = await this.#deps.people.within([...asked], reach);
    return events.flatMap((event) => {
      const roster = event.body.roster.filter((id) => reached.has(id));
      const isOthers = event.body.roster.length > 0 && roster.length === 0;
      return isOthers ? [] : [{ ...event, body: { ...event.body, roster } }];
    });
  }

  /** Cleaned as for their days, so that a withdrawn punch proves as little here as there. */
  async #punchesOf(
    people: readonly string[],
    { fromS, toS }: StoredEvent,
    now: World,
  ): Promise<ReadonlyMap<string, readonly CleanPunch[]>> {
    const clock = now.clockOf(now.zone);
    const dates = [clock.wallOf(fromS).day, clock.wallOf(toS).day];
    const punches = new Map<string, readonly CleanPunch[]>();
    for (const [index, personId] of people.entries()) {
      if (index % PEOPLE_PER_TURN === PEOPLE_PER_TURN - 1) await nextTurn();
      const { timeline } = await this.#deps.reader.read(personId, dates, now);
      punches.set(personId, timeline.punches);
    }
    return punches;
  }

  async #clock(): Promise<ZoneClock> {
    const { world } = await this.#deps.world.now();
    return world.clockOf(world.zone);
  }
}

function answerFrom(event: StoredEvent, clock: ZoneClock): GroupEventAnswer {
  const { eventId, version, state, fromS, toS, body } = event;
  const { lateAfterS, ...rest } = body;
  return {
    eventId,
    version,
    state,
    from: instantText(fromS, clock),
    to: instantText(toS, clock),
    ...(lateAfterS === null ? {} : { lateAfter: instantText(lateAfterS, clock) }),
    ...rest,
  };
}

function domainEvent({ eventId, fromS, toS, body }: StoredEvent): GroupEvent {
  return {
    id: eventId,
    from: fromS,
    to: toS,
    lateAfter: body.lateAfterS,
    siteIds: new Set(body.sites),
    position: body.position ?? null,
    radiusMeters: body.radiusMeters,
    methods: new Set(body.methods),
    roster: body.roster,
  };
}
