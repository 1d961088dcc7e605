import type { z } from 'zod';
import type { FileAnswer, Nothing, Stream, Upload } from '#contracts/rest/v1/content';
import type { Paging } from '#contracts/rest/v1/page';
import type { RouteContract } from '#contracts/rest/v1/route';

/** A body that is a file. */
export interface UploadContent {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/** Only what of a fetched response is needed, so that any fetch will do. */
export interface FetchedAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

type PageChoice = { readonly cursor?: string | undefined; readonly limit?: number | undefined };
type Query<R> = (R extends { readonly query: infer S extends z.ZodType } ? z.input<S> : unknown) &
  (R extends { readonly paged: Paging } ? PageChoice : unknown);

/** `{ key: T }`, with the key optional where nothing of T has to be said. */
type Part<Key extends string, T> = unknown extends T
  ? unknown
  : object extends T
    ? { readonly [K in Key]?: T }
    : { readonly [K in Key]: T };

type Body<R> = R extends { readonly body: infer S }
  ? { readonly body: S extends z.ZodType ? z.input<S> : S extends Upload ? UploadContent : never }
  : unknown;

/** Everything a call of this route has to say, and may. */
export type Given<R extends RouteContract> = Part<
  'params',
  R extends { readonly params: infer S extends z.ZodType } ? z.input<S> : unknown
> &
  Part<'query', Query<R>> &
  Body<R> &
  (R extends { readonly concurrency: 'etag'; readonly method: 'PUT' | 'PATCH' | 'POST' | 'DELETE' }
    ? { readonly version: string }
    : unknown) &
  (R extends { readonly idempotency: 'key' } ? { readonly idempotencyKey?: string } : unknown);

type Content<S> = S extends z.ZodType
  ? z.output<S>
  : S extends Nothing
    ? undefined
    : S extends FileAnswer | Stream
      ? FetchedAnswer
      : never;

type AnyContent<R extends RouteContract> = Content<R['answers'][keyof R['answers']]>;

/** Something that is changed only from the version that was read. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}

/** What a success tells. */
export type Told<R extends RouteContract> = R extends { readonly concurrency: 'etag' }
  ? Versioned<AnyContent<R>>
  : AnyContent<R>;
