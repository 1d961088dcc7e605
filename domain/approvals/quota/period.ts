import { civilOf, type DayNumber, dayNumberOf } from '#domain/attendance/time/day-number';
import { twoDigits } from '#domain/attendance/time/two-digits';

/** Months counted through, so that adding them is adding. */
export type MonthIndex = number;

export function monthIndexOf(date: DayNumber): MonthIndex {
  const { year, month } = civilOf(date);
  return year * 12 + month - 1;
}

/** The first day of a month. */
export function monthStart(index: MonthIndex): DayNumber {
  const year = String(Math.floor(index / 12)).padStart(4, '0');
  return dayNumberOf(`${year}-${twoDigits((index % 12) + 1)}-01`);
}

/** A stretch that allowances are granted for, both ends inside. */
export interface Period {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** The calendar year or month a date lies in. */
export function periodOf(date: DayNumber, per: 'year' | 'month'): Period {
  const month = monthIndexOf(date);
  const first = per === 'year' ? month - (month % 12) : month;
  return { from: monthStart(first), to: monthStart(first + (per === 'year' ? 12 : 1)) - 1 };
}

/** The last day of the month so many months after the one a date lies in. */
export function monthsLater(date: DayNumber, months: number): DayNumber {
  return monthStart(monthIndexOf(date) + months + 1) - 1;
}

/** Years completed between two dates; the anniversary itself completes one. */
export function completedYears(since: DayNumber, date: DayNumber): number {
  const [from, to] = [civilOf(since), civilOf(date)];
  const reached = to.month > from.month || (to.month === from.month && to.day >= from.day);
  return Math.max(0, to.year - from.year - (reached ? 0 : 1));
}
