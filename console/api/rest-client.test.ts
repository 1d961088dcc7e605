import { expect, test } from 'vitest';
import { RestClient } from '#console/api/rest-client';
import { hubClient } from '#contracts/rest/v1/client/hub-client';

const PROBLEM = { type: 'about:blank', title: 'No', status: 401 };

function clientAnswered(status: number) {
  const asked: Request[] = [];
  const client = new RestClient({
    fetch: async (address, init) => {
      asked.push(new Request(new URL(address, 'http://hub'), init));
      return Response.json({ ...PROBLEM, status }, { status });
    },
    locale: () => 'zh-CN',
  });
  return { client, hub: hubClient(client.call), asked };
}

test('only what changes something carries the token; everything carries the language', async () => {
  const { client, hub, asked } = clientAnswered(400);
  client.takeCsrfToken('token-of-this-session');
  await hub.listTerminals();
  await hub.changePassword({ body: { current: 'a', next: 'b' } });
  const headers = (name: string) => asked.map((request) => request.headers.get(name));
  expect(headers('x-lintel-csrf')).toEqual([null, 'token-of-this-session']);
  expect(headers('accept-language')).toEqual(['zh-CN', 'zh-CN']);
  expect(await asked[1]?.json()).toEqual({ current: 'a', next: 'b' });
});

test('the end of a session is told to whoever shows it', async () => {
  const { client, hub } = clientAnswered(401);
  let ended = 0;
  const undo = client.onSignedOut(() => {
    ended += 1;
  });
  await hub.listTerminals();
  undo();
  await hub.listTerminals();
  expect(ended).toBe(1);
});
