import type { FastifyInstance, FastifyRequest } from 'fastify';
import { personId } from '#contracts/wire/v1/ids';
import { assert } from '#domain/assert';
import type { Actor } from '#domain/authority/actor';
import type { DepartmentTree } from '#domain/authority/department-tree';
import { admit, type RouteAuthority } from '#domain/authority/route';
import { invalid, ProblemError } from '#hub/api/problem';
import { NOT_A_PERSON, ON_BEHALF_TEXTS } from '#hub/api/problem-texts';
import type { Admitted, Authority } from '#hub/authority/authority';
import type { FoundSession, SessionKeeper } from '#hub/sign-in/session-keeper';
import { isSameDigest } from '#platform/crypto/api-token';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may knock; a route without it is closed to everybody. */
    authority?: RouteAuthority;
    /** Open also while the first password has not been replaced, or a second factor set up. */
    firstPassword?: 'suffices' | undefined;
  }
  interface FastifyRequest {
    session: OwnSession | undefined;
    actor: Actor | undefined;
    tree: DepartmentTree | undefined;
  }
}

/** A session as the request carried it. */
export type OwnSession = FoundSession & { readonly token: string };

export const SESSION_COOKIE = 'lintel_session';
export const CSRF_HEADER = 'x-lintel-csrf';
/** The person whose act a program passes on. */
export const ON_BEHALF_HEADER = 'x-lintel-on-behalf-of';

const READING = new Set(['GET', 'HEAD']);
const BEARER = /^Bearer +(\S+)$/i;
const DUTIES = {
  password: 'password-must-change',
  'second-factor': 'second-factor-needed',
} as const;

export interface GuardDeps {
  readonly sessions: SessionKeeper;
  readonly authority: Authority;
}

/**
 * Default deny: every route, the unknown ones too, wants a session or a program's token unless it is
 * public, and everything that changes something in a session wants that session's token in a header
 * no other site can set.
 */
export function guardRoutes(app: FastifyInstance, deps: GuardDeps): void {
  app.decorateRequest('session', undefined);
  app.decorateRequest('actor', undefined);
  app.decorateRequest('tree', undefined);
  app.addHook('onRequest', async (request) => {
    if (request.headers['sec-fetch-site'] === 'cross-site' && changes(request)) {
      throw new ProblemError('csrf');
    }
    const { authority } = request.routeOptions.config;
    if (authority === 'public') return;
    const { actor, tree } = await admittedBy(request, deps);
    request.actor = actor;
    request.tree = tree;
    if (request.is404) return; // there is nothing behind this door, and somebody known may be told so
    if (authority === undefined) throw new ProblemError('not-allowed');
    const admitted = admit(actor, authority);
    if (!admitted.ok) throw new ProblemError(admitted.failure);
  });
}

/** For handlers behind the guard, of routes that are for people. */
export function sessionOf(request: FastifyRequest): OwnSession {
  assert(request.session !== undefined, 'the guard lets nobody in without a session');
  return request.session;
}

/** @throws ProblemError for whoever is not let in, or has to do something else first */
async function admittedBy(request: FastifyRequest, deps: GuardDeps): Promise<Admitted> {
  const token = bearerOf(request);
  return token === undefined
    ? await accountBehind(request, deps)
    : await clientBehind(token, request, deps);
}

async function accountBehind(
  request: FastifyRequest,
  { sessions, authority }: GuardDeps,
): Promise<Admitted> {
  const token = request.cookies[SESSION_COOKIE];
  const found = token === undefined ? undefined : await sessions.find(token);
  if (token === undefined || found === undefined) throw new ProblemError('sign-in-needed');
  request.session = { ...found, token };
  if (changes(request)) requireCsrfToken(request, found.session.csrfToken);
  const { firstPassword } = request.routeOptions.config;
  if (found.duty !== undefined && firstPassword === undefined) {
    throw new ProblemError(DUTIES[found.duty]);
  }
  return await authority.ofAccount(found.account);
}

/** No cookie comes with it by itself, so that no other site can make a browser send it. */
async function clientBehind(
  token: string,
  request: FastifyRequest,
  { authority }: GuardDeps,
): Promise<Admitted> {
  const admitted = await authority.ofToken(token, onBehalfOf(request));
  if (admitted.ok) return admitted.value;
  const { failure } = admitted;
  if (failure !== 'on-behalf-not-allowed' && failure !== 'on-behalf-unknown') {
    throw new ProblemError('token-refused');
  }
  const fault = { path: ON_BEHALF_HEADER, reason: ON_BEHALF_TEXTS[failure] };
  throw new ProblemError('not-allowed', { errors: [fault] });
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new ProblemError('token-refused');
  return token;
}

function onBehalfOf({ headers }: FastifyRequest): string | null {
  const given = headers[ON_BEHALF_HEADER];
  if (given === undefined) return null;
  const person = personId.safeParse(given);
  if (!person.success) throw invalid(ON_BEHALF_HEADER, NOT_A_PERSON);
  return person.data;
}

function changes({ method }: FastifyRequest): boolean {
  return !READING.has(method);
}

function requireCsrfToken(request: FastifyRequest, expected: string): void {
  const given = request.headers[CSRF_HEADER];
  const isRight = typeof given === 'string' && isSameDigest(given, expected);
  if (!isRight) throw new ProblemError('csrf');
}
