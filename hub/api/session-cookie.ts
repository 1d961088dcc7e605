import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '#contracts/rest/v1/session';
import { SESSION_COOKIE } from '#hub/api/guard';
import type { Device } from '#hub/sign-in/device';
import type { FoundSession, OpenSession } from '#hub/sign-in/session-keeper';

/** Lets the browser in; @returns what the page has to know */
export function begun(reply: FastifyReply, opened: OpenSession): Session {
  void reply.setCookie(SESSION_COOKIE, opened.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: 'auto', // set wherever the request itself came encrypted
  });
  return sessionFrom(opened);
}

export function ended(reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, { path: '/' });
}

export function sessionFrom({ account, session, duty }: FoundSession): Session {
  return {
    name: account.shownName,
    mustChangePassword: duty === 'password',
    secondFactorWanted: duty === 'second-factor',
    csrfToken: session.csrfToken,
    expiresAt: Temporal.Instant.fromEpochMilliseconds(session.expiresAtMs).toString(),
  };
}

export function deviceOf({ ip, headers }: FastifyRequest): Device {
  return { address: ip, browser: headers['user-agent'] ?? '' };
}
