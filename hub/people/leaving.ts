import { employmentStateOf } from '#domain/people/employment';
import { Errands } from '#hub/errands';
import type { PersonWriter } from '#hub/people/person-writer';
import type { SiteDates } from '#hub/people/site-dates';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { LeavingRepository } from '#hub/storage/leaving-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

const LOOK_EVERY_MS = 60_000; // a day that ended is noticed within a minute
const PEOPLE_AT_ONCE = 100; // of a unit of work: punches wait for no more than that
/** Somebody who comes back within the month need not be enrolled again; afterwards nobody has a use for it. */
export const FACES_KEPT_DAYS = 30;

interface LeavingDeps {
  readonly db: HubDatabase;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly leaving: LeavingRepository;
  readonly writer: PersonWriter;
  readonly dates: SiteDates;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Lets people go when their last day is over: terminals forget them at once, their faces are erased
 * here a while later. Several hubs on one database may look at the same time; each person goes once.
 */
export class Leaving {
  readonly #deps: LeavingDeps;
  readonly #errands: Errands;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: LeavingDeps) {
    this.#deps = deps;
    this.#errands = new Errands(deps.logger);
  }

  start(): void {
    const look = () => this.#errands.run('letting people go', () => this.look());
    this.#timer = setInterval(look, LOOK_EVERY_MS);
    this.#timer.unref();
    look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#errands.settled();
  }

  async look(): Promise<void> {
    await this.#letGo();
    await this.#eraseFaces();
  }

  async #letGo(): Promise<void> {
    const { db, people, leaving, writer, dates, clock } = this.#deps;
    const todayAt = await dates.todays();
    const isOver = ({ siteId, employedTo }: { siteId: string | null; employedTo: string }) =>
      employmentStateOf({ to: employedTo }, todayAt(siteId ?? undefined)) === 'left';
    const due = (await leaving.due()).filter(isOver).map(({ personId }) => personId);
    for (let first = 0; first < due.length; first += PEOPLE_AT_ONCE) {
      const part = due.slice(first, first + PEOPLE_AT_ONCE);
      const atMs = clock.now().epochMilliseconds;
      await db.transaction(async () => {
        for (const record of await people.records(part)) {
          const employedTo = record.career.current.to;
          const siteId = record.siteIds[0] ?? null;
          // Somebody may have moved the last day meanwhile, or another hub was faster.
          const isDue = employedTo !== null && isOver({ siteId, employedTo });
          if (isDue && record.leftAtMs === null) {
            await writer.write(record, { ...record, leftAtMs: atMs }, atMs);
          }
        }
      });
    }
  }

  async #eraseFaces(): Promise<void> {
    const { db, leaving, templates, clock } = this.#deps;
    const until = clock.now().subtract({ hours: FACES_KEPT_DAYS * 24 }).epochMilliseconds;
    for (const personId of await leaving.withFacesSince(until)) {
      await db.transaction(async () => {
        const isStillGone = await leaving.hasLeftSince(personId, until);
        if (isStillGone) await templates.erase(personId);
      });
    }
  }
}
