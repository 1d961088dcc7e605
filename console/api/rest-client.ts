import { type Call, callWith, type FetchRequest } from '#contracts/rest/v1/client/call';
import type { FetchedAnswer } from '#contracts/rest/v1/client/given';
import { isChange, type RouteContract } from '#contracts/rest/v1/route';
import type { Locale } from '#contracts/wire/v1/ids';

/** A hub in the same building answers in milliseconds; after this long nobody is listening. */
const ANSWER_MS_MAX = 15_000;

export interface RestSettings {
  readonly fetch: (address: string, request: RequestInit) => Promise<FetchedAnswer>;
  /** Language the hub words its problems in. */
  readonly locale: () => Locale;
}

/** What this page adds to every question: who asks, in which language, and how long it waits. */
export class RestClient {
  readonly #settings: RestSettings;
  #csrfToken = '';
  #signedOut: () => void = () => {};

  constructor(settings: RestSettings) {
    this.#settings = settings;
  }

  /** Of `hubClient`, which has every question. */
  readonly call: Call = callWith({
    fetch: (address, request) => this.#fetch(address, request),
    headersOf: (route) => this.#headersOf(route),
    onSignedOut: () => this.#signedOut(),
  });

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

  #fetch(address: string, request: FetchRequest): Promise<FetchedAnswer> {
    return this.#settings.fetch(address, {
      ...request,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  }

  #headersOf(route: RouteContract): Record<string, string> {
    return {
      'accept-language': this.#settings.locale(),
      ...(isChange(route) ? { 'x-lintel-csrf': this.#csrfToken } : {}),
    };
  }
}
