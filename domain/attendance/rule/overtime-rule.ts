import type { WallSpan } from '#domain/attendance/rule/section';
import type { Rounding } from '#domain/attendance/time/rounding';

/**
 * What makes overtime count.
 * `both`: where a punch and an approval agree; `punches`: being there; `approval`: the form alone.
 */
export type OvertimeSource = 'both' | 'punches' | 'approval';

/** Rest taken out of overtime: by the clock, or the largest step its length reaches. */
export interface OvertimeRest {
  readonly fixed: readonly WallSpan[];
  readonly byDuration: readonly RestStep[];
}

/** Whoever is there this long has rested that long. */
export interface RestStep {
  readonly reached: number;
  readonly rest: number;
}

/** What overtime turns into. `ratioPercent` is time off per time worked, for `leave` only. */
export interface Compensation {
  readonly as: 'pay' | 'leave';
  readonly ratioPercent: number;
}

/** Overtime on one class of day. */
export interface OvertimeTerms {
  readonly allowed: boolean;
  readonly source: OvertimeSource;
  /** On workdays, what passes after the last off before overtime begins. */
  readonly startSeconds: number;
  /** Less than this counts as nothing. */
  readonly minSeconds: number;
  /** No more than this counts; null: no cap. */
  readonly maxSeconds: number | null;
  readonly range: 'all' | 'before' | 'after';
  readonly rest: OvertimeRest;
  readonly rounding: Rounding | undefined;
  readonly compensation: Compensation;
  /** Wall spans that are overtime whenever somebody is there, even inside a section. */
  readonly always: readonly WallSpan[];
}

/** Overtime of a rule, by class of day. */
export interface OvertimeRule {
  /** `timing`: outside the sections. `quantity`: what was worked beyond the standard, wherever it lies. */
  readonly basis: 'timing' | 'quantity';
  readonly workday: OvertimeTerms;
  readonly restday: OvertimeTerms;
  readonly holiday: OvertimeTerms;
}
