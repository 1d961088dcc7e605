/*
 * Goal: no route is open by accident, and none can be upset by what it is sent.
 * Method: every contract of the API is walked, by every kind of caller; bodies are made from the
 * route's own schema and spoiled. What is stored is compared before and after.
 */
import * as fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { API } from '#contracts/rest/v1/api';
import { openApiDocument, templateOf } from '#contracts/rest/v1/open-api/document';
import { problem } from '#contracts/rest/v1/problem';
import { API_PATH, isChange, type RouteContract } from '#contracts/rest/v1/route';
import { paramsOf, problemsOf, queryOf, wantsVersion } from '#contracts/rest/v1/route-shape';
import { arbitraryOf, poisoned, spoiled } from '#tests/hub/arbitrary-json';
import { type BuiltServer, buildTestServer, put } from '#tests/hub/built-server';

const RUNS = 8; // below every limit of requests per minute, twice over
const BODY_BYTES = 600 * 1024; // beyond what a route takes that names no limit of its own

interface NamedRoute {
  readonly name: string;
  readonly route: RouteContract;
}

const ROUTES: readonly NamedRoute[] = API.flatMap(({ routes }) =>
  Object.entries(routes).map(([name, route]) => ({ name, route })),
);
const withBody = ROUTES.flatMap(({ name, route }) => {
  const { body } = route;
  return body === undefined || 'kind' in body ? [] : [{ name, route, body }];
});

/** Without a provider there is nobody to be sent to: proved in tests/hub/provider.test.ts. */
const PROVIDER = new Set(['startProvider', 'finishProvider']);

let hub: BuiltServer;
beforeAll(async () => {
  hub = await buildTestServer();
});
afterAll(() => hub.stop());

const SAMPLES = { numRuns: 100, seed: 1 };

/** Where nothing is, by names that have the shape of the route's own. */
function addressOf(route: RouteContract): string {
  const shape = paramsOf(route);
  const fitting = fc.sample(arbitraryOf(shape), SAMPLES).map((value) => shape.safeParse(value));
  const params = fitting.find(({ success }) => success)?.data ?? {};
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  return `${API_PATH}${path}`;
}

function requestTo(route: RouteContract, more: InjectOptions = {}): InjectOptions {
  return { method: route.method, url: addressOf(route), ...more };
}

function signedIn(route: RouteContract): Record<string, string> {
  return { ...hub.session, ...(wantsVersion(route) ? { 'if-match': '*' } : {}) };
}

/** Somebody at the door, and what they are told there. Roles join here as the store knows them. */
interface Caller {
  readonly kind: string;
  readonly headers: () => Record<string, string>;
  /** undefined: let in. */
  readonly refusal: (route: RouteContract) => 401 | 403 | undefined;
}

const CALLERS: readonly Caller[] = [
  {
    kind: 'a stranger',
    headers: () => ({}),
    refusal: ({ authority }) => (authority === 'public' ? undefined : 401),
  },
  {
    kind: 'somebody with a made-up session',
    headers: () => ({ cookie: `lintel_session=${'A'.repeat(43)}` }),
    refusal: ({ authority }) => (authority === 'public' ? undefined : 401),
  },
  {
    kind: 'another site with the cookie of an administrator',
    headers: () => ({ cookie: hub.session.cookie }),
    refusal: (route) => (route.authority === 'public' || !isChange(route) ? undefined : 403),
  },
  {
    kind: 'an administrator',
    headers: () => hub.session,
    refusal: () => undefined,
  },
];

describe.each(CALLERS)('$kind', ({ headers, refusal }) => {
  // Ends the session it is asked with, and a stream does not end at all: proved in api.test.ts.
  const asked = ROUTES.filter(({ name }) => name !== 'signOut' && name !== 'live');

  test.each(asked)('at $name', async ({ route }) => {
    const answer = await put(hub.app, requestTo(route, { headers: headers() }));
    expect(doorOf(answer)).toBe(refusal(route) ?? 'open');
  });
});

/** Whether somebody was let in. Wrong credentials of a sign-in are no closed door; a crash is one. */
function doorOf({ status, body }: { readonly status: number; readonly body: unknown }) {
  const told = problem.safeParse(body);
  const isWrong = told.success && told.data.type.endsWith('sign-in-wrong');
  return !isWrong && [401, 403, 500].includes(status) ? status : 'open';
}

describe('what does not fit', () => {
  test.each(withBody)('into the body of $name is refused and changes nothing', async (each) => {
    const { route, body } = each;
    const before = await hub.stored();
    const isUnfit = (value: unknown) => value === undefined || !body.safeParse(value).success;
    const values = spoiled(arbitraryOf(body)).filter(
      (value) => body instanceof z.ZodUnknown || isUnfit(value),
    );
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const sent = value === undefined ? {} : { payload: JSON.stringify(value) };
        const headers = { ...signedIn(route), 'content-type': 'application/json' };
        const answer = await put(hub.app, requestTo(route, { ...sent, headers, ...from() }));
        expect(answer.status).toBe(400);
        expect(problem.parse(answer.body).errors?.length).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
    expect(await hub.stored()).toBe(before);
  });

  test.each(ROUTES.filter(({ name }) => name !== 'signOut' && !PROVIDER.has(name)))(
    'into the query of $name is refused',
    async ({ route }) => {
      const request = requestTo(route, { headers: signedIn(route), query: { unheardOf: '1' } });
      const answer = await put(hub.app, request);
      expect(answer.status).toBe(400);
      const reasons = problem.parse(answer.body).errors?.map(({ reason }) => reason) ?? [];
      expect(reasons.join('\n')).toContain('unheardOf');
    },
  );

  test.each(ROUTES.filter(({ name, route }) => route.query !== undefined && !PROVIDER.has(name)))(
    'into a value of the query of $name never upsets it',
    async ({ route }) => {
      const names = Object.keys(queryOf(route).shape);
      const value = fc.oneof(fc.string(), fc.constantFrom('\0', '-1', '1e9', '%', "' OR 1=1"));
      const queries = fc.tuple(fc.constantFrom(...names), value);
      await fc.assert(
        fc.asyncProperty(queries, async ([key, word]) => {
          const query = { [key]: word };
          const request = requestTo(route, { query, headers: signedIn(route) });
          const answer = await put(hub.app, request);
          expect([200, 400]).toContain(answer.status);
        }),
        { numRuns: 2 * RUNS },
      );
    },
  );

  test.each(ROUTES.filter(({ route }) => route.params !== undefined))(
    'into the address of $name names nothing',
    async ({ route }) => {
      const bad = ['%00', 'x'.repeat(90), '%ED%A0%80', '..%2F..'].filter(
        (text) => text === '%00' || !paramsFit(route, decoded(text)),
      );
      for (const text of bad) {
        const url = `${API_PATH}${route.path.replace(/:\w+/g, text)}`;
        const { method } = route;
        const answer = await put(hub.app, { method, url, headers: signedIn(route) });
        expect([400, 404]).toContain(answer.status);
      }
    },
  );

  test.each(withBody)('into the memory of $name is refused', async ({ route }) => {
    const bytes = Math.max(BODY_BYTES, (route.bodyBytesMax ?? 0) + 1);
    const payload = JSON.stringify({ text: 'x'.repeat(bytes) });
    const headers = { ...signedIn(route), 'content-type': 'application/json' };
    const answer = await put(hub.app, requestTo(route, { payload, headers, ...from() }));
    expect(answer.status).toBe(413);
    expect(problem.parse(answer.body).type).toBe('urn:lintel:problem:too-large');
  });
});

/** Those who have no account are counted by their address. */
let asks = 0;
function from(): InjectOptions {
  asks += 1;
  return { remoteAddress: `10.0.${Math.floor(asks / 250)}.${(asks % 250) + 1}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function paramsFit(route: RouteContract, text: string): boolean {
  const names = Object.keys(paramsOf(route).shape);
  return paramsOf(route).safeParse(Object.fromEntries(names.map((name) => [name, text]))).success;
}

test.each(ROUTES.filter(({ route }) => route.paged !== undefined))(
  'a cursor that was never given out is refused by $name',
  async ({ route }) => {
    const keys = [['\0'], [null], ['a', 'b', 'c', 'd'], { a: 1 }, '', 7, ['x'.repeat(900)]];
    for (const key of keys) {
      const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
      const request = requestTo(route, { query: { cursor }, headers: signedIn(route) });
      const answer = await put(hub.app, request);
      expect(answer.status).toBe(400);
    }
  },
);

describe('a hostile word', () => {
  test.each(withBody)('where a text was asked for by $name upsets nothing', async (each) => {
    const { route, body } = each;
    await fc.assert(
      fc.asyncProperty(poisoned(arbitraryOf(body)), async (value) => {
        const headers = { ...signedIn(route), 'content-type': 'application/json' };
        const payload = JSON.stringify(value) ?? 'null';
        const answer = await put(hub.app, requestTo(route, { payload, headers, ...from() }));
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the published document', () => {
  const published = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) })
    .parse(openApiDocument());

  test('names every route that is served, and no other', () => {
    const served = hub.routes
      .filter(({ method, url }) => url.startsWith('/api/') && method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    const named = Object.entries(published.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(served.toSorted()).toEqual(named.toSorted());
    expect(ROUTES.map(({ route }) => `${route.method} ${templateOf(route)}`).toSorted()).toEqual(
      named.toSorted(),
    );
  });

  test('is what the hub answers', async () => {
    const answer = await put(hub.app, { method: 'GET', url: `${API_PATH}/openapi.json` });
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  test('gives each operation a name of its own, an authority, and its problems', () => {
    const operations = Object.values(published.paths).flatMap((each) => Object.values(each));
    const ids = operations.map((operation) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) {
      expect(operation['x-lintel-authority']).toBeDefined();
      expect(operation['responses']).toHaveProperty('500');
    }
    for (const { route } of ROUTES) expect(problemsOf(route)).toContain('invalid');
  });

  test('points at nothing that is not there', () => {
    const text = JSON.stringify(openApiDocument());
    const document = z.looseObject({ components: z.record(z.string(), z.unknown()) });
    const { components } = document.parse(JSON.parse(text));
    const refs = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, at]) => at),
    );
    expect(refs.size).toBeGreaterThan(5);
    for (const ref of refs) {
      const [kind = '', name = ''] = (ref ?? '').split('/');
      expect(components[kind]).toHaveProperty([name]);
    }
  });
});
