import { accountRoutes } from '#contracts/rest/v1/account';
import { assert } from '#domain/assert';
import { rightsOf } from '#domain/authority/right';
import { type OwnSession, sessionOf } from '#hub/api/guard';
import type { Handlers } from '#hub/api/handler';
import { invalid } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import { deviceOf, ended } from '#hub/api/session-cookie';
import { refusedPassword, type SessionRoutesDeps } from '#hub/api/session-routes';
import type { SecondFactor } from '#hub/sign-in/second-factor';
import type { StoredSession } from '#hub/storage/session-repository';

export interface AccountRoutesDeps extends Omit<SessionRoutesDeps, 'provider' | 'signIn'> {
  readonly secondFactor: SecondFactor;
}

type Routes = typeof accountRoutes;

/** What everybody may do about their own account. */
export function serveAccount(book: RouteBook, deps: AccountRoutesDeps): void {
  book.serve(accountRoutes, { ...sessionHandlers(deps), ...secondFactorHandlers(deps) });
}

type SessionRoutes = Pick<Routes, 'rights' | 'openSessions' | 'endSession' | 'endOtherSessions'>;

function sessionHandlers({ sessions }: AccountRoutesDeps): Handlers<SessionRoutes> {
  return {
    rights: ({ actor, request }) => {
      const { account } = sessionOf(request);
      const { tree } = request;
      assert(tree !== undefined, 'the guard brings the departments along');
      const { accountId, personId, rank } = account;
      const rights = rightsOf(actor, tree).map((right) => ({ ...right }));
      return { body: { accountId, personId, rank: rank.kind, rights } };
    },
    openSessions: async ({ request }) => {
      const own = sessionOf(request);
      const listed = await sessions.list(own.account.accountId);
      return { body: { sessions: listed.map((each) => shown(each, own)) } };
    },
    endSession: async ({ params, request, reply, refuse }) => {
      const { account, session } = sessionOf(request);
      if (!(await sessions.end(account.accountId, params.sessionId))) throw refuse('absent');
      if (params.sessionId === session.sessionId) ended(reply);
      return {};
    },
    endOtherSessions: async ({ request }) => {
      await sessions.endOthers(sessionOf(request).session);
      return {};
    },
  };
}

function shown(each: StoredSession, own: OwnSession) {
  const { sessionId, way, startedAtMs, lastSeenMs, expiresAtMs, address, browser } = each;
  return {
    sessionId,
    way,
    address,
    browser,
    startedAt: instantOf(startedAtMs),
    lastSeenAt: instantOf(lastSeenMs),
    expiresAt: instantOf(expiresAtMs),
    standing: sessionId === own.session.sessionId ? ('this' as const) : ('other' as const),
  };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}

function secondFactorHandlers(
  deps: AccountRoutesDeps,
): Handlers<Omit<Routes, keyof SessionRoutes>> {
  const { passwords, secondFactor, clock } = deps;
  return {
    secondFactor: async ({ request }) => ({
      body: await secondFactor.state(sessionOf(request).account.accountId),
    }),
    startSecondFactor: async ({ body, request, refuse }) => {
      const { account } = sessionOf(request);
      const proved = await passwords.prove(account, body.password, deviceOf(request));
      if (!proved.ok) throw refusedPassword(proved.failure, clock);
      const started = await secondFactor.start(account);
      if (!started.ok) throw refuse('conflict');
      return { body: started.value };
    },
    confirmSecondFactor: async ({ body, request, refuse }) => {
      const confirmed = await secondFactor.confirm(sessionOf(request), body.code);
      if (confirmed.ok) return { body: { recoveryCodes: [...confirmed.value] } };
      if (confirmed.failure === 'not-wanted') throw refuse('conflict');
      throw invalid('code', WRONG_CODE);
    },
    renewRecoveryCodes: async ({ body, request }) => {
      const { account } = sessionOf(request);
      const proved = await passwords.prove(account, body.password, deviceOf(request));
      if (!proved.ok) throw refusedPassword(proved.failure, clock);
      const renewed = await secondFactor.renewCodes(account, body.code);
      if (!renewed.ok) throw invalid('code', WRONG_CODE);
      return { body: { recoveryCodes: [...renewed.value] } };
    },
    endSecondFactor: async ({ body, request, reply }) => {
      const { account } = sessionOf(request);
      const proved = await passwords.prove(account, body.password, deviceOf(request));
      if (!proved.ok) throw refusedPassword(proved.failure, clock);
      const off = await secondFactor.end(account, body.code);
      if (!off.ok) throw invalid('code', WRONG_CODE);
      ended(reply);
      return {};
    },
  };
}

const WRONG_CODE = {
  'zh-CN': '验证码不正确或已用过，请等下一个验证码出现后再试',
  en: 'this code is not right or was used; wait for the next one and try again',
};
