import { twoDigits } from '#domain/attendance/time/two-digits';

/** A calendar date as days since 1970-01-01; integers, so that a month of ten thousand people is cheap. */
export type DayNumber = number;

export const DAY_SECONDS = 86_400;

const DAYS_OF_ERA = 146_097; // 400 Gregorian years
const DAYS_TO_MARCH_0 = 719_468; // from 0000-03-01, where leap days end a year, to 1970-01-01

/**
 * The number of an ISO date such as `2026-02-28`.
 *
 * @param iso a date the edge has already checked
 */
export function dayNumberOf(iso: string): DayNumber {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_ERA + dayOfEra - DAYS_TO_MARCH_0;
}

/** Year, month and day of a day number. */
export function civilOf(day: DayNumber): { year: number; month: number; day: number } {
  const shifted = day + DAYS_TO_MARCH_0;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const dayOfEra = shifted - era * DAYS_OF_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** `2026-02-28`. */
export function isoOf(day: DayNumber): string {
  const civil = civilOf(day);
  return `${String(civil.year).padStart(4, '0')}-${twoDigits(civil.month)}-${twoDigits(civil.day)}`;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The Monday of the week the day lies in. */
export function mondayOf(day: DayNumber): DayNumber {
  return day - ((weekdayOf(day) + 6) % 7);
}

/** ISO 8601 week of the year, 1…53. */
export function isoWeekOf(day: DayNumber): number {
  const thursday = mondayOf(day) + 3;
  const newYear = dayNumberOf(`${civilOf(thursday).year}-01-01`);
  return Math.floor((thursday - newYear) / 7) + 1;
}
