/**
 * Goal: a program written against WeCom's attendance interface changes its host and its secret, and
 * goes on. Method: a real hub, punches of a real terminal, and the few lines an integrator has.
 */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { apiClientToken } from '#contracts/rest/v1/authority';
import { systemClock } from '#platform/clock/system-clock';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';

const PATIENCE_MS = 60_000;
const SAMPLES = new URL('../../../shared/data/wecom-samples/', import.meta.url);
const NOW_S = Math.floor(systemClock().now().epochMilliseconds / 1000);
const SPAN = { starttime: NOW_S - 3600, endtime: NOW_S + 3600 };

let folder: string;
let hub: RunningHub;
let program: z.output<typeof apiClientToken>;
beforeAll(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
  program = await programWith(['results']);
  await punched('james');
}, PATIENCE_MS);
afterAll(async () => {
  await hub.stop();
  removeFolder(folder);
});

async function programWith(capabilities: readonly string[]) {
  const made = await hub.ask('POST', '/api/v1/api-clients', {
    name: `Payroll ${capabilities.join()}`,
    grants: capabilities.map((capability) => ({
      capability,
      access: 'view',
      departments: null,
      sites: null,
    })),
    onBehalf: 'never',
    expiresAt: systemClock().now().add({ hours: 48 }).toString(),
  });
  return apiClientToken.parse(made.body);
}

async function punched(employeeNo: string): Promise<void> {
  const person = {
    employeeNo,
    name: '张三',
    greetingName: '张三',
    locale: 'zh-CN',
    manager: false,
  };
  const made = z
    .looseObject({ personId: z.string() })
    .parse((await hub.ask('POST', '/api/v1/people', person)).body);
  const { siteId } = z
    .looseObject({ siteId: z.string() })
    .parse((await hub.ask('GET', '/api/v1/site')).body);
  const terminal = await new RawTerminal(hub).join();
  const punch = () => terminal.punch(made.personId, siteId, NOW_S * 1000);
  await terminal.sendBatch([terminal.genesis(), punch()]);
  await terminal.close();
}

const answered = z.looseObject({ errcode: z.int(), errmsg: z.string() });

async function fetched(path: string, init?: RequestInit) {
  const response = await fetch(`${hub.httpUrl}/compat/wecom/cgi-bin/${path}`, init);
  expect(response.status).toBe(200);
  return answered.parse(await response.json());
}

async function tokenOf(corpid: string, corpsecret: string) {
  return await fetched(`gettoken?${new URLSearchParams({ corpid, corpsecret }).toString()}`);
}

async function call(path: string, body: unknown) {
  const { access_token: token } = await tokenOf(program.client.clientId, program.token);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return await fetched(`${path}?access_token=${String(token)}`, { method: 'POST', body: text });
}

const lines = z.array(z.looseObject({ userid: z.string(), checkin_time: z.int() }));

describe('the WeCom interface', { timeout: PATIENCE_MS }, () => {
  test('gives a token for two hours, for an id and its secret', async () => {
    const given = await tokenOf(program.client.clientId, program.token);
    expect(given).toMatchObject({ errcode: 0, expires_in: 7200 });
    expect(String(given['access_token'])).not.toContain(program.token);
  });

  test.each([
    ['another secret', () => tokenOf(program.client.clientId, 'x'), 40001],
    ['another id', () => tokenOf('x', program.token), 40013],
    ['no token', () => fetched('checkin/getcheckindata', { method: 'POST' }), 41001],
    [
      'a token somebody made up',
      () => fetched('checkin/getcheckindata?access_token=abc', { method: 'POST' }),
      40014,
    ],
    ['no JSON', () => call('checkin/getcheckindata', '{'), 47001],
    [
      'thirty-one days',
      () =>
        call('checkin/getcheckin_daydata', {
          starttime: NOW_S - 31 * 86_400,
          endtime: NOW_S,
          useridlist: ['james'],
        }),
      40058,
    ],
    [
      'a hundred and one people',
      () =>
        call('checkin/getcheckin_daydata', {
          ...SPAN,
          useridlist: Array.from({ length: 101 }, (_, n) => `u${n}`),
        }),
      40058,
    ],
    [
      'somebody unknown',
      () => call('checkin/getcheckin_daydata', { ...SPAN, useridlist: ['james', 'nobody'] }),
      301021,
    ],
  ])('says by its number what is wrong with %s', async (_reason, ask, errcode) => {
    expect((await ask()).errcode).toBe(errcode);
  });

  test('tells the raw punches of devices', async () => {
    const body = { ...SPAN, filter_type: 1, useridlist: ['james'] };
    const told = await call('hardware/get_hardware_checkin_data', body);
    expect(lines.parse(told['checkindata'])).toMatchObject([
      { userid: 'james', checkin_time: NOW_S },
    ]);
  });

  test('tells punches, once the day is computed', async () => {
    const body = { ...SPAN, opencheckindatatype: 3, useridlist: ['james'] };
    await expect
      .poll(
        async () => lines.parse((await call('checkin/getcheckindata', body))['checkindata']).length,
        { timeout: PATIENCE_MS, interval: 100 },
      )
      .toBe(1);
    const told = lines.parse((await call('checkin/getcheckindata', body))['checkindata']);
    expect(told).toMatchObject([{ userid: 'james', checkin_time: NOW_S, mediaids: [] }]);
  });
});

const records = z.array(z.record(z.string(), z.unknown())).min(1);

/** Of the objects within, too. */
function keysWithin(whole: object): string[] {
  const keys = Object.entries(whole).flatMap(([key, value]: [string, unknown]) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? [key, ...keysWithin(value).map((inner) => `${key}.${inner}`)] : [key];
  });
  return keys.toSorted();
}

function keysOf(name: string, list: string): string[] {
  const text = readFileSync(new URL(`CgibinCheckin-CgibinCheckin${name}.json`, SAMPLES), 'utf8');
  const sample = z.looseObject({}).parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  return keysWithin(records.parse(sample[list])[0] ?? {});
}

describe.skipIf(!existsSync(SAMPLES))('the keys of an answer (samples: MIT, W-skit)', () => {
  test.each([
    ['checkin/getcheckindata', 'GetCheckinDataResponse', 'checkindata', ['deviceid']],
    ['checkin/getcheckin_daydata', 'GetCheckinDayDataResponse', 'datas', []],
  ])('of %s are those of the official sample', async (path, sample, list, more) => {
    const body = { ...SPAN, opencheckindatatype: 3, useridlist: ['james'] };
    const told = records.parse((await call(path, body))[list]);
    const expected = [...keysOf(sample, list), ...more].toSorted();
    expect(keysWithin(told[0] ?? {})).toEqual(expected);
  });
});
