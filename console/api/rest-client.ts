import type { z } from 'zod';
import type { HubFailure } from '#console/api/failure';
import { problem } from '#contracts/rest/v1/problem';
import type { Locale } from '#contracts/wire/v1/ids';
import { failed, ok, type Result } from '#domain/result';

/** A hub in the same building answers in milliseconds; after this long nobody is listening. */
const ANSWER_MS_MAX = 15_000;

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface RestRequest<S extends z.ZodType> {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
  /** What the answer must be. */
  readonly answer: S;
}

export interface RestSettings {
  readonly fetch: typeof fetch;
  /** Language the hub words its problems in. */
  readonly locale: () => Locale;
}

export type Ask = <S extends z.ZodType>(
  request: RestRequest<S>,
) => Promise<Result<z.output<S>, HubFailure>>;

/** Speaks to the hub's REST interface: every answer is parsed, every failure is data. */
export class RestClient {
  readonly #settings: RestSettings;
  #csrfToken = '';
  #signedOut: () => void = () => {};

  constructor(settings: RestSettings) {
    this.#settings = settings;
  }

  /** From the newest session; without it the hub refuses to change anything. */
  takeCsrfToken(token: string): void {
    this.#csrfToken = token;
  }

  /** Called whenever the hub says that there is no session any more. @returns undoes it */
  onSignedOut(listener: () => void): () => void {
    this.#signedOut = listener;
    return () => {
      this.#signedOut = () => {};
    };
  }

  readonly ask: Ask = async (request) => {
    let response: Response;
    try {
      response = await this.#settings.fetch(request.path, this.#init(request));
    } catch {
      return failed({ kind: 'offline' }); // fetch rejects only where no answer came at all
    }
    const content = await contentOf(response);
    if (response.status === 401) this.#signedOut();
    return response.ok ? accepted(content, request.answer) : refused(response, content);
  };

  #init(request: RestRequest<z.ZodType>): RequestInit {
    const headers = new Headers({ 'accept-language': this.#settings.locale() });
    if (request.method !== 'GET') headers.set('x-lintel-csrf', this.#csrfToken);
    const init: RequestInit = {
      method: request.method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    };
    if (request.body === undefined) return init;
    headers.set('content-type', 'application/json');
    return { ...init, body: JSON.stringify(request.body) };
  }
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined; // no JSON: the schema decides whether that is acceptable
  }
}

function accepted<S extends z.ZodType>(
  content: unknown,
  answer: S,
): Result<z.output<S>, HubFailure> {
  const parsed = answer.safeParse(content);
  return parsed.success ? ok(parsed.data) : failed({ kind: 'unreadable' });
}

function refused(response: Response, content: unknown): Result<never, HubFailure> {
  const parsed = problem.safeParse(content);
  if (response.status === 401) {
    return failed({ kind: 'signed-out', ...(parsed.success && { problem: parsed.data }) });
  }
  if (parsed.success) return failed({ kind: 'problem', problem: parsed.data });
  const gatewayIsAlone = response.status >= 502 && response.status <= 504;
  return failed({ kind: gatewayIsAlone ? 'offline' : 'unreadable' });
}
