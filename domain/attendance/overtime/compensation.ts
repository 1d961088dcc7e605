import type { Compensation } from '#domain/attendance/rule/overtime-rule';
import { intersect, lengthOf, type Spans } from '#domain/attendance/time/span';

/** How overtime is given back; pay and leave always add up to the whole. */
export interface CompensationSplit {
  readonly paySeconds: number;
  readonly leaveSeconds: number;
  /** Time off that `leaveSeconds` earns at the rule's ratio. */
  readonly leaveEarnedSeconds: number;
}

export interface CompensationSources {
  readonly forms: readonly {
    readonly compensation: 'pay' | 'leave' | null;
    readonly spans: Spans;
  }[];
  readonly counted: Spans;
}

/**
 * Splits overtime between pay and time off: as the rule says, or as the applicant chose on a form, in
 * proportion to what each form covers.
 */
export function splitOf(
  seconds: number,
  terms: Compensation,
  { forms, counted }: CompensationSources,
): CompensationSplit {
  const chosen = (as: 'pay' | 'leave'): number => {
    const own = forms.filter((form) => (form.compensation ?? terms.as) === as);
    return own.reduce((sum, form) => sum + lengthOf(overlapOf(form.spans, counted)), 0);
  };
  const leave = chosen('leave');
  const all = leave + chosen('pay');
  const share = all === 0 ? (terms.as === 'leave' ? 1 : 0) : leave / all;
  const leaveSeconds = Math.round(seconds * share);
  return {
    paySeconds: seconds - leaveSeconds,
    leaveSeconds,
    leaveEarnedSeconds: Math.round((leaveSeconds * terms.ratioPercent) / 100),
  };
}

/** Overtime by quantity has no place in the day: there the forms themselves are weighed. */
function overlapOf(form: Spans, counted: Spans): Spans {
  return counted.length === 0 ? form : intersect(form, counted);
}
