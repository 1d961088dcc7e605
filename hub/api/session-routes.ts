import type { FastifyInstance, FastifyReply } from 'fastify';
import { changePassword, type Session, signIn as signInShape } from '#contracts/rest/v1/session';
import { SESSION_COOKIE, sessionOf } from '#hub/api/guard';
import { ProblemError, parsed } from '#hub/api/problem';
import type { OpenSession, SignIn } from '#hub/sign-in/sign-in';
import type { StoredSession } from '#hub/storage/session-repository';
import type { Clock } from '#platform/clock/clock';

const PATH = '/api/v1/session';
const ATTEMPTS_PER_MINUTE = 20; // per address; the lock-out by name is stricter and outlives a restart

export function sessionRoutes(app: FastifyInstance, signIn: SignIn, clock: Clock): void {
  const rateLimit = { max: ATTEMPTS_PER_MINUTE, timeWindow: '1 minute' };

  app.get(PATH, { config: { access: 'first-password' } }, (request) =>
    sessionFrom(sessionOf(request)),
  );

  app.post(PATH, { config: { access: 'public', rateLimit } }, async (request, reply) => {
    const { name, password } = parsed(signInShape, request.body);
    const opened = await signIn.open(name, password);
    if (opened.ok) return answer(reply, opened.value);
    if (opened.failure.reason === 'wrong') throw new ProblemError('sign-in-wrong');
    const waitMs = opened.failure.untilMs - clock.now().epochMilliseconds;
    throw new ProblemError('sign-in-locked', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  });

  app.delete(PATH, { config: { access: 'first-password' } }, async (request, reply) => {
    await signIn.close(sessionOf(request).token);
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send();
  });

  const password = { config: { access: 'first-password', rateLimit } } as const;
  app.post(`${PATH}/password`, password, async (request, reply) => {
    const { current, next } = parsed(changePassword, request.body);
    const changed = await signIn.changePassword(sessionOf(request).name, current, next);
    if (!changed.ok) throw new ProblemError('password-wrong');
    return answer(reply, changed.value);
  });
}

function answer(reply: FastifyReply, { token, session }: OpenSession): Session {
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
