import { z } from 'zod';
import { pageQuery } from '#contracts/rest/v1/page';
import type { ProblemKind } from '#contracts/rest/v1/problem';
import { type AnyObject, isChange, type RouteContract } from '#contracts/rest/v1/route';

const empty = z.strictObject({});

/** Everything a route takes in its query; what it does not name is refused. */
export function queryOf({ query = empty, paged }: RouteContract): AnyObject {
  return paged === undefined ? query : query.extend(pageQuery(paged));
}

export function paramsOf({ params = empty }: RouteContract): AnyObject {
  return params;
}

/** Whether the caller has to say which version it has seen. */
export function wantsVersion(route: RouteContract): boolean {
  return route.concurrency === 'etag' && isChange(route);
}

const ANYWHERE: readonly ProblemKind[] = ['too-many', 'store-away', 'failed'];

/** Every problem a route can answer with: its own, and those that come with what it is. */
export function problemsOf(route: RouteContract): readonly ProblemKind[] {
  const { authority, body, params, idempotency, errors } = route;
  const kinds: readonly (false | ProblemKind)[] = [
    'invalid',
    authority !== 'public' && 'sign-in-needed',
    authority !== 'public' && route.firstPassword === undefined && 'password-must-change',
    authority !== 'public' && route.firstPassword === undefined && 'second-factor-needed',
    typeof authority === 'object' && 'token-refused',
    typeof authority === 'object' && 'not-allowed',
    isChange(route) && 'csrf',
    isChange(route) && 'disk-full',
    params !== undefined && 'absent',
    body !== undefined && 'too-large',
    body !== undefined && 'unsupported',
    wantsVersion(route) && 'precondition-needed',
    wantsVersion(route) && 'stale',
    idempotency !== undefined && 'key-under-way',
    idempotency !== undefined && 'key-used',
    ...errors,
    ...ANYWHERE,
  ];
  return [...new Set(kinds.filter((kind) => kind !== false))];
}
