import type { Section } from '#domain/attendance/rule/section';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** A date, or a run of dates, that a company, a rule or a person makes different. */
export interface SpecialDay {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** `fortnightly` repeats the first date every two weeks until the last. */
  readonly repeat: 'daily' | 'fortnightly';
  readonly kind: 'workday' | 'restday';
  readonly name: string;
  /** Hours of a special workday that differ from the usual ones. */
  readonly sections: readonly Section[] | null;
}

/** The special day that holds on a date; a later entry corrects an earlier one. */
export function specialDayOn(days: readonly SpecialDay[], date: DayNumber): SpecialDay | undefined {
  return days.findLast(
    (special) =>
      special.from <= date &&
      date <= special.to &&
      (special.repeat === 'daily' || (date - special.from) % 14 === 0),
  );
}
