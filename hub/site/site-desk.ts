import type { Site, SiteChange } from '#contracts/rest/v1/terminals';
import { failed, ok, type Result } from '#domain/result';
import type { RuleDesk } from '#hub/attendance/rule-desk';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';

interface SiteDeskDeps {
  readonly db: HubDatabase;
  readonly site: SiteRepository;
  readonly downLog: DownLogRepository;
  readonly ruleDesk: RuleDesk;
  readonly clock: Clock;
  /** Called after each commit: terminals have to hear of it, and days may have moved. */
  readonly onChange: () => void;
}

/** Where the site is renamed or moved to another clock. */
export class SiteDesk {
  readonly #deps: SiteDeskDeps;

  constructor(deps: SiteDeskDeps) {
    this.#deps = deps;
  }

  /**
   * What is not named stays as it is.
   *
   * @param isSeen whether the change was meant for the site as it is now
   */
  async change(
    { name, zone }: SiteChange,
    isSeen: (before: Site) => boolean,
  ): Promise<Result<Site, 'stale'>> {
    const { db, site, downLog, ruleDesk, clock, onChange } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    const changed = await db.transaction(async (): Promise<Result<Site, 'stale'>> => {
      const before = await site.get();
      if (!isSeen(before)) return failed('stale');
      const after = { ...before, name: name ?? before.name, zone: zone ?? before.zone };
      await site.change(after);
      if (before.zone !== after.zone) await ruleDesk.clockChanged();
      await downLog.append(after.siteId, { kind: 'site' }, atMs);
      return ok(after);
    });
    if (changed.ok) onChange();
    return changed;
  }
}
