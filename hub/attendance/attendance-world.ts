import { ruleOf, specialDayOf, USUAL_MARGINS } from '#contracts/attendance/rule-mapper';
import type { CalendarSource } from '#domain/attendance/calendar/calendar';
import type { Progress } from '#domain/attendance/finality/finality';
import type { World } from '#domain/attendance/person';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { zoneClocks } from '#domain/attendance/time/zone-clock';
import { nationalCalendar } from '#hub/attendance/national-calendar';
import type { AttendanceRecordRepository } from '#hub/storage/attendance-record-repository';
import type {
  AttendanceRuleRepository,
  RuleVersion,
} from '#hub/storage/attendance-rule-repository';
import type {
  AttendanceState,
  AttendanceWorkRepository,
} from '#hub/storage/attendance-work-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { TerminalRepository } from '#hub/storage/terminal-repository';
import type { Clock } from '#platform/clock/clock';

interface WorldDeps {
  readonly site: SiteRepository;
  readonly rules: AttendanceRuleRepository;
  readonly records: AttendanceRecordRepository;
  readonly work: AttendanceWorkRepository;
  readonly terminals: TerminalRepository;
  readonly calendar: CalendarSource;
  readonly clock: Clock;
}

/** Everything people have in common, at one moment. */
export interface WorldNow {
  readonly world: World;
  readonly versions: readonly RuleVersion[];
  /** The version of each rule of the world, by id and first day. */
  readonly versionOf: ReadonlyMap<string, number>;
  /** Company days and site, as they enter the hash of a day's inputs. */
  readonly setting: string;
}

type Lasting = Omit<WorldNow, 'world'> & { readonly world: Omit<World, 'progress'> };

/**
 * Reads rules, calendars and progress; what lasts is read again only when it changed. Not to be asked
 * within a transaction that has moved the revision: what it remembers would outlive a rollback.
 */
export class AttendanceWorld {
  readonly #deps: WorldDeps;
  #lasting: { readonly key: string; readonly value: Lasting } | undefined;

  constructor(deps: WorldDeps) {
    this.#deps = deps;
  }

  async now(): Promise<WorldNow> {
    const { site, work } = this.#deps;
    const { siteId, zone } = await site.get();
    const state = await work.state();
    const key = `${state.revision} ${siteId} ${zone}`;
    const known =
      this.#lasting?.key === key ? this.#lasting : { key, value: await this.#read(siteId, zone) };
    this.#lasting = known;
    const progress = await this.#progress(state);
    return { ...known.value, world: { ...known.value.world, progress } };
  }

  /** Epoch second, and today's date at the site. */
  async today(): Promise<{ readonly now: number; readonly day: number }> {
    const { clock, site } = this.#deps;
    const { zone } = await site.get();
    const now = clock.now();
    const date = now.toZonedDateTimeISO(zone).toPlainDate().toString();
    return { now: Math.floor(now.epochMilliseconds / 1000), day: dayNumberOf(date) };
  }

  async #progress({ lockedThrough }: AttendanceState): Promise<Progress> {
    const { clock, terminals } = this.#deps;
    const through = await terminals.completeThroughMs();
    return {
      asOf: Math.floor(clock.now().epochMilliseconds / 1000),
      watermarks: through.map((ms) => Math.floor(ms / 1000)),
      lockedThrough: lockedThrough === undefined ? null : dayNumberOf(lockedThrough),
    };
  }

  async #read(siteId: string, zone: string): Promise<Lasting> {
    const { rules, records, calendar } = this.#deps;
    const versions = await rules.versions();
    const companyDays = await records.companyDays();
    const place = { id: siteId, position: null, radiusMeters: 300, bssids: new Set<string>() };
    const [versionOf, mapped] = [new Map<string, number>(), []] as [
      Map<string, number>,
      World['rules'][number][],
    ];
    for (const { version, rule } of versions) {
      const own = ruleOf(rule, zone);
      mapped.push(own);
      versionOf.set(`${own.id} ${own.effectiveFrom}`, version);
    }
    return {
      versions,
      versionOf,
      setting: JSON.stringify([zone, siteId, companyDays]),
      world: {
        zone,
        clockOf: zoneClocks(),
        rules: mapped,
        calendar: nationalCalendar(zone, calendar),
        companyDays: companyDays.map((day) => specialDayOf(day, USUAL_MARGINS)),
        sites: new Map([[siteId, place]]),
      },
    };
  }
}
