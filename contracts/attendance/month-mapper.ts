import { z } from 'zod';
import { type AnswerMonth, answerDay, answerOvertime } from '#contracts/attendance/answer-contract';
import { exceptionOf } from '#contracts/attendance/day-mapper';
import { monthOf } from '#domain/attendance/month/month';
import type { MonthDay } from '#domain/attendance/month/month-day';

const { shape } = answerDay;
const outcome = z.enum([
  'normal',
  'late',
  'seriousLate',
  'early',
  'missing',
  'absent',
  'irregular',
  'rest',
  'overtime',
  'overtimeShort',
  'undecided',
  'exempt',
  'noRule',
  'inactive',
]);

/** Of a day as it was answered, what its month reads; the rest is passed over. */
export const monthPart = z.object({
  class: shape.class,
  outcome: z.object({ code: outcome }),
  attendance: shape.attendance,
  standardSeconds: shape.standardSeconds,
  workedSeconds: shape.workedSeconds,
  payableSeconds: shape.payableSeconds,
  nightSeconds: shape.nightSeconds,
  exceptions: shape.exceptions,
  duties: z.array(
    z.object({
      kind: z.enum(['on', 'off']),
      calibrated: z.object({ status: shape.duties.element.shape.calibrated.shape.status }),
    }),
  ),
  punches: z.array(z.object({ flags: shape.punches.element.shape.flags })),
  overtime: z.object({
    class: answerOvertime.shape.class,
    seconds: answerOvertime.shape.seconds,
    paySeconds: answerOvertime.shape.paySeconds,
    leaveSeconds: answerOvertime.shape.leaveSeconds,
    leaveEarnedSeconds: answerOvertime.shape.leaveEarnedSeconds,
  }),
  approvals: shape.approvals,
});
export type MonthPart = z.output<typeof monthPart>;

/** Back into what `monthOf` adds up; minutes were written as a part of sixty seconds. */
export function monthDayFrom(part: MonthPart): MonthDay {
  const { class: overtimeClass, ...overtime } = part.overtime;
  return {
    dayClass: part.class,
    outcome: part.outcome.code,
    attendance: part.attendance,
    standardSeconds: part.standardSeconds,
    workedSeconds: part.workedSeconds,
    payableSeconds: part.payableSeconds,
    nightSeconds: part.nightSeconds,
    exceptions: part.exceptions.map(({ kind, count, minutes }) => ({
      kind,
      count,
      seconds: Math.round(minutes * 60),
    })),
    duties: part.duties.map(({ kind, calibrated }) => ({ kind, status: calibrated.status })),
    forms: part.approvals.map(({ id, kind, acted, coveredMinutes }) => ({
      id,
      kind,
      acted,
      coveredSeconds: Math.round(coveredMinutes * 60),
    })),
    fieldPunches: part.punches.filter(({ flags }) => flags.includes('field')).length,
    overtime: { dayClass: overtimeClass, ...overtime },
  };
}

/** A month as it leaves the house. */
export function answerMonthOf(
  personId: string,
  month: string,
  days: readonly MonthDay[],
): AnswerMonth {
  const { exceptions, ...sums } = monthOf(personId, days);
  return { ...sums, month, exceptions: exceptions.map(exceptionOf) };
}
