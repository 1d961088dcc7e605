import { createRequire } from 'node:module';
import type chineseDays from 'chinese-days';
import { z } from 'zod';
import type { Calendar, CalendarDay, CalendarSource } from '#domain/attendance/calendar/calendar';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';

const require = createRequire(import.meta.url); // the package is CommonJS, its data plain JSON
const { getSolarDateFromLunar, getSolarTermDate }: typeof chineseDays = require('chinese-days');

const labelled = z.record(z.iso.date(), z.string());
const published = z
  .object({ holidays: labelled, workdays: labelled })
  .parse(require('chinese-days/dist/chinese-days.json'));

/** Since the regulation of 2014 which holidays are statutory follows from their number alone. */
const FIRST_YEAR = 2014;
const EVE_INCLUDED = 4; // days of Spring Festival with which the eve counts, as from 2025

/** China's days off and make-up working days, as the State Council publishes them year by year. */
export function chinaCalendar(): CalendarSource {
  return { calendarOf };
}

/** A year without a notice has no day here and is not among the published ones: nothing is guessed. */
function calendarOf(years: readonly number[]): Calendar {
  const known = new Set(years.filter(isPublished));
  const days = [...known].flatMap(daysOf).map((day) => [day.date, day] as const);
  return { publishedYears: known, days: new Map(days) };
}

function isPublished(year: number): boolean {
  return year >= FIRST_YEAR && datesOf(published.holidays, year).length > 0;
}

function datesOf(named: Readonly<Record<string, string>>, year: number): [string, string][] {
  return Object.entries(named).filter(([date]) => date.startsWith(`${year}-`));
}

function daysOf(year: number): CalendarDay[] {
  const off = datesOf(published.holidays, year);
  const statutory = statutoryDates(
    year,
    off.map(([, label]) => label),
  );
  return [
    ...off.map(
      ([iso, label]): CalendarDay => ({
        date: dayNumberOf(iso),
        kind: 'holiday',
        statutory: statutory.has(iso),
        name: nameIn(label),
      }),
    ),
    ...datesOf(published.workdays, year).map(
      ([iso, label]): CalendarDay => ({
        date: dayNumberOf(iso),
        kind: 'workday',
        statutory: false,
        name: nameIn(label),
      }),
    ),
  ];
}

/**
 * The days the law itself names; the others of a holiday are rest days moved beside them. The notice
 * does not mark them, so they are read from the calendar: fixed dates, lunar dates, one solar term.
 */
function statutoryDates(year: number, labels: readonly string[]): ReadonlySet<string> {
  const spring = dayNumberOf(getSolarDateFromLunar(`${year}-01-01`).date);
  const springDays = numberIn(labels, '春节');
  const springFrom = springDays >= EVE_INCLUDED ? spring - 1 : spring;
  return new Set([
    `${year}-01-01`,
    ...run(springFrom, springDays),
    getSolarTermDate(year, 4, 'pure_brightness'),
    ...run(dayNumberOf(`${year}-05-01`), numberIn(labels, '劳动节')),
    getSolarDateFromLunar(`${year}-05-05`).date,
    getSolarDateFromLunar(`${year}-08-15`).date,
    ...run(dayNumberOf(`${year}-10-01`), numberIn(labels, '国庆节')),
  ]);
}

function run(first: number, length: number): string[] {
  return Array.from({ length }, (_, index) => isoOf(first + index));
}

/** A label reads `Spring Festival,春节,4`: names, and how many of its days are statutory. */
function numberIn(labels: readonly string[], name: string): number {
  const label = labels.find((each) => each.split(',')[1] === name);
  return Number(label?.split(',')[2] ?? 0);
}

function nameIn(label: string): string {
  return label.split(',')[1] ?? label;
}
