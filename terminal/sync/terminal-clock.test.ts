import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '#platform/clock/clock';
import { bestOf, estimateOf } from '#terminal/sync/clock-estimate';
import { TerminalClock } from '#terminal/sync/terminal-clock';

const NOON = Temporal.Instant.from('2026-03-02T04:00:00Z');

class HandClock implements Clock {
  readonly bootId = '0a3f2c11-1111-4222-8333-444455556666';
  wallMs = NOON.epochMilliseconds;
  monoMs = 1000;
  now = () => Temporal.Instant.fromEpochMilliseconds(this.wallMs);
  monotonicMs = () => this.monoMs;
  pass(ms: number): void {
    this.wallMs += ms;
    this.monoMs += ms;
  }
}

function exchange(hand: HandClock, clock: TerminalClock, aheadMs: number, tripMs = 20): void {
  const askedMonoMs = hand.monoMs;
  hand.pass(tripMs);
  const hubWallMs = hand.wallMs - tripMs / 2 + aheadMs;
  clock.learn({ askedMonoMs, answeredMonoMs: hand.monoMs, hubWallMs });
}

describe('estimateOf', () => {
  test('the true difference is never further away than the error says', () => {
    const ms = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), ms, ms, (difference, there, back) => {
        const askedMonoMs = 1_000_000;
        const hubWallMs = askedMonoMs + there + difference;
        const answeredMonoMs = askedMonoMs + there + back;
        const { hubMinusMonoMs, errorMs } = estimateOf({ askedMonoMs, answeredMonoMs, hubWallMs });
        expect(Math.abs(hubMinusMonoMs - difference)).toBeLessThanOrEqual(errorMs + 0.5);
      }),
    );
  });

  test('of several the quickest counts', () => {
    const slow = { hubMinusMonoMs: 9, errorMs: 80, takenMonoMs: 2 };
    const quick = { hubMinusMonoMs: 5, errorMs: 3, takenMonoMs: 1 };
    expect(bestOf([slow, quick])).toBe(quick);
    expect(bestOf([])).toBeUndefined();
  });
});

describe('TerminalClock', () => {
  test('is estimated before the first answer and synced after it', () => {
    const hand = new HandClock();
    const clock = new TerminalClock(hand, undefined);
    expect(clock.stamp()).toMatchObject({ trust: 'estimated', offsetMs: 0, errorMs: 0 });
    exchange(hand, clock, 7000);
    expect(clock.stamp()).toMatchObject({ trust: 'synced', offsetMs: 7000, errorMs: 10 });
    expect(clock.now().epochMilliseconds).toBe(hand.wallMs + 7000);
  });

  test('is only estimated an hour after the last answer, or when answers are slow', () => {
    const hand = new HandClock();
    const clock = new TerminalClock(hand, undefined);
    exchange(hand, clock, 0);
    hand.pass(61 * 60_000);
    expect(clock.trust()).toBe('estimated');
    const other = new TerminalClock(hand, undefined);
    exchange(hand, other, 0, 5000);
    expect(other.trust()).toBe('estimated');
  });

  test.each([
    ['five minutes and a second forward', 301_000, 'lost'],
    ['five minutes and a second back', -301_000, 'lost'],
    ['a minute forward', 60_000, 'estimated'],
    ['half a minute back', -30_000, 'estimated'],
  ])('set by %s', (_what, byMs, trust) => {
    const hand = new HandClock();
    const clock = new TerminalClock(hand, NOON);
    hand.wallMs += byMs;
    expect(clock.trust()).toBe(trust);
  });

  test('a jump throws the estimate away until the hub speaks again', () => {
    const hand = new HandClock();
    const clock = new TerminalClock(hand, undefined);
    exchange(hand, clock, 7000);
    hand.wallMs += 3_600_000;
    expect(clock.stamp()).toMatchObject({ trust: 'lost', offsetMs: 0 });
    exchange(hand, clock, 7000 - 3_600_000);
    expect(clock.stamp()).toMatchObject({ trust: 'synced', offsetMs: 7000 - 3_600_000 });
  });

  test.each([
    ['before this software existed', '1970-01-01T00:03:00Z', undefined],
    ['before the last punch', '2026-03-02T03:00:00Z', NOON],
  ])('started %s it is lost', (_what, wall, latest) => {
    const hand = new HandClock();
    hand.wallMs = Temporal.Instant.from(wall).epochMilliseconds;
    expect(new TerminalClock(hand, latest).trust()).toBe('lost');
  });

  test('a log that once ran ahead does not make true time impossible once the hub has spoken', () => {
    const hand = new HandClock();
    const clock = new TerminalClock(hand, Temporal.Instant.from('2099-01-01T00:00:00Z'));
    expect(clock.trust()).toBe('lost');
    exchange(hand, clock, 0);
    hand.pass(2 * 3_600_000);
    expect(clock.trust()).toBe('estimated');
  });
});
