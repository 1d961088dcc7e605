import type { FormSubject } from '#domain/approvals/form/form';
import type { FormLength } from '#domain/approvals/form/length';
import {
  type DatedAmount,
  leaveAmounts,
  leaveLength,
  plainLength,
  type Timetable,
} from '#domain/approvals/form/length';
import { spanOfExtent } from '#domain/approvals/overlap/overlap';
import type { LeaveType } from '#domain/approvals/template/leave-type';

/** How long a form of another system is, and what it takes from an account here. */
export interface ForeignLength {
  readonly length: FormLength | null;
  readonly amounts: readonly DatedAmount[];
}

/**
 * The other system may write in another grain than the account is kept in: dates become hours of
 * working time, and times become halves of the days on which more than a quarter of a day is taken.
 */
export function foreignLengthOf(
  subject: FormSubject,
  type: LeaveType | null,
  timetable: Timetable,
): ForeignLength {
  if (subject.kind === 'makeup') return { length: null, amounts: [] };
  const { extent } = subject;
  if (type === null) return { length: plainLength(extent), amounts: [] };
  const inHours = type.unit === 'hour';
  const span = spanOfExtent(extent, timetable.clock);
  const asked = inHours && extent.unit === 'day' ? { unit: 'time' as const, ...span } : extent;
  const amounts = leaveAmounts(asked, type, timetable);
  const fitting = inHours || asked.unit === 'day' ? amounts : amounts.map(inHalfDays);
  return { length: leaveLength(type.unit, fitting), amounts: fitting };
}

const HALF_DAY_MINUTES = 240;

function inHalfDays({ date, amount }: DatedAmount): DatedAmount {
  return { date, amount: amount > HALF_DAY_MINUTES ? 2 : 1 };
}
