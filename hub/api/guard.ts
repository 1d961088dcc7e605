import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assert } from '#domain/assert';
import { ProblemError } from '#hub/api/problem';
import type { SignIn } from '#hub/sign-in/sign-in';
import type { StoredSession } from '#hub/storage/session-repository';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public` answers without a session; `first-password` also while the first one stands. */
    access?: 'public' | 'first-password';
  }
  interface FastifyRequest {
    session: (StoredSession & { readonly token: string }) | undefined;
  }
}

export const SESSION_COOKIE = 'lintel_session';
export const CSRF_HEADER = 'x-lintel-csrf';

const READING = new Set(['GET', 'HEAD']);

/**
 * Default deny: every route, the unknown ones too, wants a session unless it is marked public, and
 * everything that changes something wants that session's token in a header no other site can set.
 */
export function guardRoutes(app: FastifyInstance, signIn: SignIn): void {
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request) => {
    if (request.headers['sec-fetch-site'] === 'cross-site' && !READING.has(request.method)) {
      throw new ProblemError('csrf');
    }
    const { access } = request.routeOptions.config;
    if (access === 'public') return;
    const token = request.cookies[SESSION_COOKIE];
    const session = token === undefined ? undefined : await signIn.find(token);
    if (token === undefined || session === undefined) throw new ProblemError('sign-in-needed');
    request.session = { ...session, token };
    if (!READING.has(request.method)) requireCsrfToken(request, session.csrfToken);
    if (session.mustChangePassword && access !== 'first-password') {
      throw new ProblemError('password-must-change');
    }
  });
}

/** For handlers behind the guard. */
export function sessionOf(request: FastifyRequest): StoredSession & { readonly token: string } {
  assert(request.session !== undefined, 'the guard lets nobody in without a session');
  return request.session;
}

function requireCsrfToken(request: FastifyRequest, expected: string): void {
  const given = request.headers[CSRF_HEADER];
  const isRight =
    typeof given === 'string' &&
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!isRight) throw new ProblemError('csrf');
}
