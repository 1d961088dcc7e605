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
  type GrantText,
  passwordResetMade,
} from '#contracts/rest/v1/authority';
import { problem } from '#contracts/rest/v1/problem';
import { AccessBench, CHOSEN, grant, type Headers, reasonsOf } from '#tests/hub/access-bench';

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
    expect((await asked('GET', '/session', undefined, await bench.signedIn('bob'))).status).toBe(
      200,
    );
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
    await bench.hub.db.now.insertInto('departments').values(department).execute();
    const north = { departments: ['north'], sites: null };
    const own = [grant({ ...north }), grant({ capability: 'administrators', ...north })];
    const { headers } = await bench.appointed('Bob', own);
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
    const { headers } = await bench.appointed('Bob', [
      grant({ capability: 'administrators', sites: [siteId] }),
    ]);
    const other = await bench.appointed('Cleo', [grant({})]);
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
    const { headers } = await bench.appointed('Bob', [grant({ capability: 'administrators' })]);
    const strong = await bench.appointed('Cleo', 'super');
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
    const { accountId, headers } = await bench.appointed('Bob', [grant({})]);
    const path = `/administrators/${accountId}`;
    const seen = await asked('GET', path);
    const rank = { kind: 'administrator', grants: [grant({ access: 'view' })] };
    expect((await asked('PATCH', path, { rank })).status).toBe(428);
    const version = { 'if-match': String(seen.headers['etag']) };
    const changed = await asked('PATCH', path, { rank }, { ...bench.hub.session, ...version });
    expect(administrator.parse(changed.body).rank).toEqual(rank);
    expect(
      (await asked('PATCH', path, { rank }, { ...bench.hub.session, ...version })).status,
    ).toBe(412);
    expect((await asked('GET', '/session', undefined, headers)).status).toBe(401);
  });

  test('is written down with what was held before, and after', async () => {
    const { accountId } = await bench.appointed('Bob', [grant({ sites: [siteId] })]);
    const path = `/administrators/${accountId}`;
    const rank = { kind: 'administrator', grants: [grant({ access: 'view' })] };
    await asked(
      'PATCH',
      path,
      { rank, state: 'disabled' },
      { ...bench.hub.session, 'if-match': '*' },
    );
    const log = auditPage.parse((await asked('GET', '/audit?action=administrator')).body);
    const before = ['1 people:change', `1 site ${siteId}`];
    expect(log.entries.map(({ act }) => act.changes)).toEqual([
      [
        { field: 'grants', before, after: ['1 people:view'] },
        { field: 'state', before: 'active', after: 'disabled' },
      ],
      [
        { field: 'grants', before: null, after: before },
        { field: 'rank', before: null, after: 'administrator' },
        { field: 'state', before: null, after: 'invited' },
      ],
    ]);
  });

  test('cannot take away the last who can do everything', async () => {
    const listed = administrators.parse((await asked('GET', '/administrators')).body);
    const accountId = listed.administrators[0]?.accountId ?? '';
    const path = `/administrators/${accountId}`;
    const change = { state: 'disabled', selfLowering: 'confirmed' };
    const headers = { ...bench.hub.session, 'if-match': '*' };
    const refused = await asked('PATCH', path, change, headers);
    expect(refused.status).toBe(409);
    expect(reasonsOf(refused)).toContain('last super administrator');
    expect((await asked('DELETE', path, { selfLowering: 'confirmed' })).status).toBe(409);
    expect((await asked('GET', '/session')).status).toBe(200);
  });

  test('takes rights from oneself only where it is said again', async () => {
    await bench.appointed('Bob', 'super');
    const listed = administrators.parse((await asked('GET', '/administrators')).body);
    const own = listed.administrators.find(({ name }) => name === 'admin')?.accountId ?? '';
    const rank = { kind: 'administrator', grants: [] };
    const headers = { ...bench.hub.session, 'if-match': '*' };
    const asks = await asked('PATCH', `/administrators/${own}`, { rank }, headers);
    expect(asks.status).toBe(409);
    expect(problem.parse(asks.body).errors?.[0]?.path).toBe('selfLowering');
    const confirmed = { rank, selfLowering: 'confirmed' };
    expect((await asked('PATCH', `/administrators/${own}`, confirmed, headers)).status).toBe(200);
  });

  test('by a link, or without the second factor, is written down without its secret', async () => {
    const { accountId } = await bench.appointed('Bob', [grant({})]);
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
    const { accountId, headers } = await bench.appointed('Bob', [grant({})]);
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
    const { accountId } = await bench.appointed('Bob', grants);
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
    const { headers } = await bench.appointed('Bob', [grant({ access: 'view' })]);
    const answer = await asked('GET', '/session/rights', undefined, headers);
    expect(answer.body).toMatchObject({
      rank: 'administrator',
      rights: [{ capability: 'people', access: 'view', extent: 'everybody' }],
    });
  });
});

describe('one’s own sessions', () => {
  test('are listed and ended from elsewhere, nobody else’s', async () => {
    const { headers } = await bench.appointed('Bob', [grant({})]);
    const elsewhere = await bench.signedIn('Bob');
    const all = async (by: Headers) =>
      openSessions.parse((await asked('GET', '/session/all', undefined, by)).body).sessions;
    const listed = await all(headers);
    expect(listed.map(({ standing }) => standing).toSorted()).toEqual(['other', 'this']);
    const other = listed.find(({ standing }) => standing === 'other')?.sessionId ?? '';
    expect((await asked('DELETE', `/session/all/${other}`)).status).toBe(404);
    expect((await asked('DELETE', `/session/all/${other}`, undefined, headers)).status).toBe(204);
    expect((await asked('GET', '/session', undefined, elsewhere)).status).toBe(401);
    await bench.signedIn('Bob');
    expect((await asked('DELETE', '/session/all', undefined, headers)).status).toBe(204);
    expect(await all(headers)).toHaveLength(1);
  });
});
