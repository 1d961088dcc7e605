import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoOf } from '#domain/attendance/time/day-number';
import {
  breaksOf,
  type Career,
  employmentFault,
  employmentStateOf,
  firstDayOf,
  rehired,
} from '#domain/people/employment';

const SPRING = { from: '2025-02-01', to: '2025-05-31' };
const career = (from: string | null, to: string | null, earlier = [SPRING]): Career => ({
  current: { from, to },
  earlier,
});

describe('employmentFault', () => {
  test.each([
    [career('2025-07-01', null), null, 'somebody came back in summer'],
    [career('2025-06-01', '2025-06-01'), null, 'on the very next day, for a day'],
    [career('2025-05-31', null), 'overlaps-earlier', 'nobody is employed twice on one day'],
    [career(null, null), 'overlaps-earlier', 'since ever is before the earlier time'],
    [career(null, null, []), null, 'nothing is known'],
    [career(null, '2025-01-01', []), null, 'only the end is known'],
    [career('2025-07-02', '2025-07-01'), 'ends-before-it-begins', 'the dates were swapped'],
  ])('%j is %j: %s', (given, fault, _reason) => {
    expect(employmentFault(given)).toBe(fault);
  });
});

describe('rehired', () => {
  const left = career('2025-07-01', '2025-09-30');

  test('keeps every earlier time as it was', () => {
    const back = rehired(left, { from: '2026-01-01', to: null });
    expect(back).toEqual({
      ok: true,
      value: {
        current: { from: '2026-01-01', to: null },
        earlier: [SPRING, { from: '2025-07-01', to: '2025-09-30' }],
      },
    });
  });

  test.each([
    [career('2025-07-01', null), '2026-01-01', 'still-employed', 'there is no last day yet'],
    [left, '2025-09-30', 'overlaps-earlier', 'the last day was worked already'],
  ])('%j from %s is refused with %s: %s', (given, from, failure, _reason) => {
    expect(rehired(given, { from, to: null })).toEqual({ ok: false, failure });
  });
});

describe('breaksOf', () => {
  test.each([
    [career('2025-07-01', null), [{ from: '2025-06-01', to: '2025-06-30' }], 'June off'],
    [career('2025-06-01', null), [], 'no day between'],
    [career('2025-06-01', null, []), [], 'never left'],
    [career(null, null), [], 'a career that cannot be has no break'],
  ])('%j has %j: %s', (given, breaks, _reason) => {
    expect(breaksOf(given)).toEqual(breaks);
  });

  test('and employments never share a day', () => {
    const day = fc.integer({ min: 18_000, max: 22_000 });
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 4, maxLength: 8 }), (days) => {
        const dates = days.toSorted((a, b) => a - b).map(isoOf);
        const spells = Array.from({ length: Math.floor(dates.length / 2) }, (_, index) => ({
          from: dates[index * 2] ?? '',
          to: dates[index * 2 + 1] ?? '',
        }));
        const [current = SPRING] = spells.slice(-1);
        const own = { current, earlier: spells.slice(0, -1) };
        expect(employmentFault(own)).toBeNull();
        for (const gap of breaksOf(own)) {
          expect(gap.from <= gap.to).toBe(true);
          expect(spells.some(({ from, to }) => from <= gap.to && gap.from <= to)).toBe(false);
        }
      }),
    );
  });
});

test.each([
  [career('2025-07-01', null), '2025-02-01'],
  [career('2025-07-01', null, []), '2025-07-01'],
  [career(null, null, []), null],
])('the first day of %j is %j', (given, first) => {
  expect(firstDayOf(given)).toBe(first);
});

test.each([
  [null, 'active', 'no last day'],
  ['2026-03-10', 'leaving', 'a last day to come'],
  ['2026-03-02', 'leaving', 'the last day is worked'],
  ['2026-03-01', 'left', 'it was yesterday'],
] as const)('with a last day of %j somebody is %s: %s', (to, state, _reason) => {
  expect(employmentStateOf({ to }, '2026-03-02')).toBe(state);
});
