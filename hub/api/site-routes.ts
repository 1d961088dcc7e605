import type { JoinInstructions } from '#contracts/rest/v1/join';
import { joinRoutes } from '#contracts/rest/v1/join';
import { punchRoutes } from '#contracts/rest/v1/punches';
import { siteRoutes, terminalRoutes } from '#contracts/rest/v1/terminals';
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
    changeSite: async ({ body, isExpected, refuse }) => {
      const changed = await siteDesk.change(body, (before) => isExpected(versionOf(before)));
      if (!changed.ok) throw refuse('stale');
      return { body: changed.value, version: versionOf(changed.value) };
    },
  });

  book.serve(joinRoutes, { joinInstructions: () => ({ body: join }) });

  book.serve(terminalRoutes, {
    listTerminals: async () => {
      await deps.flushRefusals();
      return { body: { terminals: await terminals.all() } };
    },
  });

  serveRetirement(book, deps.retirementDesk);

  book.serve(punchRoutes, {
    listPunches: async ({ query }) => {
      const { zone } = await site.get();
      const today = clock.now().toZonedDateTimeISO(zone).toPlainDate();
      const date = query.date === undefined ? today : Temporal.PlainDate.from(query.date);
      const from = date.toZonedDateTime(zone).epochMilliseconds;
      const until = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
      const { punches: rows, total } = await punches.between(from, until, query.limit);
      return { body: { date: date.toString(), zone, punches: [...rows], total } };
    },
  });
}
