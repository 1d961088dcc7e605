import type { Section } from '#domain/attendance/rule/section';
import { type DayNumber, isoWeekOf, mondayOf, weekdayOf } from '#domain/attendance/time/day-number';

/** The hours of some weekdays, in every week or in the odd or even ones only (大小周); free days have none. */
export interface WeekEntry {
  readonly weekdays: ReadonlySet<number>;
  readonly weeks: 'every' | 'odd' | 'even';
  readonly sections: readonly Section[];
}

export interface WeekPlan {
  readonly entries: readonly WeekEntry[];
  /** A date in some odd week; without it the ISO week number decides, which repeats odd at a 53rd week. */
  readonly oddWeek: DayNumber | null;
}

/** The sections of a working weekday; undefined on rest days. */
export function sectionsOn(plan: WeekPlan, date: DayNumber): readonly Section[] | undefined {
  const parity = isOddWeek(plan, date) ? 'odd' : 'even';
  const entry = plan.entries.find(
    (candidate) =>
      candidate.weekdays.has(weekdayOf(date)) &&
      (candidate.weeks === 'every' || candidate.weeks === parity),
  );
  return entry?.sections;
}

/** What a make-up working day is worked like: the first hours the plan names. */
export function usualSections(plan: WeekPlan): readonly Section[] {
  return plan.entries.find((entry) => entry.sections.length > 0)?.sections ?? [];
}

function isOddWeek(plan: WeekPlan, date: DayNumber): boolean {
  if (plan.oddWeek === null) return isoWeekOf(date) % 2 === 1;
  return Math.abs(mondayOf(date) - mondayOf(plan.oddWeek)) % 14 === 0;
}
