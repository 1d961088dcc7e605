import type { DayResult } from '#domain/attendance/day-result';
import type { Figures } from '#domain/attendance/finality/adjustment';

/** The figures of a day that payroll reads, by the names that adjustment rows carry. */
export function figuresOf(day: DayResult): Figures {
  const exceptions = day.exceptions.flatMap(({ kind, count, seconds }) => [
    [`${kind}.count`, count] as const,
    [`${kind}.seconds`, seconds] as const,
  ]);
  return {
    standardSeconds: day.frame === null ? 0 : day.frame.standardSeconds,
    workedSeconds: day.worked.workedSeconds,
    payableSeconds: day.worked.payableSeconds,
    nightSeconds: day.worked.nightSeconds,
    [`overtime.${day.overtime.dayClass}.paySeconds`]: day.overtime.paySeconds,
    [`overtime.${day.overtime.dayClass}.leaveSeconds`]: day.overtime.leaveSeconds,
    ...Object.fromEntries(exceptions),
  };
}
