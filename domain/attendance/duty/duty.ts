import type { Section } from '#domain/attendance/rule/section';
import type { DayNumber } from '#domain/attendance/time/day-number';
import type { Span, Spans } from '#domain/attendance/time/span';

/** A section with its wall clock turned into instants. */
export interface SectionFrame {
  /** Counted from 0. */
  readonly index: number;
  readonly section: Section;
  readonly span: Span;
  /** The section without its rests. */
  readonly working: Spans;
}

/** One punch that a business date asks for. */
export interface Duty {
  readonly date: DayNumber;
  /** Which section, counted from 0. */
  readonly section: number;
  readonly kind: 'on' | 'off';
  /** The section it belongs to, as instants. */
  readonly hours: SectionFrame;
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
