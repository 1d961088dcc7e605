import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callWith } from '#contracts/rest/v1/client/call';
import { fileAnswer, nothing, upload } from '#contracts/rest/v1/content';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';

const open = { authority: 'public', summary: '', errors: [] } as const;
const counted = z.strictObject({ count: z.int() });

const count = defineRoute({
  ...open,
  method: 'GET',
  path: '/things/:thingId/count',
  params: z.strictObject({ thingId: z.string() }),
  query: z.strictObject({ words: z.string().optional() }),
  answers: { 200: counted },
});
const change = defineRoute({
  ...open,
  method: 'PUT',
  path: '/things',
  body: counted,
  answers: { 200: counted },
  concurrency: 'etag',
});
const make = defineRoute({
  ...open,
  method: 'POST',
  path: '/things',
  body: upload('text/csv'),
  answers: { 204: nothing },
  idempotency: 'key',
});
const list = defineRoute({
  ...open,
  method: 'GET',
  path: '/things',
  paged: { key: z.tuple([z.string()]), limitMax: 10, limitDefault: 5 },
  answers: { 200: pageOf({ things: z.array(z.string()) }) },
});
const save = defineRoute({
  ...open,
  method: 'GET',
  path: '/file',
  answers: { 200: fileAnswer('text/csv') },
});

function answered(response: () => Response) {
  const asked: Request[] = [];
  const call = callWith({
    fetch: async (address, request) => {
      asked.push(new Request(address, request));
      return response();
    },
    origin: 'http://hub',
    headersOf: () => ({ authorization: 'Bearer t' }),
  });
  return { call, asked };
}

const problem = (status: number) =>
  Response.json({ type: 'about:blank', title: 'No', status }, { status });

describe('an answer', () => {
  test('of the right shape is handed on, parsed', async () => {
    const { call } = answered(() => Response.json({ count: 3 }));
    expect(await call(count)({ params: { thingId: 'a' } })).toEqual({
      ok: true,
      value: { count: 3 },
    });
  });

  test.each([
    ['another shape', () => Response.json({ count: 'three' }), 'unreadable'],
    ['another success', () => Response.json({ count: 3 }, { status: 202 }), 'unreadable'],
    ['no JSON at all', () => new Response('<html>'), 'unreadable'],
    ['a problem', () => problem(422), 'problem'],
    ['no session', () => problem(401), 'signed-out'],
    ['a gateway before a hub that is down', () => new Response('', { status: 502 }), 'offline'],
    ['a crash without words', () => new Response('', { status: 500 }), 'unreadable'],
  ])('that is %s is %s', async (_, response, kind) => {
    const { call } = answered(response);
    const told = await call(count)({ params: { thingId: 'a' } });
    expect(told.ok ? 'accepted' : told.failure.kind).toBe(kind);
  });

  test('of nobody is offline, not a crash', async () => {
    const { call } = answered(() => {
      throw new TypeError('Failed to fetch');
    });
    const told = await call(count)({ params: { thingId: 'a' } });
    expect(told).toEqual({ ok: false, failure: { kind: 'offline' } });
  });

  test('that is a file is handed on unread', async () => {
    const { call } = answered(() => new Response('a,b'));
    const told = await call(save)();
    expect(told.ok && new TextDecoder().decode(await told.value.arrayBuffer())).toBe('a,b');
  });
});

describe('a question', () => {
  test('says who asks, and puts its parts where they belong, whatever is in them', async () => {
    const { call, asked } = answered(() => Response.json({ count: 3 }));
    await call(count)({ params: { thingId: 'a/b' }, query: { words: 'ü&c=d' } });
    expect(asked[0]?.url).toBe('http://hub/api/v1/things/a%2Fb/count?words=%C3%BC%26c%3Dd');
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer t');
  });

  test('carries the version it was made from, and learns the next one', async () => {
    const headers = { etag: '"v2"' };
    const { call, asked } = answered(() => Response.json({ count: 4 }, { headers }));
    const told = await call(change)({ body: { count: 4 }, version: 'v1' });
    expect(asked[0]?.headers.get('if-match')).toBe('"v1"');
    expect(told).toEqual({ ok: true, value: { value: { count: 4 }, version: 'v2' } });
  });

  test('carries a file as what it is, under its key', async () => {
    const { call, asked } = answered(() => new Response(null, { status: 204 }));
    const body = { content: 'a,b', mediaType: 'text/csv' };
    expect(await call(make)({ body, idempotencyKey: 'k' })).toEqual({ ok: true, value: undefined });
    expect(asked[0]?.headers.get('content-type')).toBe('text/csv');
    expect(asked[0]?.headers.get('idempotency-key')).toBe('k');
    expect(await asked[0]?.text()).toBe('a,b');
  });

  test('goes on where the page before ended', async () => {
    const { call, asked } = answered(() => Response.json({ things: ['a'], next: 'Wm' }));
    const first = await call(list)();
    if (!first.ok || first.value.next === null) throw new Error('there is a next page');
    await call(list)({ query: { cursor: first.value.next, limit: 2 } });
    expect(asked[1]?.url).toBe('http://hub/api/v1/things?cursor=Wm&limit=2');
  });
});
