import type { OvertimeForm } from '#domain/attendance/approval/approval';
import { spansOn } from '#domain/attendance/approval/extent';
import type { DayClass } from '#domain/attendance/calendar/day-class';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import { type CompensationSplit, splitOf } from '#domain/attendance/overtime/compensation';
import { type Region, regionOf } from '#domain/attendance/overtime/region';
import { stepFor } from '#domain/attendance/presence/worked';
import type { OvertimeTerms } from '#domain/attendance/rule/overtime-rule';
import { roundTo } from '#domain/attendance/time/rounding';
import {
  intersect,
  lengthOf,
  type Span,
  type Spans,
  spanOf,
  subtract,
  union,
} from '#domain/attendance/time/span';

/** `short`: less was done than approved. */
export type OvertimeStatus = 'none' | 'normal' | 'short';

export interface Overtime extends CompensationSplit {
  readonly dayClass: DayClass;
  readonly status: OvertimeStatus;
  /** After rest, minimum, maximum and rounding. */
  readonly seconds: number;
  /** What approvals allowed and nobody did. */
  readonly shortfallSeconds: number;
  /** What would count if every minute of it were approved. */
  readonly candidateSeconds: number;
  /** Cut away by the maximum, so that a cap is never silent. */
  readonly cappedSeconds: number;
  readonly spans: Spans;
}

/** What overtime is read from. */
export interface OvertimeSources {
  readonly presence: Spans;
  /** Approved forms that touch the date. */
  readonly forms: readonly OvertimeForm[];
  /** The date's own stretch of time; forms are cut to it so that no minute counts on two dates. */
  readonly day: Span;
  /** Flexible hours moved the day by this much. */
  readonly shiftSeconds: number;
  readonly balanceSeconds: number;
}

/**
 * Overtime of a date by the terms of its class: where punches and approvals agree, by one of them
 * alone; less rest; nothing below the minimum; no more than the maximum; rounded last.
 *
 * @see docs/rules/overtime.md
 */
export function overtimeOf(frame: DayFrame, sources: OvertimeSources): Overtime {
  const { dayClass } = frame.kind;
  const terms = frame.rule.overtime[dayClass];
  if (!terms.allowed) return noOvertime(dayClass);
  const region = regionOf(frame, terms, sources);
  const approved = approvedOf(frame, sources);
  const fixedRest = union(
    terms.rest.fixed.flatMap((rest) =>
      spanOf(frame.clock.at(frame.date, rest.from), frame.clock.at(frame.date, rest.to)),
    ),
  );
  const basis = { frame, terms, region, approved, fixedRest, sources };
  const measure =
    frame.rule.overtime.basis === 'quantity' && dayClass === 'workday'
      ? byQuantity(basis)
      : byTiming(basis);
  return settle(measure, basis);
}

export function noOvertime(dayClass: DayClass): Overtime {
  return {
    dayClass,
    status: 'none',
    seconds: 0,
    shortfallSeconds: 0,
    candidateSeconds: 0,
    cappedSeconds: 0,
    spans: [],
    paySeconds: 0,
    leaveSeconds: 0,
    leaveEarnedSeconds: 0,
  };
}

interface Basis {
  readonly frame: DayFrame;
  readonly terms: OvertimeTerms;
  readonly region: Region;
  readonly approved: Spans;
  readonly fixedRest: Spans;
  readonly sources: OvertimeSources;
}

interface Measure {
  readonly spans: Spans;
  readonly seconds: number;
  readonly approvedSeconds: number;
  readonly candidateSeconds: number;
}

function approvedOf(frame: DayFrame, { forms, day }: OvertimeSources): Spans {
  const all = union(forms.flatMap((form) => spansOn(form.extent, frame, day)));
  return intersect(all, [day]);
}

function byTiming({ terms, region, approved, fixedRest, sources }: Basis): Measure {
  const net = (spans: Spans): Spans => subtract(spans, fixedRest);
  const less = (seconds: number): number =>
    Math.max(0, seconds - stepFor(terms.rest.byDuration, seconds));
  const there = net(region.within(sources.presence));
  const allowed =
    terms.source === 'approval' ? region.outsideHours(approved) : region.within(approved);
  const counted = { both: intersect(there, approved), punches: there, approval: net(allowed) };
  const spans = region.worthwhile(counted[terms.source]);
  return {
    spans,
    seconds: less(lengthOf(spans)),
    approvedSeconds: less(lengthOf(net(allowed))),
    candidateSeconds: less(lengthOf(there)),
  };
}

/** Worked beyond the standard, wherever in the day it lies: coming late and going late cancel out. */
function byQuantity({ terms, region, approved, sources }: Basis): Measure {
  const extra = Math.max(0, sources.balanceSeconds);
  const approvedSeconds = lengthOf(region.outsideHours(approved));
  const seconds = {
    both: Math.min(extra, approvedSeconds),
    punches: extra,
    approval: approvedSeconds,
  };
  return { spans: [], seconds: seconds[terms.source], approvedSeconds, candidateSeconds: extra };
}

function settle(measure: Measure, { frame, terms, sources, approved }: Basis): Overtime {
  const enough = measure.seconds >= terms.minSeconds ? measure.seconds : 0;
  const most = Math.min(enough, terms.maxSeconds ?? Infinity);
  const seconds = roundTo(most, terms.rounding);
  const shortfallSeconds =
    terms.source === 'both' ? Math.max(0, measure.approvedSeconds - measure.seconds) : 0;
  const counts = seconds > 0 ? 'normal' : 'none';
  return {
    dayClass: frame.kind.dayClass,
    status: shortfallSeconds > 0 ? 'short' : counts,
    seconds,
    shortfallSeconds,
    candidateSeconds: measure.candidateSeconds,
    cappedSeconds: enough - most,
    spans: measure.spans,
    ...splitOf(seconds, terms.compensation, {
      forms: sources.forms.map((form) => ({
        compensation: form.compensation,
        spans: intersect(spansOn(form.extent, frame, sources.day), approved),
      })),
      counted: measure.spans,
    }),
  };
}
