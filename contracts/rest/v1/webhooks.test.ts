import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  newWebhook,
  secretRotation,
  WEBHOOK_EVENTS,
  webhookBodies,
  webhookChange,
  webhookDeliveries,
  webhookEvent,
  webhookReplay,
  webhookReplayed,
  webhooks,
} from '#contracts/rest/v1/webhooks';
import { REPLAY_EVENTS_MAX } from '#platform/delivery/endpoint-queue';

const PERSON = '8d0f9a5e-1111-4222-8333-444455556666';
const VOIDED = {
  id: 7,
  version: 1,
  event: 'punch.voided',
  hubId: '0b8f9a5e-1111-4222-8333-444455556666',
  occurredAt: '2026-01-05T10:00:00+08:00',
  body: { punchId: 'log:9', personId: PERSON },
};

describe('an event', () => {
  test('has a body of its own kind', () => {
    expect(webhookEvent.parse(VOIDED)).toEqual(VOIDED);
    expect(webhookEvent.safeParse({ ...VOIDED, event: 'day.locked' }).success).toBe(false);
    expect(webhookEvent.safeParse({ ...VOIDED, event: 'punch.eaten' }).success).toBe(false);
  });

  test('never carries a name, a score, a network or anything else that is not asked for', () => {
    const bodies = Object.values(webhookBodies);
    const fields = new Set(bodies.flatMap((body) => Object.keys(body.shape)));
    for (const field of ['name', 'employeeNo', 'terminalName', 'confidence', 'liveness', 'wifi'])
      expect(fields).not.toContain(field);
    const chatty = { ...VOIDED, body: { ...VOIDED.body, name: '小王' } };
    expect(webhookEvent.safeParse(chatty).success).toBe(false);
  });

  test('is listed once, and each that has a body is', () => {
    expect([...WEBHOOK_EVENTS].toSorted()).toEqual(Object.keys(webhookBodies).toSorted());
  });
});

describe('an address for events', () => {
  const good = { label: 'OA', url: 'https://oa.example/hook', events: ['punch.created'] };

  test.each([
    [{}, true],
    [{ events: [] }, false],
    [{ events: ['punch.created', 'punch.created'] }, false],
    [{ events: ['webhook.test'] }, false],
    [{ url: 'javascript:alert(1)' }, false],
    [{ url: 'oa.example' }, false],
    [{ secret: 'my own' }, false],
  ])('with %j is fine: %s', (change, isFine) => {
    expect(newWebhook.safeParse({ ...good, ...change }).success).toBe(isFine);
  });
});

test('an address is switched on again by itself, without naming its events anew', () => {
  expect(webhookChange.parse({ state: 'active' })).toEqual({ state: 'active' });
  expect(webhookChange.safeParse({ state: 'broken' }).success).toBe(false);
});

test('lists show no secret and no body of an event', () => {
  for (const shown of [webhooks, webhookDeliveries])
    expect(JSON.stringify(z.toJSONSchema(shown))).not.toMatch(/"(?:secret|body)":/);
});

test('a secret before goes on for a day unless said otherwise, and for a week at most', () => {
  expect(secretRotation.parse({})).toEqual({ keepPreviousHours: 24 });
  expect(secretRotation.safeParse({ keepPreviousHours: 169 }).success).toBe(false);
});

test('a replay goes upwards', () => {
  expect(webhookReplay.safeParse({ fromId: 2, toId: 2 }).success).toBe(true);
  expect(webhookReplay.safeParse({ fromId: 3, toId: 2 }).success).toBe(false);
  expect(webhookReplayed.safeParse({ events: REPLAY_EVENTS_MAX }).success).toBe(true);
  expect(webhookReplayed.safeParse({ events: REPLAY_EVENTS_MAX + 1 }).success).toBe(false);
});
