import type { Json } from '#contracts/rest/v1/open-api/shape-book';
import { isChange, type RouteContract } from '#contracts/rest/v1/route';
import { wantsVersion } from '#contracts/rest/v1/route-shape';

const text = { type: 'string' };

/** Headers that answers carry. */
export const HEADERS = {
  ETag: { description: 'The version of what was answered.', schema: text },
  Link: { description: 'The next page, as rel="next"; absent on the last one.', schema: text },
  Location: { description: 'Where what was made can be found.', schema: text },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
  'Idempotency-Replayed': {
    description: '"true" when this is the answer to an earlier request with the same key.',
    schema: text,
  },
};

export function headersNamed(names: readonly (keyof typeof HEADERS)[]): Json {
  if (names.length === 0) return {};
  const refs = names.map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  return { headers: Object.fromEntries(refs) };
}

/** On every success of a route. */
export function successHeadersOf({ concurrency, paged, idempotency }: RouteContract): Json {
  return headersNamed([
    ...(concurrency === undefined ? [] : (['ETag'] as const)),
    ...(paged === undefined ? [] : (['Link'] as const)),
    ...(idempotency === undefined ? [] : (['Idempotency-Replayed', 'Location'] as const)),
  ]);
}

/** Headers that a request of this route carries, or may. */
export function headerParametersOf(route: RouteContract): readonly Json[] {
  const parameters: Json[] = [];
  const add = (name: string, presence: 'wanted' | 'optional', description: string) =>
    parameters.push({
      name,
      in: 'header',
      required: presence === 'wanted',
      description,
      schema: text,
    });
  if (typeof route.authority === 'object') {
    const who = 'Of a program that may say so: the id of the person for whom it acts.';
    add('X-Lintel-On-Behalf-Of', 'optional', who);
  }
  if (wantsVersion(route)) add('If-Match', 'wanted', 'The ETag that was read; * for any.');
  if (route.concurrency !== undefined && !isChange(route)) {
    add('If-None-Match', 'optional', 'An ETag already held: then 304 while it still holds.');
  }
  if (route.idempotency !== undefined) {
    const why = 'The same on every attempt: for 24 hours the first answer is given again.';
    add('Idempotency-Key', 'optional', why);
  }
  return parameters;
}
