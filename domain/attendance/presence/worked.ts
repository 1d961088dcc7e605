import type { CreditForm } from '#domain/attendance/approval/approval';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { RestStep } from '#domain/attendance/rule/overtime-rule';
import { roundTo } from '#domain/attendance/time/rounding';
import {
  intersect,
  lengthOf,
  type Spans,
  spanOf,
  subtract,
  union,
} from '#domain/attendance/time/span';

/** How long somebody was there, and what of it counts as what. */
export interface Worked {
  /** From in to out, rests included. */
  readonly presenceSeconds: number;
  /** Without rests; to the second, outside the hours as well. */
  readonly workedSeconds: number;
  /** Inside the hours of the day, plus trips and outings. */
  readonly payableSeconds: number;
  readonly nightSeconds: number;
  readonly restSeconds: number;
  /** Worked minus standard, within the rule's tolerance of nothing. */
  readonly balanceSeconds: number;
}

/**
 * Reads the lengths of a day from its presence.
 *
 * @param away approved trips and outings of the day, which count as being at work
 * @see docs/rules/worked.md
 */
export function workedOf(frame: DayFrame, presence: Spans, away: Spans): Worked {
  const { rule } = frame;
  const attended = subtract(presence, frame.rests);
  const presenceSeconds = lengthOf(presence);
  const owedRest = stepFor(rule.autoRest, presenceSeconds) + owedMeal(frame, presence);
  const net = Math.max(0, lengthOf(attended) - owedRest);
  const workedSeconds = roundTo(net, rule.rounding.worked);
  const paid = intersect(union([...attended, ...away]), frame.working);
  const hours = rule.kind === 'free' ? workedSeconds : lengthOf(paid);
  return {
    presenceSeconds,
    workedSeconds,
    payableSeconds: Math.min(hours, workedSeconds + lengthOf(subtract(paid, attended))),
    nightSeconds: lengthOf(intersect(attended, nightsOf(frame))),
    restSeconds: presenceSeconds - net,
    balanceSeconds: balanceOf(frame, workedSeconds),
  };
}

/** The rest that a length earns: that of the largest step it reaches. */
export function stepFor(steps: readonly RestStep[], seconds: number): number {
  let rest = 0;
  for (const step of steps) {
    if (seconds >= step.reached) rest = step.rest;
  }
  return rest;
}

function owedMeal({ rule, clock, date }: DayFrame, presence: Spans): number {
  if (rule.meal === null) return 0;
  const { from, to, restSeconds } = rule.meal;
  const window = spanOf(clock.at(date, from), clock.at(date, to));
  const there = lengthOf(intersect(window, presence));
  return Math.max(0, Math.min(there, restSeconds - (lengthOf(window) - there)));
}

/** Last night's end, and tonight. */
function nightsOf({ rule, clock, date }: DayFrame): Spans {
  return union(
    [date - 1, date, date + 1].flatMap((day) =>
      spanOf(clock.at(day, rule.night.from), clock.at(day, rule.night.to)),
    ),
  );
}

function balanceOf(frame: DayFrame, workedSeconds: number): number {
  const expected = frame.kind.dayClass === 'workday' ? frame.standardSeconds : 0;
  const balance = workedSeconds - expected;
  return Math.abs(balance) <= frame.rule.balanceToleranceSeconds ? 0 : balance;
}

/** Forms that mean being at work elsewhere. */
export function isAtWork(form: CreditForm): boolean {
  return form.kind !== 'leave';
}
