import type { JoinInstructions } from '#contracts/rest/v1/join';
import { joinRoutes } from '#contracts/rest/v1/join';
import { punchRoutes } from '#contracts/rest/v1/punches';
import { siteRoutes, terminalRoutes } from '#contracts/rest/v1/terminals';
import { reachesPlace } from '#domain/authority/reach';
import { notAllowed } from '#hub/api/limits-of-reach';
import { versionOf } from '#hub/api/precondition';
import { serveRetirement } from '#hub/api/retirement-routes';
import type { RouteBook } from '#hub/api/route-book';
import type { RetirementDesk } from '#hub/site/retirement-desk';
import type { SiteDesk } from '#hub/site/site-desk';
import type { PunchRepository } from '#hub/storage/punch-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { TerminalRepository } from '#hub/storage/terminal-repository';
import type { Clock } from '#platform/clock/clock';

export interface SiteRoutesDeps {
  readonly site: SiteRepository;
  readonly punches: PunchRepository;
  readonly terminals: TerminalRepository;
  readonly clock: Clock;
  readonly join: JoinInstructions;
  readonly siteDesk: SiteDesk;
  readonly retirementDesk: RetirementDesk;
  /** Brings counts that are still in memory to the table. */
  readonly flushRefusals: () => Promise<void>;
}

export function serveSite(book: RouteBook, deps: SiteRoutesDeps): void {
  const { site, punches, terminals, siteDesk, clock, join } = deps;

  book.serve(siteRoutes, {
    site: async () => {
      const body = await site.get();
      return { body, version: versionOf(body) };
    },
    changeSite: async ({ body, places, isExpected, refuse }) => {
      const { siteId } = await site.get();
      if (!reachesPlace(places, siteId)) throw notAllowed('beyond-own');
      const changed = await siteDesk.change(body, (before) => isExpected(versionOf(before)));
      if (!changed.ok) throw refuse('stale');
      return { body: changed.value, version: versionOf(changed.value) };
    },
  });

  book.serve(joinRoutes, {
    joinInstructions: async ({ places }) => {
      const { siteId } = await site.get(); // where whoever joins by this code will stand
      if (!reachesPlace(places, siteId)) throw notAllowed('beyond-own');
      return { body: join };
    },
  });

  book.serve(terminalRoutes, {
    listTerminals: async ({ places }) => {
      await deps.flushRefusals();
      return { body: { terminals: await terminals.all(places) } };
    },
  });

  serveRetirement(book, deps.retirementDesk);

  book.serve(punchRoutes, {
    listPunches: async ({ query, reach, note }) => {
      const { zone } = await site.get();
      const today = clock.now().toZonedDateTimeISO(zone).toPlainDate();
      const date = query.date === undefined ? today : Temporal.PlainDate.from(query.date);
      const from = date.toZonedDateTime(zone).epochMilliseconds;
      const until = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
      const { punches: rows, total } = await punches.between({
        fromMs: from,
        untilMs: until,
        limit: query.limit,
        reach,
      });
      note({ subjectId: date.toString() });
      return { body: { date: date.toString(), zone, punches: [...rows], total } };
    },
  });
}
