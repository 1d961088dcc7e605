import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import { failed, ok, type Result } from '#domain/result';

/** A time with the company, as ISO dates; both days are worked. `null`: since ever, until further notice. */
export interface Employment {
  readonly from: string | null;
  readonly to: string | null;
}

/** One that is over. */
export interface PastEmployment {
  readonly from: string | null;
  readonly to: string;
}

/** Somebody may leave and come back: the days between are nobody's absence. */
export interface Career {
  readonly current: Employment;
  /** Oldest first. */
  readonly earlier: readonly PastEmployment[];
}

export type EmploymentFault = 'ends-before-it-begins' | 'overlaps-earlier';
export type EmploymentState = 'active' | 'leaving' | 'left';

/** What cannot be about a career, or `null`. Dates have four digits of a year, so text is in order. */
export function employmentFault({ current, earlier }: Career): EmploymentFault | null {
  const { from, to } = current;
  if (from !== null && to !== null && to < from) return 'ends-before-it-begins';
  const before = earlier.at(-1);
  if (before === undefined) return null;
  return from === null || from <= before.to ? 'overlaps-earlier' : null;
}

/** Takes somebody on again who has a last day. What was before stays as it was. */
export function rehired(
  { current, earlier }: Career,
  next: Employment,
): Result<Career, EmploymentFault | 'still-employed'> {
  const { from, to } = current;
  if (to === null) return failed('still-employed');
  const career = { current: next, earlier: [...earlier, { from, to }] };
  const fault = employmentFault(career);
  return fault === null ? ok(career) : failed(fault);
}

/** The days between two employments, first and last, oldest first. */
export function breaksOf({ current, earlier }: Career): { from: string; to: string }[] {
  const begins = [...earlier.slice(1), current].map(({ from }) => from);
  return earlier.flatMap(({ to }, index) => {
    const next = begins[index] ?? null;
    if (next === null) return [];
    const gap = { from: isoOf(dayNumberOf(to) + 1), to: isoOf(dayNumberOf(next) - 1) };
    return gap.from > gap.to ? [] : [gap];
  });
}

/** The first day of all, or `null` when there was none. */
export function firstDayOf({ current, earlier }: Career): string | null {
  return (earlier[0] ?? current).from;
}

/** The last day itself is still worked. */
export function employmentStateOf({ to }: Pick<Employment, 'to'>, today: string): EmploymentState {
  if (to === null) return 'active';
  return to < today ? 'left' : 'leaving';
}
