import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELIVERED, gone, later, never } from '#platform/delivery/delivery-outcome';
import {
  afterAttempt,
  ENDPOINT_FAILING_DAYS_MAX,
  type EndpointState,
  FRESH_ENDPOINT,
  nextEvent,
  REPLAY_EVENTS_MAX,
  replayRange,
} from '#platform/delivery/endpoint-queue';
import { retryAt } from '#platform/delivery/retry-schedule';

const NOW = Temporal.Instant.from('2026-01-05T02:00:00Z');
const EVENT = { id: 7, firstTriedAt: null };
const AT_ONCE = { now: NOW, chance: 0 };

describe('the next event', () => {
  const waiting = [
    { id: 9, firstTriedAt: null },
    { id: 7, firstTriedAt: null },
    { id: 8, firstTriedAt: null },
  ];

  test('is the oldest, and none passes it', () => {
    expect(nextEvent(FRESH_ENDPOINT, waiting, NOW)?.id).toBe(7);
    const { endpoint } = afterAttempt(FRESH_ENDPOINT, EVENT, later('status-500'), AT_ONCE);
    expect(nextEvent(endpoint, waiting, NOW)).toBeUndefined();
    expect(nextEvent(endpoint, waiting, NOW.add({ seconds: 10 }))?.id).toBe(7);
  });

  test('is none of an address that was switched off, or without any', () => {
    const disabled: EndpointState = { ...FRESH_ENDPOINT, state: 'disabled' };
    expect(nextEvent(disabled, waiting, NOW)).toBeUndefined();
    expect(nextEvent(FRESH_ENDPOINT, [], NOW)).toBeUndefined();
  });
});

describe('after an attempt', () => {
  test('that succeeded, everything before it is forgiven', () => {
    const { endpoint } = afterAttempt(FRESH_ENDPOINT, EVENT, later('timeout'), AT_ONCE);
    expect(afterAttempt(endpoint, EVENT, DELIVERED, AT_ONCE)).toEqual({
      endpoint: FRESH_ENDPOINT,
      event: 'delivered',
      isNewlyDisabled: false,
    });
  });

  test('an event that holds up the others for a day is given up, and kept for a replay', () => {
    const event = (hours: number) =>
      afterAttempt(
        FRESH_ENDPOINT,
        { id: 7, firstTriedAt: NOW.subtract({ hours }) },
        later('status-500'),
        AT_ONCE,
      ).event;
    expect(event(23)).toBe('waiting');
    expect(event(24)).toBe('given-up');
    expect(afterAttempt(FRESH_ENDPOINT, EVENT, never('too-large'), AT_ONCE).event).toBe('given-up');
  });

  test('an address that takes nothing for days is switched off, and that is told once', () => {
    const since = NOW.subtract({ hours: ENDPOINT_FAILING_DAYS_MAX * 24 });
    const failing: EndpointState = { ...FRESH_ENDPOINT, failures: 30, failingSince: since };
    const off = afterAttempt(failing, EVENT, later('timeout'), AT_ONCE);
    expect(off).toMatchObject({ endpoint: { state: 'disabled' }, isNewlyDisabled: true });
    const again = afterAttempt(off.endpoint, EVENT, later('timeout'), AT_ONCE);
    expect(again.isNewlyDisabled).toBe(false);
    const younger = { ...failing, failingSince: since.add({ minutes: 1 }) };
    const still = afterAttempt(younger, EVENT, later('timeout'), AT_ONCE);
    expect(still.endpoint.state).toBe('active');
  });

  test('an address that says good-bye is switched off at once', () => {
    const { endpoint, isNewlyDisabled } = afterAttempt(
      FRESH_ENDPOINT,
      EVENT,
      gone('status-410'),
      AT_ONCE,
    );
    expect([endpoint.state, isNewlyDisabled]).toEqual(['disabled', true]);
  });
});

describe('retries', () => {
  test('wait longer each time, up to eight hours', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((failures) =>
      NOW.until(retryAt({ at: NOW, failures }, 0)).total('minutes'),
    );
    expect(waits).toEqual([10 / 60, 1, 5, 15, 60, 120, 240, 480, 480, 480]);
  });

  test('are never before what the other side asked, nor a fifth later than that', () => {
    const seconds = fc.option(fc.integer({ min: 0, max: 86_400 }), { nil: undefined });
    const chance = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), seconds, chance, (failures, asked, luck) => {
        const plain = retryAt({ at: NOW, failures, afterSeconds: asked }, 0);
        const spread = retryAt({ at: NOW, failures, afterSeconds: asked }, luck);
        const wait = NOW.until(plain).total('seconds');
        expect(wait).toBeGreaterThanOrEqual(asked ?? 10);
        expect(NOW.until(spread).total('seconds')).toBeGreaterThanOrEqual(wait);
        expect(NOW.until(spread).total('seconds')).toBeLessThanOrEqual(wait * 1.2 + 0.001);
      }),
    );
  });

  test('cannot be put off for ever', () => {
    const at = retryAt({ at: NOW, failures: 1, afterSeconds: 999_999_999 }, 0);
    expect(NOW.until(at).total('hours')).toBe(24);
  });
});

test.each([
  [
    { fromId: 5, toId: 9 },
    { ok: true, value: { fromId: 5, toId: 9 } },
  ],
  [
    { fromId: 1, toId: 3 },
    { ok: true, value: { fromId: 2, toId: 3 } },
  ],
  [
    { fromId: 0, toId: 1 },
    { ok: false, failure: 'nothing-there' },
  ],
  [
    { fromId: 9, toId: 5 },
    { ok: false, failure: 'nothing-there' },
  ],
  [
    { fromId: 2, toId: 2 + REPLAY_EVENTS_MAX },
    { ok: false, failure: 'too-many' },
  ],
])('a replay of %j where 2 to 50000 are kept is %j', (asked, answer) => {
  expect(replayRange(asked, { fromId: 2, toId: 50_000 })).toEqual(answer);
});
