import type { DayNumber } from '#domain/attendance/time/day-number';

/** One punch that a business date asks for. */
export interface Duty {
  readonly date: DayNumber;
  /** Which section, counted from 0. */
  readonly section: number;
  readonly kind: 'on' | 'off';
  /** Epoch second it is due at, before any flexibility. */
  readonly target: number;
  /** The window, both ends inside to the minute. */
  readonly from: number;
  readonly to: number;
  /** What must pass between the on and the off of one section. */
  readonly offAfterOnSeconds: number;
  /** The first on, or the last off, of its date. */
  readonly edge: boolean;
}
