import { sessionRoutes } from '#contracts/rest/v1/session';
import { signInRoutes } from '#contracts/rest/v1/sign-in';
import { SESSION_COOKIE, sessionOf } from '#hub/api/guard';
import type { Handlers } from '#hub/api/handler';
import { type FieldFault, ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import { begun, deviceOf, ended, sessionFrom } from '#hub/api/session-cookie';
import type { PasswordDesk, PasswordFailure } from '#hub/sign-in/password-desk';
import type { ProviderDoor } from '#hub/sign-in/provider-door';
import type { SessionKeeper } from '#hub/sign-in/session-keeper';
import type { SignIn, SignInFailure } from '#hub/sign-in/sign-in';
import type { Clock } from '#platform/clock/clock';
import { passwordText } from '#platform/passwords/password-text';

export interface SessionRoutesDeps {
  readonly signIn: SignIn;
  readonly passwords: PasswordDesk;
  readonly sessions: SessionKeeper;
  /** undefined: there is no provider, and nobody is sent there. */
  readonly provider: ProviderDoor | undefined;
  readonly clock: Clock;
}

const DEPARTURE_COOKIE = 'lintel_departure';
const DEPARTURE_PATH = '/api/v1/session/provider';

export function serveSession(book: RouteBook, deps: SessionRoutesDeps): void {
  const { signIn, passwords, sessions, clock } = deps;
  book.serve(sessionRoutes, {
    session: ({ request }) => ({ body: sessionFrom(sessionOf(request)) }),

    signIn: async ({ body, request, reply }) => {
      const opened = await signIn.open(body.name, body.password, deviceOf(request));
      if (!opened.ok) throw refusedSignIn(opened.failure, clock);
      if (opened.value.kind === 'session') return { body: begun(reply, opened.value.opened) };
      const { challenge, expiresAtMs } = opened.value.wanted;
      const expiresAt = Temporal.Instant.fromEpochMilliseconds(expiresAtMs).toString();
      return { body: { next: 'code' as const, challenge, expiresAt } };
    },

    signInCode: async ({ body, request, reply }) => {
      const opened = await signIn.answer(body.challenge, body, deviceOf(request));
      if (!opened.ok) throw refusedSignIn(opened.failure, clock);
      return { body: begun(reply, opened.value) };
    },

    signOut: async ({ request, reply }) => {
      const { account, session } = sessionOf(request);
      await sessions.signOut(account, session.sessionId);
      ended(reply);
      return {};
    },

    changePassword: async ({ body, request, reply }) => {
      const changed = await passwords.change(sessionOf(request), body, deviceOf(request));
      if (!changed.ok) throw refusedPassword(changed.failure, clock);
      return { body: begun(reply, changed.value) };
    },
  });
  book.serve(signInRoutes, { ...providerHandlers(deps), ...resetHandlers(deps) });
}

type ResetRoutes = Pick<typeof signInRoutes, 'checkReset' | 'resetPassword'>;

function resetHandlers({ passwords, clock }: SessionRoutesDeps): Handlers<ResetRoutes> {
  return {
    checkReset: async ({ body, refuse }) => {
      const checked = await passwords.checkLink(body.token);
      if (!checked.ok) throw refuse('link-over');
      const { name, expiresAt } = checked.value;
      return { body: { name, expiresAt: expiresAt.toString() } };
    },
    resetPassword: async ({ body }) => {
      const reset = await passwords.useLink(body.token, body.next);
      if (!reset.ok) throw refusedPassword(reset.failure, clock);
      return {};
    },
  };
}

type ProviderRoutes = Pick<typeof signInRoutes, 'signInWays' | 'startProvider' | 'finishProvider'>;

function providerHandlers({ provider, sessions }: SessionRoutesDeps): Handlers<ProviderRoutes> {
  return {
    signInWays: () => ({
      body: { provider: provider === undefined ? null : { label: provider.label } },
    }),
    startProvider: async ({ query, request, reply, refuse }) => {
      if (provider === undefined) throw refuse('absent');
      const token = request.cookies[SESSION_COOKIE];
      const own = token === undefined ? undefined : await sessions.find(token);
      const isLink = query.purpose === 'link';
      // The cookie is strict: no other site can have somebody tie an identity to their account.
      if (isLink && own === undefined) throw refuse('sign-in-needed');
      const accountId = isLink ? (own?.account.accountId ?? null) : null;
      const leaving = await provider.leave(query.returnTo, accountId);
      if (!leaving.ok) return { location: doorWith(leaving.failure) };
      void reply.setCookie(DEPARTURE_COOKIE, leaving.value.token, {
        path: DEPARTURE_PATH,
        httpOnly: true,
        sameSite: 'lax', // the provider sends the browser back by a link of its own
        secure: 'auto',
      });
      return { location: leaving.value.address };
    },
    finishProvider: async ({ request, reply, refuse }) => {
      if (provider === undefined) throw refuse('absent');
      const token = request.cookies[DEPARTURE_COOKIE] ?? '';
      void reply.clearCookie(DEPARTURE_COOKIE, { path: DEPARTURE_PATH });
      const [, query = ''] = request.url.split('?', 2);
      const back = await provider.comeBack(token, query, deviceOf(request));
      if (!back.ok) return { location: doorWith(back.failure) };
      begun(reply, back.value.opened);
      return { location: back.value.returnTo };
    },
  };
}

/** The page before one is in, with what it should say; its words are the console's. */
function doorWith(fault: string): string {
  return `/?${new URLSearchParams({ signIn: fault }).toString()}`;
}

function refusedSignIn(failure: SignInFailure, clock: Clock): ProblemError {
  if (failure.reason === 'locked') return locked(failure.untilMs, clock);
  return new ProblemError(failure.reason === 'challenge-over' ? 'sign-in-over' : 'sign-in-wrong');
}

/** What came of a password that was shown or chosen. */
export function refusedPassword(failure: PasswordFailure, clock: Clock): ProblemError {
  switch (failure.reason) {
    case 'wrong':
      return new ProblemError('password-wrong');
    case 'locked':
      return locked(failure.untilMs, clock);
    case 'link':
      return new ProblemError('link-over');
    case 'unfit': {
      const fault: FieldFault = { path: 'next', reason: passwordText(failure.fault) };
      return new ProblemError('invalid', { errors: [fault] });
    }
  }
}

function locked(untilMs: number, clock: Clock): ProblemError {
  const waitMs = Math.max(untilMs - clock.now().epochMilliseconds, 0);
  return new ProblemError('sign-in-locked', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}
