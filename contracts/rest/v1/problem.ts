import { z } from 'zod';

/** Every way in which the hub says no, with its HTTP status. Only a kind that is here can be answered. */
export const PROBLEM_STATUS = {
  invalid: 400,
  'sign-in-needed': 401,
  'sign-in-wrong': 401,
  'sign-in-locked': 429,
  'sign-in-over': 401,
  'token-refused': 401,
  'second-factor-needed': 403,
  'link-over': 410,
  'password-must-change': 403,
  'password-wrong': 400,
  csrf: 403,
  'not-allowed': 403,
  absent: 404,
  conflict: 409,
  'key-under-way': 409,
  'key-used': 422,
  stale: 412,
  'precondition-needed': 428,
  'too-many': 429,
  'too-large': 413,
  unsupported: 415,
  'range-unfit': 416,
  'disk-full': 507,
  'store-away': 503,
  failed: 500,
} as const;

export type ProblemKind = keyof typeof PROBLEM_STATUS;

/** A `type` of RFC 9457 is this and the kind: it names a problem for good, and is no address. */
export const PROBLEM_TYPE = 'urn:lintel:problem:';

/** RFC 9457. `title` is in the language of the request's `accept-language`. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    /** The fields at fault, as `path: reason`. */
    errors: z.array(z.strictObject({ path: z.string(), reason: z.string() })).optional(),
  })
  .meta({ id: 'problem' });
export type Problem = z.output<typeof problem>;

/** @returns undefined for a kind of a newer hub */
export function problemKindOf({ type }: Pick<Problem, 'type'>): ProblemKind | undefined {
  const kind = type.startsWith(PROBLEM_TYPE) ? type.slice(PROBLEM_TYPE.length) : '';
  return isProblemKind(kind) ? kind : undefined;
}

function isProblemKind(kind: string): kind is ProblemKind {
  return Object.hasOwn(PROBLEM_STATUS, kind);
}
