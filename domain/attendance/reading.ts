import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import { type Filled, match } from '#domain/attendance/match/match';
import { type Presence, presenceOf } from '#domain/attendance/presence/presence';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import { laterSecondsOf } from '#domain/attendance/status/late-rule';
import { type Span, type Spans, union } from '#domain/attendance/time/span';
import { between, lastSecondOf, type Timeline } from '#domain/attendance/timeline';

/** One date's punches, read: which duty each fills, and when the person was there. */
export interface Reading {
  readonly frame: DayFrame;
  readonly filled: Filled;
  /** Refused punches, by the unfilled duty each would have filled. */
  readonly attempts: Filled;
  /** Counting punches of the date, in order, whether they fill a duty or not. */
  readonly punches: readonly CleanPunch[];
  /** The rule takes no punches on days off: they are listed and prove nothing. */
  readonly refused: boolean;
  readonly presence: Presence;
  /** The date's own stretch of time. */
  readonly opens: number;
  readonly closes: number;
  readonly day: Span;
  /** The last second a punch can change the date. */
  readonly settles: number;
  /** What the late rule allows this morning. */
  readonly laterSeconds: number;
}

/** Which punches a day is read from: those given, or those and approved make-ups. */
export type Evidence = 'given' | 'corrected';

export function readDay(timeline: Timeline, frame: DayFrame, evidence: Evidence): Reading {
  const punches = evidence === 'given' ? timeline.counting : timeline.corrected;
  const { date } = frame;
  const opens = timeline.opensOn(date);
  const closes = Math.max(opens, timeline.opensOn(date + 1));
  const filled =
    evidence === 'given' ? timeline.matchCounting(date) : timeline.matchCorrected(date);
  const own = ownPunches(filled, punches, { date, opens, closes });
  const override = timeline.person.overrides.get(date)?.spans ?? null;
  const refused = frame.kind.dayClass !== 'workday' && frame.rule.offdayPunches === 'refused';
  const seen = refused ? [] : own;
  return {
    frame,
    filled,
    attempts: attemptsAt(
      frame.duties.filter((duty) => !filled.has(duty)),
      timeline,
    ),
    punches: own,
    refused,
    presence:
      override === null
        ? presenceOf(frame, { filled, punches: seen, all: refused ? [] : punches })
        : { spans: override, overtime: override },
    opens,
    closes,
    day: { from: opens, to: closes },
    settles: frame.duties.length > 0 ? lastSecondOf(frame.duties) : closes - 1,
    laterSeconds: laterSecondsOf(frame, timeline.frameOn(date - 1), filled),
  };
}

function attemptsAt(unfilled: readonly Duty[], timeline: Timeline): Filled {
  const refused = timeline.punches.filter((punch) => punch.lapse === 'refusedPlace');
  return refused.length === 0 ? new Map() : match(unfilled, refused);
}

interface Bounds {
  readonly date: number;
  readonly opens: number;
  readonly closes: number;
}

/** Punches that fill a duty of the date, or lie in it and fill none of its neighbours. */
function ownPunches(
  filled: Filled,
  punches: readonly CleanPunch[],
  { date, opens, closes }: Bounds,
): readonly CleanPunch[] {
  const claimed = new Set(filled.values());
  const own = between(punches, opens, closes).filter((punch) => !claimed.has(punch));
  for (const [duty, punch] of filled) if (duty.date === date) own.push(punch);
  return own.toSorted((a, b) => a.at - b.at);
}

/** Everything a form may touch on this date: its own stretch and a shift that outlasts it. */
export function reachOf({ frame, day }: Reading): Spans {
  return union([day, ...frame.working]);
}
