import { describe, expect, test } from 'vitest';
import { completedYears, monthsLater, periodOf } from '#domain/approvals/quota/period';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';

const day = dayNumberOf;

describe('periods', () => {
  test.each([
    ['2026-05-17', 'year', '2026-01-01', '2026-12-31'],
    ['2028-02-29', 'month', '2028-02-01', '2028-02-29'],
    ['2026-12-31', 'month', '2026-12-01', '2026-12-31'],
  ] as const)('%s lies in the %s from %s to %s', (date, per, from, to) => {
    const period = periodOf(day(date), per);
    expect([isoOf(period.from), isoOf(period.to)]).toEqual([from, to]);
  });

  test.each([
    ['2026-12-31', 3, '2027-03-31'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-01-31', 0, '2026-01-31'],
  ])('the month of %s and %i more end on %s', (date, months, end) => {
    expect(isoOf(monthsLater(day(date), months))).toBe(end);
  });

  test.each([
    ['2020-03-01', '2026-02-28', 5, 'a day before'],
    ['2020-03-01', '2026-03-01', 6, 'the anniversary'],
    ['2020-03-15', '2026-03-14', 5, 'in its month, before its day'],
    ['2020-03-01', '2026-07-01', 6, 'after its month'],
    ['2026-03-01', '2025-01-01', 0, 'never less than none'],
  ])('from %s to %s are %i years: %s', (since, date, years, _why) => {
    expect(completedYears(day(since), day(date))).toBe(years);
  });
});
