import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  leaveAmounts,
  leaveLength,
  plainLength,
  type Timetable,
} from '#domain/approvals/form/length';
import type { Extent } from '#domain/attendance/approval/approval';
import { dayNumberOf, weekdayOf } from '#domain/attendance/time/day-number';
import { spanOf } from '#domain/attendance/time/span';
import { zoneClock } from '#domain/attendance/time/zone-clock';

const clock = zoneClock('Asia/Shanghai');
const MONDAY = dayNumberOf('2026-03-02');
const at = (day: number, hour: number): number => clock.at(MONDAY + day, hour * 3600);

/** Nine to twelve and one to six, Monday to Friday. */
const OFFICE: Timetable = {
  clock,
  hoursOn(date) {
    const works = weekdayOf(date) % 6 !== 0;
    const span = (from: number, to: number) =>
      works ? spanOf(clock.at(date, from * 3600), clock.at(date, to * 3600)) : [];
    return { morning: span(9, 12), afternoon: span(13, 18) };
  },
};

/** Ten at night to six in the morning. */
const NIGHTS: Timetable = {
  clock,
  hoursOn(date) {
    const span = (from: number, to: number) =>
      spanOf(clock.at(date, from * 3600), clock.at(date, to * 3600));
    return { morning: span(22, 26), afternoon: span(26, 30) };
  },
};

type Half = 'am' | 'pm';

function days(from: number, to: number, starts: Half = 'am', ends: Half = 'pm'): Extent {
  return { unit: 'day', from: MONDAY + from, to: MONDAY + to, starts, ends };
}

function hours(from: readonly [number, number], to: readonly [number, number]): Extent {
  return { unit: 'time', from: at(...from), to: at(...to) };
}

const HALF_DAY = { unit: 'halfDay', counts: 'workingTime', stepMinutes: 1 } as const;
const BY_HOUR = { unit: 'hour', counts: 'workingTime', stepMinutes: 30 } as const;

function sum(extent: Extent, type: Parameters<typeof leaveAmounts>[1], timetable = OFFICE): number {
  const length = leaveLength(type.unit, leaveAmounts(extent, type, timetable));
  return length.unit === 'minutes' ? length.minutes : length.halfDays;
}

describe('leave by days', () => {
  test.each([
    [days(0, 0), 2, 'a day is two halves'],
    [days(0, 0, 'pm'), 1, 'an afternoon'],
    [days(0, 0, 'am', 'am'), 1, 'a morning'],
    [days(4, 7), 4, 'the weekend is free anyway'],
    [days(4, 7, 'pm', 'am'), 2, 'Friday afternoon to Monday morning'],
    [days(5, 6), 0, 'nothing is owed on a weekend'],
  ])('case %#', (extent, halfDays, _why) => {
    expect(sum(extent, HALF_DAY)).toBe(halfDays);
  });

  test('that counts the calendar counts weekends', () => {
    expect(sum(days(4, 7), { ...HALF_DAY, counts: 'calendarDays' })).toBe(8);
  });

  test('is told date by date', () => {
    expect(leaveAmounts(days(4, 7, 'pm'), HALF_DAY, OFFICE)).toEqual([
      { date: MONDAY + 4, amount: 1 },
      { date: MONDAY + 7, amount: 2 },
    ]);
  });
});

describe('leave by hours', () => {
  test.each([
    [hours([0, 9], [0, 10]), 60, 'an hour'],
    [hours([0, 11], [0, 14]), 120, 'the rest is free anyway'],
    [hours([0, 8], [0, 9.25]), 30, 'a quarter is rounded up'],
    [hours([0, 17], [1, 10]), 120, 'over a night nobody works'],
    [hours([5, 9], [5, 12]), 0, 'nothing is owed on a Saturday'],
  ])('case %#', (extent, minutes, _why) => {
    expect(sum(extent, BY_HOUR)).toBe(minutes);
  });

  test('belongs to the date the shift began on', () => {
    expect(leaveAmounts(hours([1, 4], [1, 6]), BY_HOUR, NIGHTS)).toEqual([
      { date: MONDAY, amount: 120 },
    ]);
  });

  test('that counts the calendar counts nights', () => {
    expect(sum(hours([0, 0], [1, 0]), { ...BY_HOUR, counts: 'calendarDays' })).toBe(1440);
  });
});

describe('a plain length', () => {
  test.each([
    [hours([0, 19], [0, 21]), { unit: 'minutes', minutes: 120 }],
    [days(0, 2), { unit: 'halfDays', halfDays: 6 }],
    [days(0, 2, 'pm', 'am'), { unit: 'halfDays', halfDays: 4 }],
    [days(0, 0, 'pm', 'am'), { unit: 'halfDays', halfDays: 0 }],
  ])('case %#', (extent, length) => {
    expect(plainLength(extent)).toEqual(length);
  });

  test('cut in two anywhere is as long as its parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (a, b) => {
        const whole = sum(days(0, a + b), HALF_DAY);
        expect(sum(days(0, a), HALF_DAY) + sum(days(a + 1, a + b), HALF_DAY)).toBe(whole);
      }),
    );
  });
});
