import type { FastifyRequest } from 'fastify';
import { administratorRoutes, apiClientRoutes, grantFrom } from '#contracts/rest/v1/authority';
import { assert } from '#domain/assert';
import type { DelegationFault } from '#domain/authority/delegation';
import { authorityText } from '#domain/authority/refusal-text';
import type { Result } from '#domain/result';
import type { Handlers } from '#hub/api/handler';
import { notAllowed } from '#hub/api/limits-of-reach';
import { invalid, ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import {
  type AdministratorDesk,
  type AdministratorFailure,
  rankFrom,
} from '#hub/authority/administrator-desk';
import type { ApiClientDesk, ClientFailure, ShownClient } from '#hub/authority/api-client-desk';
import type { Admitted } from '#hub/authority/authority';
import {
  grantWords,
  type Standing,
  standingChanges,
  standingOf,
} from '#hub/authority/rank-changes';
import type { StaffDesk, StaffFailure } from '#hub/authority/staff-desk';

export interface AuthorityRoutesDeps {
  readonly administrators: AdministratorDesk;
  readonly apiClients: ApiClientDesk;
  readonly staff: StaffDesk;
}

/** Who runs the place, by hand or by program. */
export function serveAuthority(book: RouteBook, deps: AuthorityRoutesDeps): void {
  book.serve(administratorRoutes, {
    ...administratorHandlers(deps),
    ...policyHandlers(deps),
  });
  book.serve(apiClientRoutes, clientHandlers(deps));
}

type PolicyRoutes = Pick<
  typeof administratorRoutes,
  'signInPolicy' | 'setSignInPolicy' | 'inviteStaff' | 'resetStaffSecondFactor'
>;

function administratorHandlers({
  administrators: desk,
}: AuthorityRoutesDeps): Handlers<Omit<typeof administratorRoutes, keyof PolicyRoutes>> {
  return {
    listAdministrators: async ({ request, page }) => {
      const { limit, after } = page;
      const asked = { limit, after: after?.[0] };
      const { administrators, next } = await desk.list(admittedOf(request), asked);
      return { body: { administrators }, next: next === undefined ? undefined : ([next] as const) };
    },
    administrator: async ({ request, params, refuse }) => {
      const found = await desk.get(admittedOf(request), params.accountId);
      if (found === undefined) throw refuse('absent');
      return { body: found.administrator, version: found.version };
    },
    viewAsAdministrator: async ({ request, params, refuse }) => {
      const body = await desk.view(admittedOf(request), params.accountId);
      if (body === undefined) throw refuse('absent');
      return { body };
    },
    addAdministrator: async ({ request, body, note }) => {
      const { administrator, link } = done(await desk.add(admittedOf(request), body));
      const changes = standingChanges({}, standingOf(rankFrom(body.rank), 'invited'));
      note({ subjectId: administrator.accountId, changes });
      const expiresAt = link.expiresAt.toString();
      return { body: { administrator, token: link.token, expiresAt } };
    },
    changeAdministrator: async ({ request, params, body, isExpected, note }) => {
      const asker = admittedOf(request);
      const changed = done(await desk.change(asker, params.accountId, body, isExpected));
      note({ changes: changed.changes });
      return { body: changed.administrator, version: changed.version };
    },
    removeAdministrator: async ({ request, params, body }) => {
      done(await desk.remove(admittedOf(request), params.accountId, body.selfLowering));
      return {};
    },
    resetPasswordOf: async ({ request, params }) => {
      const link = done(await desk.resetPassword(admittedOf(request), params.accountId));
      return { body: { token: link.token, expiresAt: link.expiresAt.toString() } };
    },
    resetSecondFactorOf: async ({ request, params }) => {
      done(await desk.resetSecondFactor(admittedOf(request), params.accountId));
      return {};
    },
  };
}

function policyHandlers({
  administrators: desk,
  staff,
}: AuthorityRoutesDeps): Handlers<PolicyRoutes> {
  return {
    signInPolicy: async () => ({ body: { secondFactor: await desk.policy() } }),
    setSignInPolicy: async ({ actor, body, note }) => {
      const before = await desk.policy();
      const secondFactor = done(await desk.setPolicy(actor, body.secondFactor));
      note({ changes: [{ field: 'secondFactor', before, after: secondFactor }] });
      return { body: { secondFactor } };
    },
    inviteStaff: async ({ request, params, reach }) => {
      const link = helped(await staff.invite(params.personId, { ...admittedOf(request), reach }));
      return { body: { token: link.token, expiresAt: link.expiresAt.toString() } };
    },
    resetStaffSecondFactor: async ({ request, params, reach }) => {
      const asker = { ...admittedOf(request), reach };
      helped(await staff.resetSecondFactor(params.personId, asker));
      return {};
    },
  };
}

function clientHandlers({
  apiClients: desk,
}: AuthorityRoutesDeps): Handlers<typeof apiClientRoutes> {
  return {
    listApiClients: async ({ request, page: { limit, after } }) => {
      const { clients, next } = await desk.list(admittedOf(request), { limit, after });
      return { body: { clients }, next };
    },
    apiClient: async ({ request, params, refuse }) => {
      const found = await desk.get(admittedOf(request), params.clientId);
      if (found === undefined) throw refuse('absent');
      return { body: found.client, version: found.version };
    },
    addApiClient: async ({ request, body, note }) => {
      const { client, token } = done(await desk.add(admittedOf(request), body));
      const { onBehalf, expiresAt } = client;
      const given = { grants: grantWords(body.grants.map(grantFrom)), onBehalf, expiresAt };
      note({ subjectId: client.clientId, changes: standingChanges({}, given) });
      return { body: { client, token } };
    },
    changeApiClient: async ({ request, params, body, isExpected, note }) => {
      const asker = admittedOf(request);
      const before = await desk.get(asker, params.clientId);
      const changed = done(await desk.change(asker, params.clientId, body, isExpected));
      note({ changes: standingChanges(wordsOf(before), wordsOf(changed)) });
      return { body: changed.client, version: changed.version };
    },
    renewApiClient: async ({ request, params, body }) => {
      const asker = admittedOf(request);
      const { client, token } = done(await desk.renew(asker, params.clientId, body.expiresAt));
      return { body: { client, token } };
    },
    revokeApiClient: async ({ request, params }) => {
      done(await desk.revoke(admittedOf(request), params.clientId));
      return {};
    },
  };
}

function wordsOf(shown: ShownClient | undefined): Standing {
  return { grants: grantWords(shown?.client.grants.map(grantFrom) ?? []) };
}

/** Whoever asks, with the departments their rights are weighed by. */
function admittedOf({ actor, tree }: FastifyRequest): Admitted {
  assert(actor !== undefined && tree !== undefined, 'the guard lets nobody in unknown');
  return { actor, tree };
}

function helped<T>(result: Result<T, StaffFailure>): T {
  if (result.ok) return result.value;
  throw result.failure === 'absent' ? new ProblemError('absent') : notAllowed('beyond-own');
}

function done<T>(result: Result<T, AdministratorFailure | ClientFailure>): T {
  if (result.ok) return result.value;
  const { failure } = result;
  switch (failure.kind) {
    case 'absent':
      throw new ProblemError('absent');
    case 'stale':
      throw new ProblemError('stale');
    case 'refused':
      throw refusedBy(failure.fault);
    case 'name-taken':
      throw new ProblemError('conflict', { errors: [{ path: 'name', reason: NAME_TAKEN }] });
    case 'person-taken':
      throw new ProblemError('conflict', { errors: [{ path: 'personId', reason: PERSON_TAKEN }] });
    case 'revoked':
      throw new ProblemError('conflict', { errors: [{ path: '', reason: REVOKED }] });
    case 'no-such-person':
      throw invalid('personId', NO_SUCH_PERSON);
    case 'already-past':
      throw invalid('expiresAt', ALREADY_PAST);
    case 'too-far':
      throw invalid('expiresAt', TOO_FAR);
  }
}

/** A conflict where waiting for somebody else, or confirming, would help; else it is not theirs to do. */
function refusedBy({ reason }: DelegationFault): ProblemError {
  const errors = [{ path: '', reason: authorityText(reason) }];
  switch (reason) {
    case 'last-super':
      return new ProblemError('conflict', { errors });
    case 'lowers-self':
      return new ProblemError('conflict', {
        errors: [{ path: 'selfLowering', reason: authorityText(reason) }],
      });
    case 'reaches-nobody':
    case 'places-have-no-department':
      return new ProblemError('invalid', { errors });
    case 'not-allowed':
    case 'super-only':
    case 'beyond-own':
      return new ProblemError('not-allowed', { errors });
  }
}

const NAME_TAKEN = {
  'zh-CN': '此用户名已被使用，或是某位员工的工号',
  en: 'somebody signs in with this name already, or has it as an employee number',
};
const PERSON_TAKEN = { 'zh-CN': '此人已是管理员', en: 'this person is an administrator already' };
const REVOKED = {
  'zh-CN': '此应用的令牌已吊销，请新建一个',
  en: 'the token of this program was revoked for good; add a new program',
};
const NO_SUCH_PERSON = {
  'zh-CN': '没有此人，或不在您的管理范围内',
  en: 'there is no such person within your area',
};
const ALREADY_PAST = { 'zh-CN': '有效期须在未来', en: 'the end must lie in the future' };
const TOO_FAR = { 'zh-CN': '有效期最长一年', en: 'a token lasts a year at most' };
