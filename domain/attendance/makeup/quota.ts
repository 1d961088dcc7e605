import type { MakeupForm, MakeupReason } from '#domain/attendance/approval/approval';
import { civilOf, type DayNumber } from '#domain/attendance/time/day-number';
import { failed, ok, type Result } from '#domain/result';

/** When and how often somebody may make up for a punch. null: no limit. */
export interface MakeupPolicy {
  readonly allowed: boolean;
  readonly countPerMonth: number | null;
  /** 1: on the day itself; 2: on the day after as well; … */
  readonly dayLimit: number | null;
  /** From this day of the following month on it is too late. */
  readonly closesOnDay: number | null;
  readonly disabledFor: ReadonlySet<MakeupReason>;
}

export type MakeupRefusal =
  | 'notAllowed'
  | 'reasonDisabled'
  | 'future'
  | 'dayLimit'
  | 'monthClosed'
  | 'quota';

/**
 * Whether a make-up may be handed in. The quota counts what is approved or pending in the month of the
 * business date, not in the month of the application.
 *
 * @param others the person's other make-ups, in any state
 * @see docs/rules/makeup.md
 */
export function judgeMakeup(
  form: MakeupForm,
  policy: MakeupPolicy,
  others: readonly MakeupForm[],
): Result<{ readonly used: number }, MakeupRefusal> {
  if (!policy.allowed) return failed('notAllowed');
  if (policy.disabledFor.has(form.reason)) return failed('reasonDisabled');
  const waited = form.submittedOn - form.date;
  if (waited < 0) return failed('future');
  if (policy.dayLimit !== null && waited >= policy.dayLimit) return failed('dayLimit');
  if (isMonthClosed(form, policy.closesOnDay)) return failed('monthClosed');
  const used = others.filter((other) => other.id !== form.id && countsWith(other, form)).length;
  if (policy.countPerMonth !== null && used >= policy.countPerMonth) return failed('quota');
  return ok({ used });
}

function countsWith(other: MakeupForm, form: MakeupForm): boolean {
  const sameMonth = monthOf(other.date) === monthOf(form.date);
  return sameMonth && (other.state === 'approved' || other.state === 'pending');
}

function isMonthClosed(form: MakeupForm, closesOnDay: number | null): boolean {
  if (closesOnDay === null) return false;
  const months = monthOf(form.submittedOn) - monthOf(form.date);
  return months > 1 || (months === 1 && civilOf(form.submittedOn).day >= closesOnDay);
}

function monthOf(day: DayNumber): number {
  const { year, month } = civilOf(day);
  return year * 12 + month;
}
