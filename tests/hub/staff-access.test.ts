/*
 * Goal: staff get in by an invitation, and nobody becomes a manager by helping one.
 * Method: people with accounts, over the real interface; the scope of it all is tests/scope's business.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditPage } from '#contracts/rest/v1/audit';
import { passwordResetMade } from '#contracts/rest/v1/authority';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { AccessBench, grant, type Headers } from '#tests/hub/access-bench';

let bench: AccessBench;
let helper: Headers;
beforeEach(async () => {
  bench = await AccessBench.open();
  helper = (await bench.appointed('Helper', [grant()])).headers;
});
afterEach(() => bench.close());

function asked(...given: Parameters<AccessBench['ask']>) {
  return bench.ask(...given);
}

async function takenOn(employeeNo: string, managerId: string | null = null): Promise<string> {
  const name = { name: employeeNo, greetingName: employeeNo, locale: 'en', manager: false };
  const added = await asked('POST', '/people', { employeeNo, ...name, managerId });
  return person.parse(added.body).personId;
}

function invite(personId: string, by: Headers) {
  return asked('POST', `/people/${personId}/invitation`, undefined, by);
}

async function tokenOf(personId: string, by: Headers): Promise<string> {
  return passwordResetMade.parse((await invite(personId, by)).body).token;
}

describe('staff', () => {
  test('set a password by an invitation, and sign in by their number as themselves', async () => {
    const ann = await takenOn('A1');
    const headers = await bench.entered('A1', await tokenOf(ann, helper));
    const rights = await asked('GET', '/session/rights', undefined, headers);
    expect(rights.body).toMatchObject({ personId: ann, rank: 'none' });
    expect(JSON.stringify(rights.body)).not.toContain('"everybody"');
  });

  test('stay signed in for two weeks, and not beyond their last day', async () => {
    const ann = await takenOn('A1');
    const headers = await bench.entered('A1', await tokenOf(ann, helper));
    bench.clock.pass(13 * 86_400);
    const see = () => asked('GET', '/session', undefined, headers);
    expect((await see()).status).toBe(200);
    const leaving = { ...bench.hub.session, 'if-match': '*' };
    bench.clock.pass(-13 * 86_400);
    const left = { employedFrom: '2026-01-01', employedTo: '2026-03-03' };
    const changed = await asked('PATCH', `/people/${ann}`, left, leaving);
    expect(changed.status).toBe(200);
    bench.clock.pass(86_400);
    expect((await see()).status).toBe(200);
    bench.clock.pass(2 * 86_400);
    expect((await see()).status).toBe(401);
  });

  test('who are invited again choose another password, and end their sessions by it', async () => {
    const ann = await takenOn('A1');
    const before = await bench.entered('A1', await tokenOf(ann, helper));
    await bench.entered('A1', await tokenOf(ann, helper));
    expect((await asked('GET', '/session', undefined, before)).status).toBe(401);
  });

  test('who lost their second factor get in without it again', async () => {
    const ann = await takenOn('A1');
    const headers = await bench.entered('A1', await tokenOf(ann, helper));
    const { accountId } = (await bench.hub.authority.accounts.ofPerson(ann)) ?? { accountId: '' };
    const factor = {
      state: 'on',
      secret: 'JBSWY3DPEHPK3PXP',
      lastStep: null,
      recovery: [],
    } as const;
    await bench.hub.authority.served.secondFactors.save(accountId, factor);
    const path = `/people/${ann}/second-factor`;
    expect((await asked('DELETE', path, undefined, helper)).status).toBe(204);
    expect((await asked('GET', '/session', undefined, headers)).status).toBe(401);
    expect(await bench.signedIn('A1')).toBeDefined();
  });
});

describe('a manager', () => {
  test('with a password is helped by those alone who may appoint', async () => {
    const boss = await takenOn('B1');
    await takenOn('A1', boss);
    await bench.entered('B1', await tokenOf(boss, helper));
    const refused = await invite(boss, helper);
    expect(refused.status).toBe(403);
    expect(problem.parse(refused.body).errors?.[0]?.reason).toContain('beyond your own rights');
    const path = `/people/${boss}/second-factor`;
    expect((await asked('DELETE', path, undefined, helper)).status).toBe(403);
    const grants = [grant(), grant({ capability: 'administrators' })];
    const strong = (await bench.appointed('Strong', grants)).headers;
    expect((await invite(boss, strong)).status).toBe(201);
  });

  test('is not made of an administrator’s own account by a detour', async () => {
    const ann = await takenOn('A1');
    const rank = { kind: 'superAdministrator' };
    await asked('POST', '/administrators', { name: 'Ann', personId: ann, locale: 'en', rank });
    expect((await invite(ann, helper)).status).toBe(403);
  });
});

describe('somebody who is gone', () => {
  test('leaves no account behind when they were added by mistake, or are erased', async () => {
    const ann = await takenOn('A1');
    await tokenOf(ann, helper);
    expect((await asked('DELETE', `/people/${ann}`)).status).toBe(204);
    expect(await bench.hub.authority.accounts.ofPerson(ann)).toBeUndefined();
  });

  test('cannot be removed while they run the place', async () => {
    const ann = await takenOn('A1');
    const rank = { kind: 'superAdministrator' };
    await asked('POST', '/administrators', { name: 'Ann', personId: ann, locale: 'en', rank });
    expect((await asked('DELETE', `/people/${ann}`)).status).toBe(409);
    expect(await bench.hub.authority.accounts.ofPerson(ann)).toBeDefined();
  });
});

test('each look at evidence is told', async () => {
  await asked('GET', '/punches');
  await asked('GET', '/punches/unplaced');
  const log = auditPage.parse((await asked('GET', '/audit?action=evidence')).body);
  expect(log.entries.map(({ act }) => act.subject.id)).toEqual(['-', '2026-03-02']);
});
