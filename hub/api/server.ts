import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import { type FastifyInstance, fastify } from 'fastify';
import { type AttendanceRoutesDeps, attendanceRoutes } from '#hub/api/attendance-routes';
import { serveConsole } from '#hub/api/console-files';
import { guardRoutes } from '#hub/api/guard';
import { liveRoutes } from '#hub/api/live-routes';
import { peopleRoutes } from '#hub/api/people-routes';
import { localeOf, ProblemError, problemBody } from '#hub/api/problem';
import { sessionRoutes } from '#hub/api/session-routes';
import { type SiteRoutesDeps, siteRoutes } from '#hub/api/site-routes';
import type { LiveFeed } from '#hub/live/live-feed';
import type { PeopleDesk } from '#hub/people/people-desk';
import type { SignIn } from '#hub/sign-in/sign-in';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { Logger } from '#platform/log/logger';
import { isDiskFull } from '#platform/sqlite/database';

const BODY_BYTES_MAX = 64 * 1024; // the largest form is a person

/** R-EL2 in a browser: nothing from elsewhere; inline styles are how the console's library works. */
const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const;

export interface ServerDeps extends SiteRoutesDeps {
  readonly attendance: AttendanceRoutesDeps;
  readonly people: PersonRepository;
  readonly desk: PeopleDesk;
  readonly signIn: SignIn;
  readonly live: LiveFeed;
  readonly logger: Logger;
  readonly consoleDir: string | undefined;
}

export function emptyServer(): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
    trustProxy: false,
  });
  app.removeContentTypeParser('text/plain'); // what a form of another site could send unasked
  return app;
}

/** The hub's HTTP side, not yet listening. */
export async function buildServer(
  deps: ServerDeps,
  app: FastifyInstance = emptyServer(),
): Promise<FastifyInstance> {
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, { global: false });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(SECURITY_HEADERS);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  guardRoutes(app, deps.signIn);
  answerProblems(app, deps.logger);
  sessionRoutes(app, deps.signIn, deps.clock);
  peopleRoutes(app, deps.people, deps.desk);
  siteRoutes(app, deps);
  attendanceRoutes(app, deps.attendance);
  liveRoutes(app, deps.live, deps.signIn);
  await serveConsole(app, deps.consoleDir);
  return app;
}

function answerProblems(app: FastifyInstance, logger: Logger): void {
  app.setNotFoundHandler(() => {
    throw new ProblemError('absent');
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.kind === 'failed') logger.error({ err: error, url: request.url }, 'answer failed');
    const body = problemBody(problem, localeOf(request.headers['accept-language']));
    if (problem.retryAfterSeconds !== undefined)
      void reply.header('retry-after', problem.retryAfterSeconds);
    return reply
      .code(body.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(body));
  });
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDiskFull(error)) return new ProblemError('disk-full');
  switch (statusOf(error)) {
    case 400:
      return new ProblemError('invalid');
    case 413:
      return new ProblemError('too-large');
    case 415:
      return new ProblemError('unsupported');
    case 429:
      return new ProblemError('too-many');
    default:
      return new ProblemError('failed');
  }
}

/** What fastify and its plugins say about a request they would not take. */
function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
}
