import { once } from 'node:events';
import { get } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BuiltServer, buildTestServer, put } from '#tests/hub/built-server';

let server: BuiltServer;
beforeEach(async () => {
  server = await buildTestServer();
});
afterEach(() => server.stop());

test('every route wants a session, but the page, the ways in, the words for both, and being well', async () => {
  expect(server.routes.length).toBeGreaterThan(15);
  const open: string[] = [];
  for (const { method, url } of server.routes) {
    const path = url.replace(/:\w+/g, 'x');
    const answer = await put(server.app, { method, url: path });
    if (answer.status !== 401) open.push(`${method} ${url}`);
  }
  expect(open.toSorted()).toEqual([
    'GET /',
    'GET /api/v1/openapi.json',
    'GET /api/v1/session/provider',
    'GET /api/v1/session/provider/callback',
    'GET /api/v1/session/ways',
    'GET /health',
    'GET /ready',
    'HEAD /',
    'HEAD /api/v1/openapi.json',
    'HEAD /api/v1/session/provider',
    'HEAD /api/v1/session/provider/callback',
    'HEAD /api/v1/session/ways',
    'HEAD /health',
    'HEAD /ready',
    'POST /api/v1/session',
    'POST /api/v1/session/code',
    'POST /api/v1/session/password-reset',
    'POST /api/v1/session/password-reset/check',
  ]);
});

test('an unknown route tells a stranger nothing but to sign in', async () => {
  expect((await put(server.app, { method: 'GET', url: '/anything' })).status).toBe(401);
});

test('what is under way is answered before the server and its database are closed', async () => {
  const headers = server.session;
  const body = { current: 'a longer password', next: 'an even longer password' };
  const url = '/api/v1/session/password';
  await server.app.ready();
  const changing = put(server.app, { method: 'POST', url, payload: body, headers });
  await setImmediate(); // it has been let in, and the comparison of passwords takes a while
  await server.stop();
  expect((await changing).status).toBe(200);
});

test('whoever went away in the middle holds nothing up', async () => {
  const origin = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const asking = get(`${origin}/api/v1/live`, { headers: { cookie: server.session.cookie } });
  await once(asking, 'response');
  asking.destroy();
  await expect.poll(connections).toBe(0); // the server has heard of it
  await expect(server.app.close()).resolves.toBeUndefined();
});

function connections(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  return promise;
}
