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
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import type { SqliteDatabase } from '#platform/sqlite/database';

const LOOK_EVERY_MS = 15_000; // a window that closed is seen within a quarter of a minute
const LOOK_PAUSE_MS = 500;
const SLICE_MS = 20; // what an acknowledgement may have to wait for us
const DATES_AT_ONCE = 62; // of one person: two months read once
const SEED_DAYS_MAX = 366; // a hub that was off for longer begins with the last year

interface RecomputeDeps {
  readonly db: SqliteDatabase;
  readonly work: AttendanceWorkRepository;
  readonly keeper: DayKeeper;
  readonly rules: AttendanceRuleRepository;
  readonly people: PersonRepository;
  readonly world: AttendanceWorld;
  readonly reader: PersonReader;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Computes the days that are marked, a slice at a time between other work. A mark goes in the same
 * transaction as its result comes, so stopping at any point only means beginning there again.
 */
export class Recompute {
  readonly #deps: RecomputeDeps;
  /** Somebody whose days could not be computed waits for the next look; the others do not wait for them. */
  readonly #failed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #next: NodeJS.Immediate | undefined;
  #soon: NodeJS.Timeout | undefined;
  #after = '';

  constructor(deps: RecomputeDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => this.#guarded(() => this.look()), LOOK_EVERY_MS);
    this.#timer.unref();
    this.#guarded(() => {
      noteCalendar(this.#deps.world.now().world.calendar, this.#deps.work);
      this.look();
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    clearImmediate(this.#next);
    [this.#timer, this.#soon, this.#next] = [undefined, undefined, undefined];
  }

  /** Something was marked. Returns at once; the days are computed later. */
  wake(): void {
    if (this.#timer === undefined || this.#next !== undefined) return;
    this.#next = setImmediate(() => {
      this.#next = undefined;
      this.#guarded(() => {
        if (this.slice()) this.wake();
      });
    });
  }

  /** A terminal was heard of. Many of them in a second are one reason to look. */
  lookSoon(): void {
    if (this.#timer === undefined || this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#guarded(() => this.#markSettled());
    }, LOOK_PAUSE_MS);
    this.#soon.unref();
  }

  /** Marks the days that began, and what time and terminals have settled meanwhile. */
  look(): void {
    this.#failed.clear();
    this.#deps.db.transaction(() => this.#seed()).immediate();
    this.#markSettled();
  }

  /** @returns whether there is more to do */
  slice(): boolean {
    const { db, clock, world } = this.#deps;
    const until = clock.monotonicMs() + SLICE_MS;
    let more = true;
    db.transaction(() => {
      const now = world.now();
      const inputs = new DayInputs(now);
      do {
        const personId = this.#nextPerson();
        more = personId !== undefined;
        if (personId !== undefined) this.#person(personId, now, inputs);
      } while (more && clock.monotonicMs() < until);
    }).immediate();
    return more;
  }

  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      // Disk full, database busy: the marks are still there at the next look.
      this.#deps.logger.error({ err: error }, 'days could not be computed');
    }
  }

  #markSettled(): void {
    const { work, world } = this.#deps;
    const { progress } = world.now().world;
    const { now } = world.today();
    work.markSettled(now, decidedThrough(now, progress.watermarks));
    this.wake();
  }

  #seed(): void {
    const { work, rules, world } = this.#deps;
    if (rules.versions().length === 0) return; // nobody has to be anywhere
    const { day: today } = world.today();
    const { seededThrough } = work.state();
    const from = seededThrough === undefined ? today : dayNumberOf(seededThrough);
    for (let date = Math.max(from, today - SEED_DAYS_MAX); date <= today; date += 1) {
      work.markMissing(isoOf(date));
    }
    if (seededThrough !== isoOf(today)) work.saveSeeded(isoOf(today));
  }

  /** In turns, so that one who is marked again and again keeps nobody waiting. */
  #nextPerson(): string | undefined {
    for (const start of new Set([this.#after, ''])) {
      let candidate = this.#deps.work.personAfter(start);
      while (candidate !== undefined && this.#failed.has(candidate)) {
        candidate = this.#deps.work.personAfter(candidate);
      }
      this.#after = candidate ?? '';
      if (candidate !== undefined) return candidate;
    }
    return undefined;
  }

  #person(personId: string, now: WorldNow, inputs: DayInputs): void {
    const { db, logger } = this.#deps;
    try {
      db.transaction(() => this.#compute(personId, now, inputs))();
    } catch (error) {
      if (isStorageError(error)) throw error;
      this.#failed.add(personId);
      logger.error({ err: error, personId }, 'the days of a person could not be computed');
    }
  }

  #compute(personId: string, now: WorldNow, inputs: DayInputs): void {
    const { work, people } = this.#deps;
    const marked = work.datesOf(personId, DATES_AT_ONCE).map(dayNumberOf);
    const from = marked.at(0);
    if (from === undefined) return;
    // Far apart, as a reset clock makes them: what lies between is not read.
    const dates = marked.filter((date) => date - from < DATES_AT_ONCE);
    const to = dates.at(-1) ?? from;
    if (people.get(personId) !== undefined) this.#computeDates(personId, dates, { now, inputs });
    work.done(personId, isoOf(to));
  }

  #computeDates(
    personId: string,
    dates: readonly number[],
    { now, inputs }: { readonly now: WorldNow; readonly inputs: DayInputs },
  ): void {
    const { reader, keeper } = this.#deps;
    const range = { from: Math.min(...dates), to: Math.max(...dates) };
    const read = reader.read(personId, range, now.world);
    const lasting = lastingOf(read.person);
    const locked = now.world.progress.lockedThrough ?? -Infinity;
    const halves = [
      { world: settledWorld(now.world), own: dates.filter((date) => date <= locked) },
      { world: now.world, own: dates.filter((date) => date > locked) },
    ];
    for (const { world, own } of halves) {
      const timeline = timelineOf(read.person, world);
      for (const date of own) {
        const hash = inputs.hashOf(read, lasting, date);
        keeper.keep(storedDayOf(computeDay(timeline, date), { ...now, world }, hash));
      }
    }
  }
}

/** Once a period is locked, nobody waits for a terminal any more. */
function settledWorld(world: World): World {
  return { ...world, progress: { ...world.progress, watermarks: [] } };
}

/** No fault of the person's: the disk is full, the database busy. */
function isStorageError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}
