import type { Workplace, WorkplaceRepository } from '#hub/storage/workplace-repository';
import type { Clock } from '#platform/clock/clock';

interface SiteDatesDeps {
  readonly workplaces: WorkplaceRepository;
  readonly clock: Clock;
}

/** What date it is where somebody is at home. */
export class SiteDates {
  readonly #deps: SiteDatesDeps;

  constructor(deps: SiteDatesDeps) {
    this.#deps = deps;
  }

  /** The oldest site that is open. */
  async firstSite(): Promise<string | undefined> {
    const sites = await this.#deps.workplaces.all();
    return sites.find(({ isClosed }) => !isClosed)?.siteId;
  }

  /** @param siteId of a person's home; anything else is read on the clock of the oldest site */
  async todayAt(siteId: string | undefined): Promise<string> {
    return (await this.todays())(siteId);
  }

  /** For many people at once. */
  async todays(): Promise<(siteId: string | undefined) => string> {
    const now = this.#deps.clock.now();
    const sites = await this.#deps.workplaces.all();
    const dates = new Map(sites.map((site) => [site.siteId, dateAt(now, site)]));
    const usual = sites.map((site) => dateAt(now, site)).at(0) ?? dateAt(now, { zone: 'UTC' });
    return (siteId) => dates.get(siteId ?? '') ?? usual;
  }
}

function dateAt(now: Temporal.Instant, { zone }: Pick<Workplace, 'zone'>): string {
  return now.toZonedDateTimeISO(zone).toPlainDate().toString();
}
