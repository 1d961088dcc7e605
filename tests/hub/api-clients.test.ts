/*
 * Goal: a program gets in by its token, as far and as long as somebody let it.
 * Method: tokens made, renewed and revoked over the real interface, by a clock that is moved.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apiClients, apiClientToken, type GrantText } from '#contracts/rest/v1/authority';
import { problem } from '#contracts/rest/v1/problem';
import { AccessBench, grant, type Headers, reasonsOf } from '#tests/hub/access-bench';

const NOBODY = '8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99';

let bench: AccessBench;
let siteId: string;
beforeEach(async () => {
  bench = await AccessBench.open();
  siteId = bench.siteId;
});
afterEach(() => bench.close());

function asked(...given: Parameters<AccessBench['ask']>) {
  return bench.ask(...given);
}

function expiresAt(): string {
  return bench.clock.now().add({ hours: 24 }).toString();
}

function bearer(token: string, more: Headers = {}): Headers {
  return { authorization: `Bearer ${token}`, ...more };
}

function onBehalf(person: string): Headers {
  return { 'x-lintel-on-behalf-of': person };
}

async function added(grants: readonly GrantText[], more: object = {}) {
  const body = { name: 'Payroll', grants, expiresAt: expiresAt(), ...more };
  return apiClientToken.parse((await asked('POST', '/api-clients', body)).body);
}

describe('a program', () => {
  test('is let in by its token, as far as its grants go, without a cookie or its csrf token', async () => {
    const { token, client } = await added([grant({ access: 'view' })]);
    expect((await asked('GET', '/people', undefined, bearer(token))).status).toBe(200);
    expect((await asked('GET', '/audit', undefined, bearer(token))).status).toBe(403);
    expect((await asked('GET', '/session', undefined, bearer(token))).status).toBe(403);
    const stored = await bench.hub.stored();
    expect(stored).toContain(client.tokenId);
    expect(stored).not.toContain(token);
    const listed = apiClients.parse((await asked('GET', '/api-clients')).body);
    expect(listed.clients).toMatchObject([{ name: 'Payroll', lastUsedAt: expect.any(String) }]);
  });

  test('with a token that is mistyped, made up or somebody’s session is not', async () => {
    const { token } = await added([grant({ access: 'view' })]);
    for (const wrong of [`${token}x`, token.slice(0, -1), 'lintel_', 'x']) {
      const answer = await asked('GET', '/people', undefined, bearer(wrong));
      expect(problem.parse(answer.body).type).toBe('urn:lintel:problem:token-refused');
    }
    const both = { ...bench.hub.session, authorization: 'Basic YTpi' };
    expect((await asked('GET', '/people', undefined, both)).status).toBe(401);
  });

  test('is out once it is revoked, renewed or its time is up', async () => {
    const { token, client } = await added([grant({ access: 'view' })]);
    const path = `/api-clients/${client.clientId}`;
    const renewed = await asked('POST', `${path}/token`, { expiresAt: expiresAt() });
    const next = apiClientToken.parse(renewed.body).token;
    expect((await asked('GET', '/people', undefined, bearer(token))).status).toBe(401);
    expect((await asked('GET', '/people', undefined, bearer(next))).status).toBe(200);
    expect((await asked('DELETE', path)).status).toBe(204);
    expect((await asked('GET', '/people', undefined, bearer(next))).status).toBe(401);
    expect((await asked('POST', `${path}/token`, { expiresAt: expiresAt() })).status).toBe(409);
    const short = await added([grant({ access: 'view' })], { name: 'Short' });
    bench.clock.pass(24 * 3600);
    expect((await asked('GET', '/people', undefined, bearer(short.token))).status).toBe(401);
  });

  test.each([
    ['yesterday', -24, 400],
    ['in two years', 2 * 366 * 24, 400],
    ['in a year', 366 * 24, 201],
  ])('that should end %s', async (_when, hours, status) => {
    const ends = bench.clock.now().add({ hours }).toString();
    const body = { name: 'Payroll', grants: [grant({})], expiresAt: ends };
    expect((await asked('POST', '/api-clients', body)).status).toBe(status);
  });

  test('gets no more than whoever lets it in holds', async () => {
    const { headers } = await bench.appointed('Bob', [
      grant({ sites: [siteId] }),
      grant({ capability: 'administrators', sites: [siteId] }),
    ]);
    const body = { name: 'Payroll', grants: [grant({})], expiresAt: expiresAt() };
    expect((await asked('POST', '/api-clients', body, headers)).status).toBe(403);
    const own = { ...body, grants: [grant({ sites: [siteId] })] };
    const made = apiClientToken.parse((await asked('POST', '/api-clients', own, headers)).body);
    const wide = { grants: [grant({})] };
    const path = `/api-clients/${made.client.clientId}`;
    const change = await asked('PATCH', path, wide, { ...headers, 'if-match': '*' });
    expect(change.status).toBe(403);
  });

  test('says for whom it acts only where that was allowed, and of people it reaches', async () => {
    const never = await added([grant({ access: 'view' })]);
    const refused = await asked('GET', '/people', undefined, bearer(never.token, onBehalf(NOBODY)));
    expect(refused.status).toBe(403);
    const may = await added([grant({ access: 'view' })], { name: 'OA', onBehalf: 'named-people' });
    const unknown = await asked('GET', '/people', undefined, bearer(may.token, onBehalf(NOBODY)));
    expect(reasonsOf(unknown)).toContain('reach');
    const nonsense = await asked('GET', '/people', undefined, bearer(may.token, onBehalf('ann')));
    expect(nonsense.status).toBe(400);
  });
});
