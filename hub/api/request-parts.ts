import { Transform } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { RouteContract } from '#contracts/rest/v1/route';
import { paramsOf, queryOf } from '#contracts/rest/v1/route-shape';
import { invalid, ProblemError, parsed } from '#hub/api/problem';
import { NO_BODY_WANTED, UNSTORABLE_TEXT } from '#hub/api/problem-texts';

/** A parameter that is none of its kind names nothing. @throws ProblemError */
export function paramsFrom(route: RouteContract, request: FastifyRequest): object | undefined {
  if (route.params === undefined) return undefined;
  const params = paramsOf(route).safeParse(request.params);
  if (!params.success || unstorableIn(params.data) !== undefined) throw new ProblemError('absent');
  return params.data;
}

/** @throws ProblemError naming everything at fault, and everything the route does not know */
export function queryFrom(route: RouteContract, request: FastifyRequest) {
  return storable(parsed(queryOf(route), request.query));
}

/** @throws ProblemError naming everything at fault */
export function bodyFrom({ body }: RouteContract, request: FastifyRequest): unknown {
  if (body === undefined) {
    if (isEmpty(request.body)) return undefined;
    throw invalid('', NO_BODY_WANTED);
  }
  if (isUpload(body)) return request.body;
  return storable(parsed(body, request.body));
}

export function isUpload(
  body: RouteContract['body'],
): body is Exclude<RouteContract['body'], z.ZodType | undefined> {
  return body !== undefined && 'kind' in body && body.kind === 'upload';
}

/** Passes the bytes on until there are too many. */
export function limited(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) done(new ProblemError('too-large'));
      else done(null, chunk);
    },
  });
}

function isEmpty(body: unknown): boolean {
  if (body === undefined || body === null) return true;
  return typeof body === 'object' && Object.keys(body).length === 0;
}

function storable<T>(value: T): T {
  const path = unstorableIn(value);
  if (path === undefined) return value;
  throw invalid(path, UNSTORABLE_TEXT);
}

/**
 * The path of a text that one of the databases would refuse or change: PostgreSQL knows no NUL, and
 * half of a surrogate pair has no UTF-8. Without recursion, since what is free in shape may be deep.
 */
export function unstorableIn(value: unknown): string | undefined {
  const open: (readonly [string, unknown])[] = [['', value]];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const [path, content] = each;
    if (typeof content === 'string' && !isStorable(content)) return path;
    if (typeof content !== 'object' || content === null) continue;
    for (const [key, part] of Object.entries(content)) {
      const below = path === '' ? key : `${path}.${key}`;
      if (!isStorable(key)) return path;
      open.push([below, part]);
    }
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
