import type { z } from 'zod';
import type { FileAnswer, Nothing, Redirect, Stream, Upload } from '#contracts/rest/v1/content';
import type { Paging } from '#contracts/rest/v1/page';
import type { ProblemKind } from '#contracts/rest/v1/problem';
import type { RouteAuthority } from '#domain/authority/route';

/** In front of every path of this version. */
export const API_PATH = '/api/v1';

export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a success is answered with: JSON of a shape, a file, events, another address, or nothing. */
export type AnswerContent = z.ZodType | FileAnswer | Stream | Redirect | Nothing;

export type AnyObject = z.ZodObject<z.core.$ZodLooseShape, z.core.$ZodObjectConfig>;

/**
 * One route of the REST interface, as data: what the hub registers, what the published document says
 * and what the client sends are all read from here.
 */
export interface RouteContract {
  readonly method: RouteMethod;
  /** Below `/api/v1`; `:name` stands for a parameter. */
  readonly path: `/${string}`;
  /** Who may knock; a route without it is not served. */
  readonly authority: RouteAuthority;
  /** One line, for the published document and the client. */
  readonly summary: string;
  readonly params?: AnyObject;
  readonly query?: AnyObject;
  readonly body?: z.ZodType | Upload;
  readonly answers: { readonly [status in 200 | 201 | 202 | 204 | 302]?: AnswerContent };
  /** Beside those that any route may answer with, see `problemsOf`. */
  readonly errors: readonly ProblemKind[];
  /** In pages over the order of a key; `cursor` and `limit` join the query by themselves. */
  readonly paged?: Paging;
  /** Reading tells a version; changing wants it back and is refused when it is another one by now. */
  readonly concurrency?: 'etag';
  /** Asking again with the same key makes nothing twice. Not for answers that hold a secret: they are kept. */
  readonly idempotency?: 'key';
  /** Of one account, client or address. */
  readonly requestsPerMinute?: number;
  readonly bodyBytesMax?: number;
  /** What is written down of it, see `RouteAudit`. A change that does not say is not served. */
  readonly audit?: RouteAudit | 'changes-nothing' | 'writes-its-own';
  /** Open also while the first password has not been replaced. */
  readonly firstPassword?: 'suffices';
}

/**
 * What an act is called in the audit log. A change and its entry are one unit of work; a look at
 * evidence is written down before it is answered. Beside these, a contract may say
 * `changes-nothing` of a POST that only computes, and `writes-its-own` where somebody acts who is
 * not signed in yet.
 */
export interface RouteAudit {
  /** Noun first: `person.changed`. The noun is the kind of its subject. */
  readonly action: `${string}.${string}`;
  /** Where the subject's id is found: a parameter of the path, else a field of the answer. */
  readonly subject?: string;
  /** `own`: the handler opens the unit itself, having done what takes long before. */
  readonly unit?: 'own';
}

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parameters of a path and of its contract are the same. */
type WithItsParams<R extends RouteContract> = [ParamNames<R['path']>] extends [never]
  ? { readonly params?: undefined }
  : { readonly params: z.ZodObject<Record<ParamNames<R['path']>, z.ZodType>, z.core.$strict> };

/** The answer of a paged route says where the next page begins. */
type WithItsNext<R extends RouteContract> = R extends { readonly paged: Paging }
  ? { readonly answers: { readonly 200: z.ZodObject<{ next: z.ZodType }, z.core.$strict> } }
  : unknown;

/** A contract as it is written, checked to be whole. */
export function defineRoute<const R extends RouteContract>(
  route: R & WithItsParams<R> & WithItsNext<R>,
): R {
  return route;
}

/** Changing something; the others only look. */
export function isChange({ method }: Pick<RouteContract, 'method'>): boolean {
  return method !== 'GET';
}
