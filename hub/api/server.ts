import type { RequestListener, Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import { type FastifyInstance, fastify } from 'fastify';
import { answerProblems } from '#hub/api/answer-problems';
import { type AttendanceRoutesDeps, serveAttendance } from '#hub/api/attendance-routes';
import { serveConsole } from '#hub/api/console-files';
import { guardRoutes } from '#hub/api/guard';
import { serveHealth } from '#hub/api/health-routes';
import { serveLive } from '#hub/api/live-routes';
import { serveOpenApi } from '#hub/api/open-api-routes';
import { type PeopleRoutesDeps, servePeople } from '#hub/api/people-routes';
import { logRequests } from '#hub/api/request-lines';
import { BODY_BYTES_MAX, RouteBook } from '#hub/api/route-book';
import { type SessionRoutesDeps, serveSession } from '#hub/api/session-routes';
import { type SiteRoutesDeps, serveSite } from '#hub/api/site-routes';
import { UnderWay } from '#hub/api/under-way';
import type { LiveFeed } from '#hub/live/live-feed';
import type { HubMetrics } from '#hub/operations/hub-figures';
import type { IdempotencyRepository } from '#hub/storage/idempotency-repository';
import type { Probe } from '#platform/health/readiness';
import type { Logger } from '#platform/log/logger';
import { secureHeaders } from '#platform/web/secure-headers';

const CLOSING_MS_MAX = 10_000; // an answer that takes longer than this is cut off when the hub stops

/** The console's library writes its styles into the page; the portal receives pushes. */
const PAGES = { styles: 'inline', workers: 'service-worker' } as const;
const HEADERS = {
  http: secureHeaders({ ...PAGES, transport: 'plain' }),
  https: secureHeaders({ ...PAGES, transport: 'tls' }),
} as const;

/** How the hub is doing, for whoever runs it. */
export interface ServerOperations {
  readonly metrics: HubMetrics;
  readonly probes: readonly Probe[];
}

export interface ServerDeps extends SiteRoutesDeps, PeopleRoutesDeps, SessionRoutesDeps {
  readonly attendance: AttendanceRoutesDeps;
  readonly answers: IdempotencyRepository;
  readonly live: LiveFeed;
  readonly logger: Logger;
  readonly consoleDir: string | undefined;
  readonly operations: ServerOperations;
}

export interface ServerPlace {
  /** Whose `x-forwarded-*` is believed. */
  readonly trustProxy?: string[] | false;
  /** Plain HTTP unless given. */
  readonly makeServer?: (handler: RequestListener) => Server;
}

export function emptyServer({ trustProxy = false, makeServer }: ServerPlace = {}): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
    trustProxy,
    ...(makeServer === undefined ? {} : { serverFactory: makeServer }),
  });
  app.removeContentTypeParser('text/plain'); // what a form of another site could send unasked
  return app;
}

/** The hub's HTTP side, not yet listening. */
export async function buildServer(
  deps: ServerDeps,
  app: FastifyInstance = emptyServer(),
): Promise<FastifyInstance> {
  const underWay = new UnderWay();
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, { global: false });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(HEADERS[request.protocol]);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  logRequests(app, { logger: deps.logger, metrics: deps.operations.metrics });
  underWay.watch(app);
  guardRoutes(app, deps.signIn);
  answerProblems(app, deps.logger);
  const book = new RouteBook(app, { ...deps, underWay });
  serveSession(book, deps);
  servePeople(book, deps);
  serveSite(book, deps);
  serveAttendance(book, deps.attendance);
  serveLive(book, { ...deps, app });
  serveOpenApi(book);
  serveHealth(app, deps.operations.probes);
  await serveConsole(app, deps.consoleDir);
  closeGently(app, underWay);
  return app;
}

/** Whoever has been let in is answered; nobody else is, and the database outlives them all. */
function closeGently(app: FastifyInstance, underWay: UnderWay): void {
  app.addHook('preClose', async () => {
    const limit = new AbortController();
    const waited = setTimeout(CLOSING_MS_MAX, undefined, { signal: limit.signal, ref: false });
    await Promise.race([underWay.settled(), waited]);
    limit.abort();
    await waited.catch(() => undefined); // aborted: everything was answered in time
  });
  app.addHook('onClose', () => underWay.settled());
}
