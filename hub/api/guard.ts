import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assert } from '#domain/assert';
import type { Actor } from '#domain/authority/actor';
import { admit, type RouteAuthority } from '#domain/authority/route';
import { ProblemError } from '#hub/api/problem';
import type { SignIn } from '#hub/sign-in/sign-in';
import type { StoredSession } from '#hub/storage/session-repository';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may knock; a route without it is closed to everybody. */
    authority?: RouteAuthority;
    /** Open also while the first password has not been replaced. */
    firstPassword?: 'suffices' | undefined;
  }
  interface FastifyRequest {
    session: OwnSession | undefined;
    actor: Actor | undefined;
  }
}

/** A session as the request carried it. */
export type OwnSession = StoredSession & { readonly token: string };

export const SESSION_COOKIE = 'lintel_session';
export const CSRF_HEADER = 'x-lintel-csrf';

const READING = new Set(['GET', 'HEAD']);

/**
 * Default deny: every route, the unknown ones too, wants a session unless it is public, and
 * everything that changes something wants that session's token in a header no other site can set.
 */
export function guardRoutes(app: FastifyInstance, signIn: SignIn): void {
  app.decorateRequest('session', undefined);
  app.decorateRequest('actor', undefined);
  app.addHook('onRequest', async (request) => {
    if (request.headers['sec-fetch-site'] === 'cross-site' && changes(request)) {
      throw new ProblemError('csrf');
    }
    const { authority, firstPassword } = request.routeOptions.config;
    if (authority === 'public') return;
    const session = await sessionBehind(request, signIn);
    if (session === undefined) throw new ProblemError('sign-in-needed');
    request.session = session;
    request.actor = actorOf(session);
    if (changes(request)) requireCsrfToken(request, session.csrfToken);
    if (session.mustChangePassword && firstPassword === undefined) {
      throw new ProblemError('password-must-change');
    }
    if (request.is404) return; // there is nothing behind this door, and somebody known may be told so
    if (authority === undefined) throw new ProblemError('not-allowed');
    const admitted = admit(request.actor, authority);
    if (!admitted.ok) throw new ProblemError(admitted.failure);
  });
}

/** For handlers behind the guard. */
export function sessionOf(request: FastifyRequest): OwnSession {
  assert(request.session !== undefined, 'the guard lets nobody in without a session');
  return request.session;
}

async function sessionBehind(
  request: FastifyRequest,
  signIn: SignIn,
): Promise<OwnSession | undefined> {
  const token = request.cookies[SESSION_COOKIE];
  const session = token === undefined ? undefined : await signIn.find(token);
  return token === undefined || session === undefined ? undefined : { ...session, token };
}

/** Whoever has an account at this hub runs it. */
function actorOf({ name }: StoredSession): Actor {
  const standings = [{ kind: 'superAdministrator' }] as const;
  return { kind: 'account', accountId: name, personId: null, standings, onBehalfOf: null };
}

function changes({ method }: FastifyRequest): boolean {
  return !READING.has(method);
}

function requireCsrfToken(request: FastifyRequest, expected: string): void {
  const given = request.headers[CSRF_HEADER];
  const isRight =
    typeof given === 'string' &&
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!isRight) throw new ProblemError('csrf');
}
