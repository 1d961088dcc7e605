import { payrollColumn } from '#domain/payroll/column';
import type { FigureColumn } from '#domain/payroll/template';

const SECONDS_PER = { seconds: 1, minutes: 60, hours: 3600 } as const;
const HALF_DAYS_PER_DAY = 2;

/** How many of the smallest unit make one of the shown: half days a day, seconds an hour. */
export function smallestPer({ name, unit }: FigureColumn, daySeconds: number): number {
  if (unit === 'times') return 1;
  if (unit !== 'days') return SECONDS_PER[unit];
  return payrollColumn(name).unit === 'days' ? HALF_DAYS_PER_DAY : daySeconds;
}
