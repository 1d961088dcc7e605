import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { JoinInstructions } from '#contracts/rest/v1/join';
import { punchesQuery } from '#contracts/rest/v1/punches';
import { type Site, siteChange } from '#contracts/rest/v1/terminals';
import { parsed } from '#hub/api/problem';
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
  /** Reads, changes and writes as one; what is not named stays as it is. */
  readonly changeSite: (change: z.output<typeof siteChange>) => Promise<Site>;
  /** Brings counts that are still in memory to the table. */
  readonly flushRefusals: () => Promise<void>;
}

export function siteRoutes(app: FastifyInstance, deps: SiteRoutesDeps): void {
  const { site, punches, terminals, clock, join } = deps;

  app.get('/api/v1/site', () => site.get());

  app.route({
    method: ['PATCH', 'PUT'],
    url: '/api/v1/site',
    handler: (request) => deps.changeSite(parsed(siteChange, request.body)),
  });

  app.get('/api/v1/join', () => join);

  app.get('/api/v1/terminals', async () => {
    await deps.flushRefusals();
    return { terminals: await terminals.all() };
  });

  app.get('/api/v1/punches', async (request) => {
    const { date: asked, limit } = parsed(punchesQuery, request.query);
    const { zone } = await site.get();
    const today = clock.now().toZonedDateTimeISO(zone).toPlainDate();
    const date = asked === undefined ? today : Temporal.PlainDate.from(asked);
    const from = date.toZonedDateTime(zone).epochMilliseconds;
    const until = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
    return { date: date.toString(), zone, ...(await punches.between(from, until, limit)) };
  });
}
