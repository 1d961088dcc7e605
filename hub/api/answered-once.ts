import type { FastifyRequest } from 'fastify';
import { invalid, ProblemError } from '#hub/api/problem';
import { NOT_A_KEY } from '#hub/api/problem-texts';
import type { Rendered } from '#hub/api/rendered';
import type { IdempotencyRepository, KeyedRequest } from '#hub/storage/idempotency-repository';
import type { Clock } from '#platform/clock/clock';
import { canonicalJson, sha256Hex } from '#platform/crypto/canonical';

const KEY = /^[\x21-\x7e]{1,255}$/;
const RETRY_SECONDS = 1;

export interface AnsweredOnceDeps {
  readonly answers: IdempotencyRepository;
  readonly clock: Clock;
}

/**
 * The request under the name that its sender gave it; undefined when it has none.
 *
 * @throws ProblemError for a key that is none
 */
export function keyedRequest(request: FastifyRequest): KeyedRequest | undefined {
  const key = request.headers['idempotency-key'];
  const { actor, method, url, body } = request;
  if (key === undefined || actor === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw invalid('Idempotency-Key', NOT_A_KEY);
  const digest = sha256Hex(canonicalJson({ method, url, body: body ?? null }));
  return { caller: actorKey(actor), key, digest };
}

/**
 * Makes something once, however often it is asked for with the same key, and answers the same each
 * time. A hub that dies between making and writing down the answer leaves the key to be tried again.
 */
export async function answeredOnce(
  keyed: KeyedRequest,
  make: () => Promise<Rendered>,
  { answers, clock }: AnsweredOnceDeps,
): Promise<Rendered> {
  const state = await answers.begin(keyed, clock.now().epochMilliseconds);
  switch (state.kind) {
    case 'other-request':
      throw new ProblemError('key-used');
    case 'under-way':
      throw new ProblemError('key-under-way', { retryAfterSeconds: RETRY_SECONDS });
    case 'answered':
      return replayed(state.answer);
    case 'begun':
      return await begun(keyed, state.atMs, { make, answers });
  }
}

function replayed(answer: Omit<Rendered, 'body'> & { readonly body: string | undefined }) {
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}

async function begun(
  keyed: KeyedRequest,
  atMs: number,
  { make, answers }: Pick<AnsweredOnceDeps, 'answers'> & { make: () => Promise<Rendered> },
): Promise<Rendered> {
  try {
    const { status, headers, body } = await make();
    const text = typeof body === 'string' ? body : undefined;
    await answers.keep(keyed, atMs, { status, headers, body: text });
    return { status, headers, body: text };
  } catch (error) {
    // A refusal changed nothing. After anything else nobody knows: the key stays taken for a while.
    if (error instanceof ProblemError) await answers.forget(keyed, atMs);
    throw error;
  }
}

/** One name for each account, program and part of the hub. */
export function actorKey(actor: NonNullable<FastifyRequest['actor']>): string {
  switch (actor.kind) {
    case 'account':
      return `account:${actor.accountId}`;
    case 'client':
      return `client:${actor.clientId}`;
    case 'system':
      return `system:${actor.part}`;
  }
}
