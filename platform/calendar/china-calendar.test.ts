import { expect, test } from 'vitest';
import { isUnpublished } from '#domain/attendance/calendar/calendar';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import { chinaCalendar } from '#platform/calendar/china-calendar';

/** The notice of the State Council for 2026, and the statutory days by the regulation of 2024. */
const OFF = [
  ['01-01', '01-03'],
  ['02-15', '02-23'],
  ['04-04', '04-06'],
  ['05-01', '05-05'],
  ['06-19', '06-21'],
  ['09-25', '09-27'],
  ['10-01', '10-07'],
] as const;
const WORK = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'];
const STATUTORY = [
  '01-01',
  '02-16',
  '02-17',
  '02-18',
  '02-19',
  '04-05',
  '05-01',
  '05-02',
  '06-19',
  '09-25',
  '10-01',
  '10-02',
  '10-03',
];

test('every day of 2026 is what the notice says', () => {
  const { days } = chinaCalendar().calendarOf([2026]);
  const off = OFF.flatMap(([from, to]) => {
    const first = dayNumberOf(`2026-${from}`);
    const length = dayNumberOf(`2026-${to}`) - first + 1;
    return Array.from({ length }, (_, index) => isoOf(first + index));
  });
  for (let date = dayNumberOf('2026-01-01'); date <= dayNumberOf('2026-12-31'); date += 1) {
    const iso = isoOf(date);
    const works = WORK.includes(iso.slice(5)) ? 'workday' : undefined;
    expect([iso, days.get(date)?.kind]).toEqual([iso, off.includes(iso) ? 'holiday' : works]);
  }
  expect(days.size).toBe(off.length + WORK.length);
});

test('thirteen days of 2026 are statutory, the lunar ones among them', () => {
  const { days } = chinaCalendar().calendarOf([2026]);
  const statutory = [...days.values()].filter((day) => day.statutory);
  expect(statutory.map((day) => isoOf(day.date).slice(5)).toSorted()).toEqual(STATUTORY);
});

test.each([
  [2014, 11],
  [2020, 11], // Mid-Autumn fell on 1 October
  [2024, 11],
  [2025, 13],
])('statutory days follow the law of their year: %i has %i', (year, count) => {
  const { days } = chinaCalendar().calendarOf([year]);
  const overlap = year === 2020 ? 1 : 0;
  expect([...days.values()].filter((day) => day.statutory)).toHaveLength(count - overlap);
});

test('a year without a notice is unpublished, and no day of it is guessed', () => {
  const calendar = chinaCalendar().calendarOf([2026, 2027]);
  expect([...calendar.publishedYears]).toEqual([2026]);
  expect(isUnpublished(calendar, dayNumberOf('2027-02-08'))).toBe(true);
  expect(isUnpublished(calendar, dayNumberOf('2026-02-17'))).toBe(false);
  expect([...calendar.days.keys()].every((date) => isoOf(date).startsWith('2026'))).toBe(true);
});
