import { civilOf, type DayNumber } from '#domain/attendance/time/day-number';

/** A date on which a national calendar differs from the weekday. */
export interface CalendarDay {
  readonly date: DayNumber;
  readonly kind: 'workday' | 'restday' | 'holiday';
  /** A day the law itself names, paid otherwise than the days moved around it. */
  readonly statutory: boolean;
  readonly name: string;
}

/** A national calendar: its exceptions, and the years the state has published. */
export interface Calendar {
  readonly days: ReadonlyMap<DayNumber, CalendarDay>;
  readonly publishedYears: ReadonlySet<number>;
}

/** Where calendars come from; the answer is data, so that a calculation is repeatable. */
export interface CalendarSource {
  calendarOf(years: readonly number[]): Calendar;
}

/** Without any calendar every year is as good as published: there is nothing to wait for. */
export const NO_CALENDAR: Calendar = { days: new Map(), publishedYears: new Set() };

/** Whether the calendar cannot know the date yet: its weekday is then a guess to warn of. */
export function isUnpublished(calendar: Calendar, date: DayNumber): boolean {
  if (calendar === NO_CALENDAR) return false;
  return !calendar.publishedYears.has(civilOf(date).year);
}
