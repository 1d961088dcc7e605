/*
 * Goal: nobody gives, keeps or takes more than they may, whoever they are.
 * Method: administrators of several ranks, each signed in over the real interface.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSessions } from '#contracts/rest/v1/account';
import { auditPage } from '#contracts/rest/v1/audit';
import {
  administrator,
  administratorInvited,
  administrators,
  administratorView,
  apiClients,
  apiClientToken,
  type GrantText,
  passwordResetMade,
} from '#contracts/rest/v1/authority';
import { problem } from '#contracts/rest/v1/problem';
import { session } from '#contracts/rest/v1/session';
import { site } from '#contracts/rest/v1/terminals';
import { type BuiltServer, buildTestServer, put } from '#tests/hub/built-server';
import { ManualClock } from '#tests/terminal/manual-clock';

const CHOSEN = 'mango tram window quiet';
const NOBODY = '8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99';

let hub: BuiltServer;
let clock: ManualClock;
let siteId: string;
beforeEach(async () => {
  clock = new ManualClock('2026-03-02T08:00:00Z');
  hub = await buildTestServer(clock);
  siteId = site.parse((await asked('GET', '/site')).body).siteId;
});
afterEach(() => hub.stop());

type Headers = Readonly<Record<string, string>>;

async function asked(
  method: string,
  path: string,
  payload?: object,
  headers: Headers = hub.session,
) {
  const body = payload === undefined ? {} : { payload };
  const url = `/api/v1${path}`;
  return await put(hub.app, { method, url, headers: { ...headers }, ...body });
}

function grant(of: Partial<GrantText>): GrantText {
  return { capability: 'people', access: 'change', departments: null, sites: null, ...of };
}

/** Appointed by the first administrator, with a password, signed in. */
async function appointed(name: string, grants: readonly GrantText[] | 'super') {
  const rank =
    grants === 'super' ? { kind: 'superAdministrator' } : { kind: 'administrator', grants };
  const made = await asked('POST', '/administrators', { name, locale: 'en', rank });
  const { token, administrator: account } = administratorInvited.parse(made.body);
  await asked('POST', '/session/password-reset', { token, next: CHOSEN }, {});
  return { accountId: account.accountId, headers: await entered(name) };
}

async function entered(name: string): Promise<Headers> {
  const answer = await asked('POST', '/session', { name, password: CHOSEN }, {});
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return { cookie, 'x-lintel-csrf': session.parse(answer.body).csrfToken };
}

function reasonsOf(answer: { readonly body: unknown }): string {
  return (problem.parse(answer.body).errors ?? []).map(({ reason }) => reason).join();
}

describe('an administrator who is appointed', () => {
  test('is invited, sets a password by a link that is shown once, and signs in', async () => {
    const rank = { kind: 'superAdministrator' };
    const made = await asked('POST', '/administrators', { name: 'Bob', locale: 'en', rank });
    expect(made.status).toBe(201);
    const { token, administrator: bob } = administratorInvited.parse(made.body);
    expect(bob).toMatchObject({ name: 'Bob', state: 'invited', secondFactor: 'off' });
    expect((await asked('POST', '/session', { name: 'Bob', password: CHOSEN }, {})).status).toBe(
      401,
    );
    const check = await asked('POST', '/session/password-reset/check', { token }, {});
    expect(check.body).toMatchObject({ name: 'Bob' });
    const set = await asked('POST', '/session/password-reset', { token, next: CHOSEN }, {});
    expect(set.status).toBe(204);
    expect((await asked('GET', '/session', undefined, await entered('bob'))).status).toBe(200);
    const again = await asked('POST', '/session/password-reset', { token, next: CHOSEN }, {});
    expect(again.status).toBe(410);
    const listed = administrators.parse((await asked('GET', '/administrators')).body);
    expect(listed.administrators.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'admin active',
      'Bob active',
    ]);
  });

  test('has a name of their own, in any case', async () => {
    const rank = { kind: 'administrator', grants: [] };
    const taken = await asked('POST', '/administrators', { name: 'ADMIN', locale: 'en', rank });
    expect(taken.status).toBe(409);
    expect(problem.parse(taken.body).errors?.[0]?.path).toBe('name');
  });

  test.each([
    ['nobody at all', grant({ sites: [] })],
    ['more than is asked', { ...grant({}), all: true }],
  ])('with a grant over %s is refused by its form', async (_what, bad) => {
    const rank = { kind: 'administrator', grants: [bad] };
    const refused = await asked('POST', '/administrators', { name: 'Bob', locale: 'en', rank });
    expect(refused.status).toBe(400);
  });

  test('with the fleet of a department is told that places have none', async () => {
    const rank = {
      kind: 'administrator',
      grants: [grant({ capability: 'fleet', departments: ['d'] })],
    };
    const refused = await asked('POST', '/administrators', { name: 'Bob', locale: 'en', rank });
    expect(refused.status).toBe(400);
    expect(reasonsOf(refused)).toContain('choose sites');
  });
});

describe('whoever holds less', () => {
  test('gives no more than they hold, nor where they may not appoint', async () => {
    const department = { department_id: 'north', name: 'North' };
    await hub.db.now.insertInto('departments').values(department).execute();
    const north = { departments: ['north'], sites: null };
    const own = [grant({ ...north }), grant({ capability: 'administrators', ...north })];
    const { headers } = await appointed('Bob', own);
    const give = async (grants: readonly GrantText[]) => {
      const body = { name: 'Cleo', locale: 'en', rank: { kind: 'administrator', grants } };
      return await asked('POST', '/administrators', body, headers);
    };
    for (const beyond of [grant({}), grant({ ...north, capability: 'results' })]) {
      const refused = await give([beyond]);
      expect(refused.status).toBe(403);
      expect(reasonsOf(refused)).toContain('beyond your own rights');
    }
    const crowned = { name: 'Cleo', locale: 'en', rank: { kind: 'superAdministrator' } };
    expect((await asked('POST', '/administrators', crowned, headers)).status).toBe(403);
    expect((await give([grant({ ...north, access: 'view' })])).status).toBe(201);
  });

  test('sees those within their area, and cannot touch the others', async () => {
    const { headers } = await appointed('Bob', [
      grant({ capability: 'administrators', sites: [siteId] }),
    ]);
    const other = await appointed('Cleo', [grant({})]);
    const listed = administrators.parse(
      (await asked('GET', '/administrators', undefined, headers)).body,
    );
    expect(listed.administrators.map(({ name }) => name)).toEqual(['Bob']);
    const path = `/administrators/${other.accountId}`;
    const attempts = [
      await asked('GET', path, undefined, headers),
      await asked('GET', `${path}/view`, undefined, headers),
      await asked('PATCH', path, { state: 'disabled' }, { ...headers, 'if-match': '*' }),
      await asked('DELETE', path, {}, headers),
      await asked('POST', `${path}/password-reset`, undefined, headers),
      await asked('DELETE', `${path}/second-factor`, undefined, headers),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await asked('GET', '/session', undefined, other.headers)).status).toBe(200);
  });

  test('cannot reset the password of somebody stronger: that would be becoming them', async () => {
    const { headers } = await appointed('Bob', [grant({ capability: 'administrators' })]);
    const strong = await appointed('Cleo', 'super');
    const reset = `/administrators/${strong.accountId}/password-reset`;
    const refused = await asked('POST', reset, undefined, headers);
    expect(refused.status).toBe(403);
    expect(reasonsOf(refused)).toContain('super administrator');
    const policy = { secondFactor: 'administrators' };
    expect((await asked('PUT', '/sign-in-policy', policy, headers)).status).toBe(403);
  });
});

describe('a change of what somebody may do', () => {
  test('wants the version that was seen, and ends their sessions', async () => {
    const { accountId, headers } = await appointed('Bob', [grant({})]);
    const path = `/administrators/${accountId}`;
    const seen = await asked('GET', path);
    const rank = { kind: 'administrator', grants: [grant({ access: 'view' })] };
    expect((await asked('PATCH', path, { rank })).status).toBe(428);
    const version = { 'if-match': String(seen.headers['etag']) };
    const changed = await asked('PATCH', path, { rank }, { ...hub.session, ...version });
    expect(administrator.parse(changed.body).rank).toEqual(rank);
    expect((await asked('PATCH', path, { rank }, { ...hub.session, ...version })).status).toBe(412);
    expect((await asked('GET', '/session', undefined, headers)).status).toBe(401);
  });

  test('cannot take away the last who can do everything', async () => {
    const listed = administrators.parse((await asked('GET', '/administrators')).body);
    const accountId = listed.administrators[0]?.accountId ?? '';
    const path = `/administrators/${accountId}`;
    const change = { state: 'disabled', selfLowering: 'confirmed' };
    const headers = { ...hub.session, 'if-match': '*' };
    const refused = await asked('PATCH', path, change, headers);
    expect(refused.status).toBe(409);
    expect(reasonsOf(refused)).toContain('last super administrator');
    expect((await asked('DELETE', path, { selfLowering: 'confirmed' })).status).toBe(409);
    expect((await asked('GET', '/session')).status).toBe(200);
  });

  test('takes rights from oneself only where it is said again', async () => {
    await appointed('Bob', 'super');
    const listed = administrators.parse((await asked('GET', '/administrators')).body);
    const own = listed.administrators.find(({ name }) => name === 'admin')?.accountId ?? '';
    const rank = { kind: 'administrator', grants: [] };
    const headers = { ...hub.session, 'if-match': '*' };
    const asks = await asked('PATCH', `/administrators/${own}`, { rank }, headers);
    expect(asks.status).toBe(409);
    expect(problem.parse(asks.body).errors?.[0]?.path).toBe('selfLowering');
    const confirmed = { rank, selfLowering: 'confirmed' };
    expect((await asked('PATCH', `/administrators/${own}`, confirmed, headers)).status).toBe(200);
  });

  test('by a link, or without the second factor, is written down without its secret', async () => {
    const { accountId } = await appointed('Bob', [grant({})]);
    const reset = await asked('POST', `/administrators/${accountId}/password-reset`);
    const { token } = passwordResetMade.parse(reset.body);
    await asked('DELETE', `/administrators/${accountId}/second-factor`);
    const log = auditPage.parse((await asked('GET', '/audit?action=administrator')).body);
    expect(log.entries.map(({ act }) => act.action)).toEqual([
      'administrator.second-factor-reset',
      'administrator.password-reset-made',
      'administrator.appointed',
    ]);
    expect(log.entries.every(({ act }) => act.subject.id === accountId)).toBe(true);
    expect(JSON.stringify(log)).not.toContain(token);
  });

  test('that removes them takes the account with everything it signed in by', async () => {
    const { accountId, headers } = await appointed('Bob', [grant({})]);
    expect((await asked('DELETE', `/administrators/${accountId}`, {})).status).toBe(204);
    expect((await asked('GET', '/session', undefined, headers)).status).toBe(401);
    expect((await asked('GET', `/administrators/${accountId}`)).status).toBe(404);
    expect((await asked('POST', '/session', { name: 'Bob', password: CHOSEN }, {})).status).toBe(
      401,
    );
  });
});

describe('what somebody else sees', () => {
  test('is told with how many people and places', async () => {
    const grants = [grant({ access: 'view', sites: [siteId] }), grant({ capability: 'fleet' })];
    const { accountId } = await appointed('Bob', grants);
    const answer = await asked('GET', `/administrators/${accountId}/view`);
    const { rights } = administratorView.parse(answer.body);
    expect(rights).toEqual([
      { capability: 'people', access: 'view', extent: 'some', people: 0, sites: 1, terminals: 0 },
      {
        capability: 'fleet',
        access: 'view',
        extent: 'everybody',
        people: 0,
        sites: 1,
        terminals: 0,
      },
      {
        capability: 'fleet',
        access: 'change',
        extent: 'everybody',
        people: 0,
        sites: 1,
        terminals: 0,
      },
    ]);
  });

  test('of their own, they are told at every sign-in', async () => {
    const { headers } = await appointed('Bob', [grant({ access: 'view' })]);
    const answer = await asked('GET', '/session/rights', undefined, headers);
    expect(answer.body).toMatchObject({
      rank: 'administrator',
      rights: [{ capability: 'people', access: 'view', extent: 'everybody' }],
    });
  });
});

describe('one’s own sessions', () => {
  test('are listed and ended from elsewhere, nobody else’s', async () => {
    const { headers } = await appointed('Bob', [grant({})]);
    const elsewhere = await entered('Bob');
    const all = async (by: Headers) =>
      openSessions.parse((await asked('GET', '/session/all', undefined, by)).body).sessions;
    const listed = await all(headers);
    expect(listed.map(({ standing }) => standing).toSorted()).toEqual(['other', 'this']);
    const other = listed.find(({ standing }) => standing === 'other')?.sessionId ?? '';
    expect((await asked('DELETE', `/session/all/${other}`)).status).toBe(404);
    expect((await asked('DELETE', `/session/all/${other}`, undefined, headers)).status).toBe(204);
    expect((await asked('GET', '/session', undefined, elsewhere)).status).toBe(401);
    await entered('Bob');
    expect((await asked('DELETE', '/session/all', undefined, headers)).status).toBe(204);
    expect(await all(headers)).toHaveLength(1);
  });
});

function expiresAt(): string {
  return clock.now().add({ hours: 24 }).toString();
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
    const stored = await hub.stored();
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
    const both = { ...hub.session, authorization: 'Basic YTpi' };
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
    clock.pass(24 * 3600);
    expect((await asked('GET', '/people', undefined, bearer(short.token))).status).toBe(401);
  });

  test.each([
    ['yesterday', -24, 400],
    ['in two years', 2 * 366 * 24, 400],
    ['in a year', 366 * 24, 201],
  ])('that should end %s', async (_when, hours, status) => {
    const ends = clock.now().add({ hours }).toString();
    const body = { name: 'Payroll', grants: [grant({})], expiresAt: ends };
    expect((await asked('POST', '/api-clients', body)).status).toBe(status);
  });

  test('gets no more than whoever lets it in holds', async () => {
    const { headers } = await appointed('Bob', [
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
