import type { FastifyReply } from 'fastify';
import { type Session, sessionRoutes } from '#contracts/rest/v1/session';
import { SESSION_COOKIE, sessionOf } from '#hub/api/guard';
import type { RouteBook } from '#hub/api/route-book';
import type { OpenSession, SignIn } from '#hub/sign-in/sign-in';
import type { StoredSession } from '#hub/storage/session-repository';
import type { Clock } from '#platform/clock/clock';

export interface SessionRoutesDeps {
  readonly signIn: SignIn;
  readonly clock: Clock;
}

export function serveSession(book: RouteBook, { signIn, clock }: SessionRoutesDeps): void {
  book.serve(sessionRoutes, {
    session: ({ request }) => ({ body: sessionFrom(sessionOf(request)) }),

    signIn: async ({ body, reply, refuse }) => {
      const opened = await signIn.open(body.name, body.password);
      if (opened.ok) return { body: begun(reply, opened.value) };
      if (opened.failure.reason === 'wrong') throw refuse('sign-in-wrong');
      const waitMs = opened.failure.untilMs - clock.now().epochMilliseconds;
      throw refuse('sign-in-locked', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    },

    signOut: async ({ request, reply }) => {
      await signIn.close(sessionOf(request).token);
      void reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return {};
    },

    changePassword: async ({ body, request, reply, refuse }) => {
      const { name } = sessionOf(request);
      const changed = await signIn.changePassword(name, body.current, body.next);
      if (!changed.ok) throw refuse('password-wrong');
      return { body: begun(reply, changed.value) };
    },
  });
}

function begun(reply: FastifyReply, { token, session }: OpenSession): Session {
  void reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: 'auto', // set wherever the request itself came encrypted
  });
  return sessionFrom(session);
}

function sessionFrom({ name, mustChangePassword, csrfToken, expiresAtMs }: StoredSession): Session {
  return {
    name,
    mustChangePassword,
    csrfToken,
    expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAtMs).toString(),
  };
}
