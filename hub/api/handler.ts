import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { FileAnswer, Upload } from '#contracts/rest/v1/content';
import type { Paging } from '#contracts/rest/v1/page';
import type { ProblemKind } from '#contracts/rest/v1/problem';
import type { RouteContract } from '#contracts/rest/v1/route';
import type { Actor } from '#domain/authority/actor';
import type { AuditChange } from '#domain/authority/audit-entry';
import type { Access, Capability } from '#domain/authority/capability';
import type { PlaceReach, Reach } from '#domain/authority/reach';
import type { ProblemError, ProblemMore } from '#hub/api/problem';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Where in a list to go on: behind the row of this key, or at the beginning. */
export interface Page<Key> {
  readonly limit: number;
  readonly after: Key | undefined;
}

/** Whether a version is the one the caller has seen; asked within the unit of work that changes it. */
export type IsExpected = (version: string) => boolean;

export type Refuse<Kind extends ProblemKind> = (kind: Kind, more?: ProblemMore) => ProblemError;

type Implied<R extends RouteContract> =
  | (R['params'] extends z.ZodType ? 'absent' : never)
  | (R['concurrency'] extends 'etag' ? 'stale' : never);

/** More of an act than its contract knows. */
export interface ActNote {
  /** Whom or what it was about; otherwise what the contract says. */
  readonly subjectId?: string;
  /** With values only where they may be shown; otherwise the names of the fields that were sent. */
  readonly changes?: readonly AuditChange[];
}

/** What a handler is given: everything parsed, by the contract of its route. */
export interface Asked<R extends RouteContract> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: R['body'] extends Upload ? Readable : Parsed<R['body']>;
  readonly actor: R['authority'] extends 'public' ? undefined : Actor;
  /** Whose rows this route may touch; for its queries, which apply it in SQL. */
  readonly reach: R['authority'] extends object ? Reach : undefined;
  /** The same for sites and terminals. */
  readonly places: R['authority'] extends object ? PlaceReach : undefined;
  /** The person who asks, where the route is for somebody's own records. */
  readonly self: R['authority'] extends 'self' ? string : undefined;
  /** Whose rows the actor may touch by another capability than the route's. */
  readonly reachBy: (capability: Capability, access: Access) => Reach;
  readonly placesBy: (capability: Capability, access: Access) => PlaceReach;
  /** Tells the audit log more than the contract can. */
  readonly note: (note: ActNote) => void;
  /**
   * Of a route whose contract says `unit: 'own'`, and of uploads: what it changes, with its entry in
   * the audit log. A `Result` that failed is not written down; throw `refuse` to undo what was done.
   */
  readonly unit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly page: R extends { readonly paged: infer P extends Paging }
    ? Page<z.output<P['key']>>
    : undefined;
  readonly isExpected: IsExpected;
  /** Makes the problem to throw: one that the contract lists, or that comes with what it is. */
  readonly refuse: Refuse<R['errors'][number] | Implied<R>>;
  /** For cookies and streams; everything else is above. */
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A file that is answered. */
export interface FileContent {
  readonly content: Readable | Uint8Array;
  readonly fileName: string;
  readonly mediaType: string;
  /** How long the whole is, where that is known; then it may be asked for in parts. */
  readonly bytes?: number;
  /** Which part of it `content` is, both ends inside. */
  readonly part?: { readonly first: number; readonly last: number } | undefined;
}

type Content<S> = S extends z.ZodType ? z.input<S> : S extends FileAnswer ? FileContent : undefined;
type Unpaged<R, C> = R extends { readonly paged: Paging } ? Omit<C, 'next'> : C;
type WithBody<C> = [C] extends [undefined] ? { readonly body?: undefined } : { readonly body: C };

/** One of the answers of the contract; its status is said where there are several. */
type Success<R extends RouteContract> = {
  [S in keyof R['answers']]: WithBody<Unpaged<R, Content<R['answers'][S]>>> &
    (keyof R['answers'] extends S ? { readonly status?: S } : { readonly status: S });
}[keyof R['answers']];

/** What a handler answers with. */
export type Answer<R extends RouteContract> = Success<R> & {
  /** Where what was made can be found. */
  readonly location?: string;
} & (R extends { readonly concurrency: 'etag' } ? { readonly version: string } : unknown) &
  (R extends { readonly paged: infer P extends Paging }
    ? { readonly next: z.output<P['key']> | undefined }
    : unknown);

export type Handler<R extends RouteContract> = (asked: Asked<R>) => Promise<Answer<R>> | Answer<R>;

/** A handler for every route of an area: one that is missing, or one too many, does not compile. */
export type Handlers<Routes extends Readonly<Record<string, RouteContract>>> = {
  readonly [Name in keyof Routes]: Handler<Routes[Name]>;
};
