import { describe, expect, test } from 'vitest';
import type { Greeting } from '#contracts/ipc/kiosk-ipc';
import { STAFF } from '#simulators/door/cast';
import type { Witnessed } from '#simulators/door/observer';
import { isSound, percentile, summarise } from '#simulators/door/summary';

const LOG = '6f8f1d0e-3c39-4d6c-9e7a-0d7a3f3a8a11';

function greeted(name: string, punchSeq: number, stoodThere: string | undefined): Witnessed {
  const greeting: Greeting = {
    punchSeq,
    kind: 'saved',
    trackId: punchSeq,
    name,
    locale: 'en',
    direction: 'in',
    punchedAt: '2026-03-02T08:59:00+08:00',
    today: ['2026-03-02T08:59:00+08:00'],
    latencyMs: 100 * punchSeq,
  };
  return { greeting, stoodThere };
}

function summaryOf(witnessed: readonly Witnessed[], seqs: readonly number[]) {
  return summarise({
    observer: { witnessed, facesSeen: 5, peopleSeen: new Set(['p03', 'p07', 'p15']) },
    peopleShown: new Set(['p03', 'p07', 'p15']),
    enrolled: STAFF,
    punches: seqs.map((seq) => ({ id: `${LOG}:${seq}` })),
  });
}

describe('summarise', () => {
  const right = [greeted('Rhea', 1, 'p03'), greeted('Mila', 2, 'p07')];

  test('a day on which every greeted punch arrived once is sound', () => {
    const summary = summaryOf(right, [1, 2]);
    expect(summary).toMatchObject({ people: 3, greeted: 2, atHub: 2, doubled: 0, staffMissed: 0 });
    expect(summary.latencyMs).toEqual({ p50: 100, p95: 200 });
    expect(isSound(summary)).toBe(true);
  });

  test.each([
    ['a greeted punch that never arrived', right, [1]],
    ['a punch at the hub twice', right, [1, 2, 2]],
    ['a punch at the hub that nobody was greeted for', right, [1, 2, 3]],
    ['a stranger greeted by a name', [...right, greeted('Noor', 3, 'p15')], [1, 2, 3]],
    ['a greeting where nobody stood', [...right, greeted('Noor', 3, undefined)], [1, 2, 3]],
    ['a day on which nobody was greeted', [], []],
  ])('%s is not sound', (_reason, witnessed, seqs) => {
    expect(isSound(summaryOf(witnessed, seqs))).toBe(false);
  });

  test('somebody enrolled who passed without a greeting is counted as missed', () => {
    expect(summaryOf([greeted('Rhea', 1, 'p03')], [1]).staffMissed).toBe(1);
  });
});

describe('percentile', () => {
  test('nearest rank, and 0 of nothing', () => {
    expect(percentile([], 0.5)).toBe(0);
    expect(percentile([30, 10, 20], 0.5)).toBe(20);
    expect(percentile([30, 10, 20], 0.95)).toBe(30);
  });
});
