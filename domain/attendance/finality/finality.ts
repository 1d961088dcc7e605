import type { DayNumber } from '#domain/attendance/time/day-number';

/**
 * How settled a day is: `open` while a punch may still be given, `pendingSync` while a terminal may
 * still hold one, `provisional` until payroll locks it, then `final`.
 */
export type Finality = 'open' | 'pendingSync' | 'provisional' | 'final';

/** What is known about the present; all of it comes from outside. */
export interface Progress {
  /** null: the whole period is over. */
  readonly asOf: number | null;
  /** Up to when each terminal of the person's sites has reported everything. */
  readonly watermarks: readonly number[];
  readonly lockedThrough: DayNumber | null;
}

/** @param closes the last second at which a punch of the date may be given */
export function finalityOf(date: DayNumber, closes: number, progress: Progress): Finality {
  if (progress.asOf !== null && progress.asOf <= closes) return 'open';
  if (progress.lockedThrough !== null && date <= progress.lockedThrough) return 'final';
  return isSynced(closes, progress) ? 'provisional' : 'pendingSync';
}

/** Whether nobody can come any more for a window that closes then, as far as anyone can know. */
export function isDecided(closes: number, progress: Progress): boolean {
  const over = progress.asOf === null || progress.asOf > closes;
  return over && isSynced(closes, progress);
}

function isSynced(closes: number, { watermarks }: Progress): boolean {
  return watermarks.every((watermark) => watermark >= closes);
}
