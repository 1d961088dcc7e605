/**
 * Goal: whoever is told of events is told each of them, in order, signed, and a second time only with
 * the same number. Method: real hubs, a real receiver on this machine, punches of a real terminal.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  webhook,
  webhookDeliveries,
  webhookEvent,
  webhookSecret,
  webhooks,
} from '#contracts/rest/v1/webhooks';
import { systemClock } from '#platform/clock/system-clock';
import { isSignedWebhook } from '#platform/http/webhook-signature';
import { openPostBox, type Received } from '#tests/fixtures/post-box';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { everythingKept } from '#tests/hub/test-database';

const PATIENCE_MS = 60_000;
const PATH = '/api/v1/webhooks';
const SETTINGS = { outgoingNetworks: '127.0.0.0/8' };
const clock = systemClock();

let folder: string;
let hub: RunningHub;
beforeEach(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder, SETTINGS);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(folder);
});

/** A receiver that says what it is told to, and what it got. */
async function receiver() {
  let status = 200;
  const box = await openPostBox(() => ({ status }));
  return { ...box, say: (next: number) => void (status = next) };
}

async function subscribe(url: string, events = ['punch.created', 'punch.voided']) {
  const answer = await hub.ask('POST', PATH, { label: 'ERP', url, events });
  expect(answer.status).toBe(201);
  const made = webhookSecret.parse(answer.body);
  return { ...made, path: `${PATH}/${made.webhook.webhookId}` };
}

/** Somebody punches so many times, in one batch. */
async function punched(count: number): Promise<string[]> {
  const employeeNo = `A${clock.now().epochMilliseconds}`;
  const person = { employeeNo, name: 'Ann', greetingName: 'Ann', locale: 'en', manager: false };
  const { personId } = z
    .looseObject({ personId: z.string() })
    .parse((await hub.ask('POST', '/api/v1/people', person)).body);
  const { siteId } = z
    .looseObject({ siteId: z.string() })
    .parse((await hub.ask('GET', '/api/v1/site')).body);
  const terminal = await new RawTerminal(hub).join();
  const nowMs = clock.now().epochMilliseconds;
  const genesis = terminal.genesis();
  const log = Array.from({ length: count }, (_, n) => terminal.punch(personId, siteId, nowMs - n));
  await terminal.sendBatch([genesis, ...log]);
  await terminal.close();
  return log.map(({ logId, seq }) => `${logId}:${seq}`);
}

function eventsOf(received: readonly Received[]) {
  return received.map(({ body }) => webhookEvent.parse(JSON.parse(body.toString('utf8'))));
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(what, { timeout: PATIENCE_MS, interval: 50 }).toBe(true);
}

function punchIdsOf(received: readonly Received[]): string[] {
  return eventsOf(received).flatMap((each) =>
    each.event === 'punch.created' ? [each.body.punchId] : [],
  );
}

describe('events', { timeout: PATIENCE_MS }, () => {
  test('arrive once each, in order, signed by the secret that was shown', async () => {
    const box = await receiver();
    const { secret } = await subscribe(`${box.url}/hook`);
    const punches = await punched(20);
    await until(() => box.received.length >= 20);
    expect(punchIdsOf(box.received)).toEqual(punches);
    const ids = eventsOf(box.received).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    expect(new Set(ids).size).toBe(20);
    for (const { body, headers } of box.received) {
      const signature = String(headers['lintel-signature']);
      const now = clock.now();
      expect(isSignedWebhook(body.toString('utf8'), signature, { secret, now })).toBe(true);
      expect(headers['lintel-event']).toBe('punch.created');
    }
  });

  test('that are not taken wait, in order, and none passes the first', async () => {
    const box = await receiver();
    box.say(500);
    const { path } = await subscribe(`${box.url}/hook`);
    const punches = await punched(3);
    await until(() => box.received.length >= 1);
    const state = async () => webhooks.parse((await hub.ask('GET', PATH)).body).webhooks.at(0);
    await until(async () => (await state())?.lastFailure === 'status-500');
    expect(await state()).toMatchObject({ state: 'active', waiting: 3 });
    box.say(200);
    const again = await hub.ask('PATCH', path, { state: 'disabled' });
    expect(webhook.parse(again.body).state).toBe('disabled');
    await hub.ask('PATCH', path, { state: 'active' }); // tried at once, and not when it would be due
    await until(() => box.received.length >= 4);
    expect(punchIdsOf(box.received)).toEqual([punches[0], ...punches]);
  });

  test('survive the hub, and come again with the same number at most', async () => {
    const box = await receiver();
    box.say(503);
    await subscribe(`${box.url}/hook`);
    const punches = await punched(5);
    await until(() => box.received.length >= 1);
    await hub.stop();
    box.say(200);
    hub = await runHub(folder, SETTINGS);
    const { webhookId } = webhooks.parse((await hub.ask('GET', PATH)).body).webhooks[0] ?? {};
    const path = `${PATH}/${webhookId}`;
    await hub.ask('PATCH', path, { state: 'disabled' });
    await hub.ask('PATCH', path, { state: 'active' });
    await until(() => new Set(punchIdsOf(box.received)).size === 5);
    const byId = new Map(eventsOf(box.received).map(({ id, body }) => [id, JSON.stringify(body)]));
    expect(byId.size).toBe(5);
    expect(new Set(punchIdsOf(box.received))).toEqual(new Set(punches));
  });

  test('are listed with what came of them, page by page, and can be replayed', async () => {
    const box = await receiver();
    const { path } = await subscribe(`${box.url}/hook`);
    await punched(3);
    await until(() => box.received.length >= 3);
    const list = async (query: string) =>
      webhookDeliveries.parse((await hub.ask('GET', `${path}/deliveries?${query}`)).body);
    await until(async () => (await list('limit=9')).deliveries.at(0)?.state === 'delivered');
    const first = await list('limit=2');
    expect(first.deliveries.map(({ id, attempts }) => [id, attempts])).toEqual([
      [3, 1],
      [2, 1],
    ]);
    const rest = await list(`limit=2&cursor=${first.next}`);
    expect(rest.deliveries.map(({ id }) => id)).toEqual([1]);
    expect(rest.next).toBeNull();
    expect(rest.kept).toEqual({ fromId: 1, toId: 3 });
    const replay = await hub.ask('POST', `${path}/replay`, { fromId: 2, toId: 99 });
    expect(replay).toMatchObject({ status: 202, body: { events: 2 } });
    await until(() => box.received.length >= 5);
    expect(eventsOf(box.received).map(({ id }) => id)).toEqual([1, 2, 3, 2, 3]);
    const nothing = await hub.ask('POST', `${path}/replay`, { fromId: 50, toId: 60 });
    expect(nothing.status).toBe(409);
  });

  test('missed while an address was switched off are replayed to it', async () => {
    const box = await receiver();
    const { path } = await subscribe(`${box.url}/hook`);
    await hub.ask('PATCH', path, { state: 'disabled' });
    const punches = await punched(2);
    await hub.ask('PATCH', path, { state: 'active' });
    await hub.ask('POST', `${path}/test`);
    await until(() => box.received.length >= 1);
    expect(eventsOf(box.received).map(({ event }) => event)).toEqual(['webhook.test']);
    await hub.ask('POST', `${path}/replay`, { fromId: 1, toId: 2 });
    await until(() => box.received.length >= 3);
    expect(punchIdsOf(box.received)).toEqual(punches);
  });
});

test(
  'a day that comes to something else is told as it is computed',
  async () => {
    const box = await receiver();
    await subscribe(`${box.url}/hook`, ['day.changed']);
    await punched(1);
    await until(() => box.received.length >= 1);
    for (const each of eventsOf(box.received)) expect(each.event).toBe('day.changed');
  },
  PATIENCE_MS,
);

test(
  'people are told of as ids and nothing more',
  async () => {
    const box = await receiver();
    await subscribe(`${box.url}/hook`, ['person.changed']);
    await punched(1);
    await until(() => box.received.length >= 1);
    const [event] = eventsOf(box.received);
    expect(event).toMatchObject({ event: 'person.changed', body: { change: 'created' } });
    expect(String(box.received[0]?.body)).not.toMatch(/Ann|A\d{5}/);
  },
  PATIENCE_MS,
);

describe('a webhook', { timeout: PATIENCE_MS }, () => {
  test('that says good-bye is switched off', async () => {
    const box = await receiver();
    box.say(410);
    const { path } = await subscribe(`${box.url}/hook`);
    await hub.ask('POST', `${path}/test`);
    const state = async () => webhooks.parse((await hub.ask('GET', PATH)).body).webhooks.at(0);
    await until(async () => (await state())?.state === 'disabled');
    expect(await state()).toMatchObject({ lastFailure: 'status-410' });
  });

  test('shows its secret once, and it is nowhere in the clear', async () => {
    const box = await receiver();
    const { secret, path } = await subscribe(`${box.url}/hook`);
    expect(JSON.stringify((await hub.ask('GET', PATH)).body)).not.toContain('whsec_');
    expect(await everythingKept(folder)).not.toContain(secret);
    const rotated = webhookSecret.parse(
      (await hub.ask('POST', `${path}/secret`, { keepPreviousHours: 1 })).body,
    );
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.webhook.previousSecretUntil).not.toBeNull();
    await hub.ask('POST', `${path}/test`);
    await until(() => box.received.length >= 1);
    const [first] = box.received;
    const body = String(first?.body);
    for (const each of [secret, rotated.secret]) {
      const signed = String(first?.headers['lintel-signature']);
      const by = { secret: each, now: clock.now() };
      expect(isSignedWebhook(body, signed, by)).toBe(true);
    }
  });

  test.each([
    'http://10.0.0.1/hook',
    'https://169.254.169.254/latest',
    'http://1.1.1.1/plain',
    'https://user:secret@1.1.1.1/hook',
  ])('to %s is refused with a word on what to do', async (url) => {
    const body = { label: 'x', url, events: ['punch.created'] };
    const answer = await hub.ask('POST', PATH, body, { 'accept-language': 'zh-CN' });
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain('outgoingNetworks');
  });

  test('that is removed is gone, with all that waited', async () => {
    const box = await receiver();
    box.say(500);
    const { path } = await subscribe(`${box.url}/hook`);
    await hub.ask('POST', `${path}/test`);
    await until(() => box.received.length >= 1);
    expect((await hub.ask('DELETE', path)).status).toBe(204);
    expect((await hub.ask('GET', PATH)).body).toEqual({ webhooks: [] });
    for (const [method, tail] of [
      ['DELETE', ''],
      ['POST', '/test'],
    ] as const)
      expect((await hub.ask(method, `${path}${tail}`)).status).toBe(404);
  });
});
