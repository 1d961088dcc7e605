import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RestClient } from '#console/api/rest-client';

const answer = z.strictObject({ count: z.int() });

function clientAnswering(response: () => Response): {
  readonly client: RestClient;
  readonly asked: Request[];
} {
  const asked: Request[] = [];
  const client = new RestClient({
    fetch: async (input, init) => {
      asked.push(new Request(new URL(pathOf(input), 'http://hub'), init));
      return response();
    },
    locale: () => 'zh-CN',
  });
  return { client, asked };
}

function pathOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : input.toString();
}

const problem = (status: number) =>
  Response.json({ type: 'about:blank', title: 'No', status }, { status });

describe('RestClient', () => {
  test('an answer of the right shape is handed on, parsed', async () => {
    const { client } = clientAnswering(() => Response.json({ count: 3 }));
    expect(await client.ask({ method: 'GET', path: '/a', answer })).toEqual({
      ok: true,
      value: { count: 3 },
    });
  });

  test.each([
    ['another shape', () => Response.json({ count: 'three' }), 'unreadable'],
    ['no JSON at all', () => new Response('<html>'), 'unreadable'],
    ['a problem', () => problem(422), 'problem'],
    ['no session', () => problem(401), 'signed-out'],
    ['a gateway before a hub that is down', () => new Response('', { status: 502 }), 'offline'],
    ['a crash without words', () => new Response('', { status: 500 }), 'unreadable'],
  ])('%s is %s', async (_, response, kind) => {
    const { client } = clientAnswering(response);
    const answered = await client.ask({ method: 'GET', path: '/a', answer });
    expect(answered.ok ? 'accepted' : answered.failure.kind).toBe(kind);
  });

  test('nobody listening is offline, not a crash', async () => {
    const { client } = clientAnswering(() => {
      throw new TypeError('Failed to fetch');
    });
    const answered = await client.ask({ method: 'GET', path: '/a', answer });
    expect(answered).toEqual({ ok: false, failure: { kind: 'offline' } });
  });

  test('only what changes something carries the token; everything carries the language', async () => {
    const { client, asked } = clientAnswering(() => Response.json({ count: 1 }));
    client.takeCsrfToken('token-of-this-session');
    await client.ask({ method: 'GET', path: '/a', answer });
    await client.ask({ method: 'POST', path: '/a', body: { a: 1 }, answer });
    expect(asked.map((request) => request.headers.get('x-lintel-csrf'))).toEqual([
      null,
      'token-of-this-session',
    ]);
    expect(asked.map((request) => request.headers.get('accept-language'))).toEqual([
      'zh-CN',
      'zh-CN',
    ]);
    expect(await asked[1]?.json()).toEqual({ a: 1 });
  });

  test('the end of a session is told to whoever shows it', async () => {
    const { client } = clientAnswering(() => problem(401));
    let ended = 0;
    const undo = client.onSignedOut(() => {
      ended += 1;
    });
    await client.ask({ method: 'GET', path: '/a', answer });
    undo();
    await client.ask({ method: 'GET', path: '/a', answer });
    expect(ended).toBe(1);
  });
});
