import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  civilOf,
  dayNumberOf,
  isoOf,
  isoWeekOf,
  mondayOf,
  weekdayOf,
} from '#domain/attendance/time/day-number';
import { zoneClock, zoneClocks } from '#domain/attendance/time/zone-clock';

// Goal: integers tell the same time as Temporal. Method: Temporal is the oracle, everywhere and always.

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const someDay = fc.integer({ min: -40_000, max: 60_000 });
const nearNow = fc.integer({ min: 14_000, max: 24_000 }); // 2008 to 2035
const zones = fc.constantFrom(
  'Asia/Shanghai',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'UTC',
);

describe('day numbers', () => {
  test('are the dates of the calendar', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const date = EPOCH.add({ days: day });
        expect(isoOf(day)).toBe(date.toString());
        expect(dayNumberOf(date.toString())).toBe(day);
        expect(civilOf(day)).toEqual({ year: date.year, month: date.month, day: date.day });
        expect(weekdayOf(day)).toBe(date.dayOfWeek % 7);
        expect(isoWeekOf(day)).toBe(date.weekOfYear);
        expect(weekdayOf(mondayOf(day))).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a zone clock', () => {
  test('finds the instant that Temporal finds, in gaps and overlaps as well', () => {
    fc.assert(
      fc.property(
        zones,
        nearNow,
        fc.integer({ min: -86_399, max: 172_740 }),
        (zone, day, second) => {
          const wall = EPOCH.add({ days: day }).toPlainDateTime().add({ seconds: second });
          const zoned = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
          expect(zoneClock(zone).at(day, second)).toBe(zoned.epochMilliseconds / 1000);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('shows the wall time that Temporal shows', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 1.2e9, max: 2.1e9 }), (zone, at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone);
        const { day, second } = zoneClock(zone).wallOf(at);
        const shown = EPOCH.add({ days: day }).toPlainDateTime().add({ seconds: second });
        expect(shown.equals(zoned.toPlainDateTime())).toBe(true);
        expect(zoneClock(zone).offsetAt(at)).toBe(zoned.offsetNanoseconds / 1e9);
      }),
      { numRuns: 1500 },
    );
  });

  test('is made once per zone', () => {
    const clockOf = zoneClocks();
    expect(clockOf('UTC')).toBe(clockOf('UTC'));
    expect(clockOf('Asia/Tokyo').zone).toBe('Asia/Tokyo');
  });

  test('knows no zone that does not exist', () => {
    expect(() => zoneClock('Mars/Base').at(0, 0)).toThrow(RangeError);
  });
});
