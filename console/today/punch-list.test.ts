import { describe, expect, test } from 'vitest';
import {
  figuresOf,
  matchingPunches,
  mergedPunches,
  quartersOf,
  receiptOf,
  shortHashOf,
} from '#console/today/punch-list';
import type { Punch } from '#contracts/rest/v1/punches';

const log = '0b54c1de-6a0f-4d3c-9d0e-3f5a1c2b7e88';

function punchOf(seq: number, punchedAt: string, more: Partial<Punch> = {}): Punch {
  return {
    id: `${log}:${seq}`,
    personId: '5d2f8a10-53f1-4a51-8c12-2b8f4f3d9a01',
    employeeNo: '10032',
    name: '陈思远',
    method: 'face',
    direction: 'in',
    punchedAt,
    receivedAt: punchedAt,
    terminalId: 't-abcdefgh234567ab',
    terminalName: 'East',
    clock: 'synced',
    hash: `9f3c71a0b2d4${'0'.repeat(52)}`,
    voided: false,
    ...more,
  };
}

const morning = punchOf(9, '2026-11-23T00:52:11Z');
const evening = punchOf(10, '2026-11-23T10:03:05Z', { direction: 'out' });

describe('mergedPunches', () => {
  test('newest first, each once, however it came', () => {
    const merged = mergedPunches([morning], [evening, morning], new Set());
    expect(merged.map((punch) => punch.id)).toEqual([evening.id, morning.id]);
  });

  test('of the same second the later entry of the log is the newer', () => {
    const twin = punchOf(10, morning.punchedAt);
    expect(mergedPunches([morning, twin], [], new Set())[0]?.id).toBe(twin.id);
  });

  test('a withdrawal that overtakes its punch still strikes it', () => {
    const merged = mergedPunches([], [morning], new Set([morning.id]));
    expect(merged[0]?.voided).toBe(true);
  });
});

describe('matchingPunches', () => {
  const other = punchOf(11, '2026-11-23T01:00:00Z', { name: 'Anna Lee', employeeNo: 'A7' });
  test.each([
    ['anna', 'all', [other.id]],
    ['  a7 ', 'all', [other.id]],
    ['思远', 'all', [morning.id, evening.id]],
    ['', 'out', [evening.id]],
    ['nobody', 'all', []],
  ] as const)('%j with direction %s', (words, direction, ids) => {
    const found = matchingPunches([morning, evening, other], { words, direction });
    expect(found.map((punch) => punch.id)).toEqual(ids);
  });
});

describe('what is counted', () => {
  test('a withdrawn punch is nobody’s presence', () => {
    const voided = punchOf(12, morning.punchedAt, { voided: true, personId: log });
    expect(figuresOf([morning, evening, voided])).toEqual({
      peopleSeen: 1,
      punches: 2,
      withdrawn: 1,
    });
    expect(quartersOf([voided], 'Asia/Shanghai')).toEqual([]);
  });

  test('quarters are of the site’s clock', () => {
    expect(quartersOf([morning, evening], 'Asia/Shanghai')).toEqual([
      { at: 35, arrivals: 1, departures: 0 },
      { at: 72, arrivals: 0, departures: 1 },
    ]);
  });
});

test('a receipt can be read out over the telephone', () => {
  expect(receiptOf(morning)).toBe('0b54c1de:9');
  expect(shortHashOf(morning)).toBe('9f3c 71a0 b2d4');
});
