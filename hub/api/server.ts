import type { RequestListener, Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import { type FastifyInstance, fastify } from 'fastify';
import { type AccountRoutesDeps, serveAccount } from '#hub/api/account-routes';
import { answerProblems } from '#hub/api/answer-problems';
import { serveApprovals } from '#hub/api/approval-routes';
import { type AttendanceRoutesDeps, serveAttendance } from '#hub/api/attendance-routes';
import { type AuditRoutesDeps, serveAudit } from '#hub/api/audit-routes';
import { type AuthorityRoutesDeps, serveAuthority } from '#hub/api/authority-routes';
import { serveConsole } from '#hub/api/console-files';
import { type DepartmentRoutesDeps, serveDepartments } from '#hub/api/department-routes';
import { serveExceptions } from '#hub/api/exception-routes';
import { serveExports } from '#hub/api/export-routes';
import { serveForms } from '#hub/api/form-routes';
import { type GuardDeps, guardRoutes } from '#hub/api/guard';
import { serveHealth } from '#hub/api/health-routes';
import { type LiveRoutesDeps, serveLive } from '#hub/api/live-routes';
import { serveOpenApi } from '#hub/api/open-api-routes';
import { servePayroll } from '#hub/api/payroll-routes';
import { type PeopleRoutesDeps, servePeople } from '#hub/api/people-routes';
import { logRequests } from '#hub/api/request-lines';
import { BODY_BYTES_MAX, RouteBook } from '#hub/api/route-book';
import { type SessionRoutesDeps, serveSession } from '#hub/api/session-routes';
import { type SheetRoutesDeps, serveSheets } from '#hub/api/sheet-routes';
import { type SiteRoutesDeps, serveSite } from '#hub/api/site-routes';
import { UnderWay } from '#hub/api/under-way';
import { serveWebhooks, type WebhookRoutesDeps } from '#hub/api/webhook-routes';
import type { Approvals } from '#hub/approvals/open-approvals';
import type { AuditLog } from '#hub/audit/audit-log';
import type { Exceptions } from '#hub/exceptions/case-desk';
import type { Exports } from '#hub/exports/open-exports';
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

export interface ServerDeps
  extends GuardDeps,
    SessionRoutesDeps,
    AccountRoutesDeps,
    AuthorityRoutesDeps,
    AuditRoutesDeps,
    Omit<LiveRoutesDeps, 'app'>,
    SiteRoutesDeps,
    PeopleRoutesDeps,
    DepartmentRoutesDeps,
    SheetRoutesDeps {
  readonly auditLog: AuditLog;
  readonly attendance: AttendanceRoutesDeps;
  readonly approvals: Approvals;
  readonly exports: Exports;
  readonly exceptions: Exceptions;
  readonly answers: IdempotencyRepository;
  readonly logger: Logger;
  readonly consoleDir: string | undefined;
  readonly operations: ServerOperations;
  readonly webhooks: WebhookRoutesDeps;
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
  guardRoutes(app, deps);
  answerProblems(app, deps.logger);
  const book = new RouteBook(app, { ...deps, underWay });
  serveSession(book, deps);
  serveAccount(book, deps);
  serveAuthority(book, deps);
  serveAudit(book, deps);
  servePeople(book, deps);
  serveDepartments(book, deps);
  serveSheets(book, deps);
  serveSite(book, deps);
  serveAttendance(book, deps.attendance);
  serveForms(book, deps.approvals);
  serveApprovals(book, deps.approvals);
  serveExceptions(book, deps.exceptions);
  serveWebhooks(book, deps.webhooks);
  servePayroll(book, deps.exports);
  serveExports(book, deps.exports);
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
