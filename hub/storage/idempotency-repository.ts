import { sql } from 'kysely';
import { z } from 'zod';
import type { HubDatabase } from '#hub/storage/hub-database';

const KEPT_MS = 24 * 3_600_000; // a caller that is away for a night still learns what became of it
const UNDER_WAY_MS_MAX = 60_000; // longer than any answer takes: the hub died over this one

/** A request that may be sent more than once: by whom, under which name, asking what. */
export interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  readonly digest: string;
}

/** An answer as it went out. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export type KeyState =
  /** Nobody is at it: do it, then `keep` what came of it or `forget`. */
  | { readonly kind: 'begun'; readonly atMs: number }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer };

const headerTexts = z.record(z.string(), z.string());

/** What was answered to requests that carried an `Idempotency-Key`. */
export class IdempotencyRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /**
   * Of requests that arrive together one begins, whichever hub each of them reached: the insertion
   * is one statement, and the primary key lets one of them have it.
   */
  async begin(request: KeyedRequest, nowMs: number): Promise<KeyState> {
    if (await this.#isFirst(request, nowMs)) {
      await this.#removeOld(nowMs);
      return { kind: 'begun', atMs: nowMs };
    }
    const row = await this.#row(request);
    if (row === undefined) return { kind: 'under-way' }; // forgotten a moment ago: ask again
    if (row.request_digest !== request.digest) return { kind: 'other-request' };
    const { status, headers, body } = row;
    if (status === null) return { kind: 'under-way' };
    const texts = headerTexts.parse(JSON.parse(headers ?? '{}'));
    return { kind: 'answered', answer: { status, headers: texts, body: body ?? undefined } };
  }

  /** @param atMs of its beginning: one that was given up and begun again is not answered twice */
  async keep(request: KeyedRequest, atMs: number, answer: KeptAnswer): Promise<void> {
    await this.#db.now
      .updateTable('api_answers')
      .set({
        status: answer.status,
        headers: JSON.stringify(answer.headers),
        body: answer.body ?? null,
      })
      .where('caller', '=', request.caller)
      .where('key', '=', request.key)
      .where('begun_at_ms', '=', atMs)
      .execute();
  }

  /** It was refused and changed nothing: the same key may be used for another attempt. */
  async forget(request: KeyedRequest, atMs: number): Promise<void> {
    await this.#db.now
      .deleteFrom('api_answers')
      .where('caller', '=', request.caller)
      .where('key', '=', request.key)
      .where('begun_at_ms', '=', atMs)
      .where('status', 'is', null)
      .execute();
  }

  async #row({ caller, key }: KeyedRequest) {
    return await this.#db.now
      .selectFrom('api_answers')
      .selectAll()
      .where('caller', '=', caller)
      .where('key', '=', key)
      .executeTakeFirst();
  }

  /** Also where the one before is too old to count, or was given up. */
  async #isFirst({ caller, key, digest }: KeyedRequest, nowMs: number): Promise<boolean> {
    const begun = { request_digest: digest, begun_at_ms: nowMs };
    const unanswered = { status: null, headers: null, body: null };
    const { numInsertedOrUpdatedRows } = await this.#db.now
      .insertInto('api_answers')
      .values({ caller, key, ...begun, ...unanswered })
      .onConflict((conflict) =>
        conflict
          .columns(['caller', 'key'])
          .doUpdateSet({ ...begun, ...unanswered })
          .where(isFree(nowMs)),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async #removeOld(nowMs: number): Promise<void> {
    await this.#db.now
      .deleteFrom('api_answers')
      .where('begun_at_ms', '<=', nowMs - KEPT_MS)
      .execute();
  }
}

function isFree(nowMs: number) {
  return sql<boolean>`(api_answers.begun_at_ms <= ${nowMs - KEPT_MS} OR
    (api_answers.status IS NULL AND api_answers.begun_at_ms <= ${nowMs - UNDER_WAY_MS_MAX}))`;
}
