import { setImmediate as nextTurn } from 'node:timers/promises';
import { computeDay } from '#domain/attendance/day';
import type { World } from '#domain/attendance/person';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import { timelineOf } from '#domain/attendance/timeline';
import type { AttendanceWorld, WorldNow } from '#hub/attendance/attendance-world';
import { DayInputs, lastingOf } from '#hub/attendance/day-inputs';
import type { DayKeeper } from '#hub/attendance/day-keeper';
import { noteCalendar } from '#hub/attendance/national-calendar';
import type { PersonReader } from '#hub/attendance/person-reader';
import { decidedThrough, storedDayOf } from '#hub/attendance/settle-day';
import { Errands } from '#hub/errands';
import type { DayCases } from '#hub/exceptions/day-cases';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import { isStorageFailure } from '#platform/sql/sql-failure';

const LOOK_EVERY_MS = 15_000; // a window that closed is seen within a quarter of a minute
const LOOK_PAUSE_MS = 500;
const SLICE_MS = 20; // what an acknowledgement may have to wait for us
const DATES_AT_ONCE = 62; // of one person: two months read once
const SEED_DAYS_MAX = 366; // a hub that was off for longer begins with the last year

interface RecomputeDeps {
  readonly db: HubDatabase;
  readonly work: AttendanceWorkRepository;
  readonly keeper: DayKeeper;
  readonly cases: DayCases;
  readonly rules: AttendanceRuleRepository;
  readonly people: PersonRepository;
  readonly world: AttendanceWorld;
  readonly reader: PersonReader;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Computes the days that are marked, a slice at a time between other work. A mark goes in the same
 * transaction as its result comes, so stopping at any point only means beginning there again. Several
 * hubs on one database share the marks: what one holds, the others leave out.
 */
export class Recompute {
  readonly #deps: RecomputeDeps;
  /** Somebody whose days could not be computed waits for the next look; the others do not wait for them. */
  readonly #failed = new Set<string>();
  readonly #errands: Errands;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #state: 'idle' | 'computing' | 'woken' = 'idle';
  #after = '';

  constructor(deps: RecomputeDeps) {
    this.#deps = deps;
    this.#errands = new Errands(deps.logger);
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(() => this.look()), LOOK_EVERY_MS);
    this.#timer.unref();
    const { db, world, work } = this.#deps;
    this.#begin(async () => {
      await db.transaction(
        async () => await noteCalendar((await world.now()).world.calendar, work),
      );
      await this.look();
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    [this.#timer, this.#soon] = [undefined, undefined];
    await this.#errands.settled();
  }

  /** Something was marked. Returns at once; the days are computed later. */
  wake(): void {
    if (this.#timer === undefined) return;
    const isIdle = this.#state === 'idle';
    this.#state = 'woken';
    if (isIdle) this.#begin(() => this.#computeMarked());
  }

  /** A terminal was heard of. Many of them in a second are one reason to look. */
  lookSoon(): void {
    if (this.#timer === undefined || this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#begin(() => this.#markSettled());
    }, LOOK_PAUSE_MS);
    this.#soon.unref();
  }

  /** Marks the days that began, and what time and terminals have settled meanwhile. */
  async look(): Promise<void> {
    this.#failed.clear();
    await this.#deps.db.transaction(async () => await this.#seed());
    await this.#markSettled();
  }

  /** @returns whether there is more to do */
  async slice(): Promise<boolean> {
    const { db, clock, world } = this.#deps;
    const until = clock.monotonicMs() + SLICE_MS;
    return await db.transaction(async () => {
      const now = await world.now();
      const inputs = new DayInputs(now);
      const seen = new Set<string>();
      let advanced = false;
      do {
        const personId = await this.#nextPerson();
        if (personId === undefined) return false;
        if (seen.has(personId)) return advanced; // what is left is in the hands of another hub
        seen.add(personId);
        advanced = (await this.#person(personId, now, inputs)) || advanced;
      } while (clock.monotonicMs() < until);
      return advanced;
    });
  }

  /** Slice by slice, until nothing is marked; whatever wakes it meanwhile makes it look once more. */
  async #computeMarked(): Promise<void> {
    try {
      while (this.#state === 'woken' && this.#timer !== undefined) {
        this.#state = 'computing';
        await nextTurn(); // others first: an acknowledgement does not wait for two slices
        if (await this.slice()) this.#state = 'woken';
      }
    } finally {
      this.#state = 'idle';
    }
  }

  /** When the disk is full, the database busy or away, the marks are still there at the next look. */
  #begin(step: () => Promise<void>): void {
    this.#errands.run('computing days', step);
  }

  async #markSettled(): Promise<void> {
    const { db, work, world } = this.#deps;
    await db.transaction(async () => {
      const { progress } = (await world.now()).world;
      const { now } = await world.today();
      await work.markSettled(now, decidedThrough(now, progress.watermarks));
    });
    this.wake();
  }

  async #seed(): Promise<void> {
    const { work, rules, world } = this.#deps;
    if ((await rules.versions()).length === 0) return; // nobody has to be anywhere
    const { day: today } = await world.today();
    const { seededThrough } = await work.state();
    const from = seededThrough === undefined ? today : dayNumberOf(seededThrough);
    for (let date = Math.max(from, today - SEED_DAYS_MAX); date <= today; date += 1) {
      await work.markMissing(isoOf(date));
    }
    if (seededThrough !== isoOf(today)) await work.saveSeeded(isoOf(today));
  }

  /** In turns, so that one who is marked again and again keeps nobody waiting. */
  async #nextPerson(): Promise<string | undefined> {
    for (const start of new Set([this.#after, ''])) {
      let candidate = await this.#deps.work.personAfter(start);
      while (candidate !== undefined && this.#failed.has(candidate)) {
        candidate = await this.#deps.work.personAfter(candidate);
      }
      this.#after = candidate ?? '';
      if (candidate !== undefined) return candidate;
    }
    return undefined;
  }

  /** @returns whether there was anything to do that nobody else does */
  async #person(personId: string, now: WorldNow, inputs: DayInputs): Promise<boolean> {
    const { db, logger } = this.#deps;
    try {
      return await db.part(async () => await this.#compute(personId, now, inputs));
    } catch (error) {
      if (isStorageFailure(error)) throw error; // no fault of the person's
      this.#failed.add(personId);
      logger.error({ err: error, personId }, 'the days of a person could not be computed');
      return true;
    }
  }

  async #compute(personId: string, now: WorldNow, inputs: DayInputs): Promise<boolean> {
    const { work, people } = this.#deps;
    const marked = (await work.datesOf(personId, DATES_AT_ONCE)).map(dayNumberOf);
    const from = marked.at(0) ?? 0;
    // Far apart, as a reset clock makes them: what lies between is not read.
    const dates = marked.filter((date) => date - from < DATES_AT_ONCE);
    if (dates.length === 0) return false;
    const isKnown = (await people.get(personId)) !== undefined;
    if (isKnown) await this.#computeDates(personId, dates, { now, inputs });
    await work.done(personId, dates.map(isoOf));
    return true;
  }

  async #computeDates(
    personId: string,
    dates: readonly number[],
    { now, inputs }: { readonly now: WorldNow; readonly inputs: DayInputs },
  ): Promise<void> {
    const { reader, keeper, cases } = this.#deps;
    const read = await reader.read(personId, dates, now.world);
    const lasting = lastingOf(read.person);
    const { lockedThrough } = now.world.progress;
    const isLocked = (date: number): boolean => date <= (lockedThrough ?? -Infinity);
    const settled = settledWorld(now.world);
    const halves = [
      { timeline: timelineOf(read.person, settled), own: read.reached.filter(isLocked) },
      { timeline: read.timeline, own: read.reached.filter((date) => !isLocked(date)) },
    ];
    const computed = halves.flatMap(({ timeline, own }) => {
      const { world } = timeline;
      return own.map((date) => {
        const day = computeDay(timeline, date);
        const hash = inputs.hashOf(read, lasting, date);
        return { day, stored: storedDayOf(day, { ...now, world }, hash) };
      });
    });
    const results = computed.map(({ stored }) => stored);
    const kept = await keeper.keep(results, new Set(dates.map(isoOf)), lockedThrough);
    const found = computed.filter(({ stored }) => kept.has(stored.date)).map(({ day }) => day);
    await cases.keep(personId, found);
  }
}

/** Once a period is locked, nobody waits for a terminal any more. */
function settledWorld(world: World): World {
  return { ...world, progress: { ...world.progress, watermarks: [] } };
}
