import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import type { Filled } from '#domain/attendance/match/match';
import { awayOf, pairsOf, shiftsOf, spanOfPunches } from '#domain/attendance/presence/pairing';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import { roundAt } from '#domain/attendance/status/judge';
import type { DayNumber } from '#domain/attendance/time/day-number';
import {
  intersect,
  lengthOf,
  type Span,
  type Spans,
  spanOf,
  subtract,
  union,
} from '#domain/attendance/time/span';

/** What being there is read from. */
export interface PresenceSources {
  readonly filled: Filled;
  /** Punches of this date that count, in order. */
  readonly punches: readonly CleanPunch[];
  /** All punches of the person that count, for rules that do not book by duty. */
  readonly all: readonly CleanPunch[];
}

/** When somebody was there. `overtime` leaves out the times they said to be away. */
export interface Presence {
  readonly spans: Spans;
  readonly overtime: Spans;
}

/**
 * When somebody was there on a business date, as its rule reads punches.
 *
 * @see docs/rules/worked.md
 */
export function presenceOf(frame: DayFrame, sources: PresenceSources): Presence {
  const { presence } = frame.rule;
  if (presence.date !== 'duty') return same(bookedElsewhere(frame, sources.all));
  const byDuty = presence.pairing === 'duties' && frame.sections.length > 0;
  if (!byDuty) return same(ownPairs(frame, sources.punches));
  const spans = dutySpans(frame, sources.filled);
  return { spans, overtime: subtract(spans, awayOf(sources.punches)) };
}

function same(spans: Spans): Presence {
  return { spans, overtime: spans };
}

function rounded(spans: readonly Span[], { rule, clock }: DayFrame): Spans {
  return union(
    spans.map((span) => ({
      from: roundAt(span.from, rule.rounding.on, clock),
      to: roundAt(span.to, rule.rounding.off, clock),
    })),
  );
}

function ownPairs(frame: DayFrame, punches: readonly CleanPunch[]): Spans {
  const { pairing, direction } = frame.rule.presence;
  const terms = { direction, offAfterOnSeconds: frame.rule.offAfterOnSeconds };
  if (pairing === 'none') return [];
  if (pairing === 'pairs') return closed(frame, rounded(pairsOf(punches, terms), frame), punches);
  const span = rounded(spanOfPunches(punches, terms), frame);
  const spans = pairing === 'span' ? span : subtract(span, awayOf(punches));
  return closed(frame, spans, punches);
}

/** One open punch is closed only where the rule says what it is worth. */
function closed(frame: DayFrame, spans: Spans, punches: readonly CleanPunch[]): Spans {
  const last = punches.at(-1);
  const open = last !== undefined && last.at >= (spans.at(-1)?.to ?? -Infinity);
  const isOpen = open && last.punch.direction !== 'out' && last.at !== spans.at(-1)?.to;
  return isOpen ? union([...spans, ...closing(frame, last.at, lengthOf(spans))]) : spans;
}

function closing(frame: DayFrame, from: number, alreadySeconds: number): Spans {
  const { unclosed } = frame.rule.presence;
  if (unclosed === 'nothing') return [];
  let left = Math.max(
    0,
    (unclosed === 'standard' ? frame.standardSeconds : unclosed) - alreadySeconds,
  );
  const spans: Span[] = [];
  for (const free of subtract(spanOf(from, from + 2 * 86_400), frame.breaks)) {
    const to = Math.min(free.to, free.from + left);
    spans.push({ from: free.from, to });
    left -= to - free.from;
  }
  return union(spans);
}

/** From on to off of each section; a punch nobody has to give happened on time. */
function dutySpans(frame: DayFrame, filled: Filled): Spans {
  const edge = (section: number, kind: Duty['kind'], target: number): number | null => {
    const duty = frame.duties.find((each) => each.section === section && each.kind === kind);
    if (duty === undefined) return target;
    const punch = filled.get(duty);
    if (punch === undefined) return null;
    const grid = kind === 'on' ? frame.rule.rounding.on : frame.rule.rounding.off;
    return roundAt(punch.at, grid, frame.clock);
  };
  const spans: Span[] = [];
  let openAt: number | null = null;
  for (const [index, { span }] of frame.sections.entries()) {
    const from = edge(index, 'on', span.from);
    const to = edge(index, 'off', span.to);
    if (to !== null) openAt = null;
    if (from !== null && to !== null) spans.push({ from, to });
    else openAt = from ?? openAt;
  }
  const known = union(spans);
  return openAt === null ? known : union([...known, ...closing(frame, openAt, lengthOf(known))]);
}

/** Pairs over all punches, cut at midnight or booked where most of a shift lies. */
function bookedElsewhere(frame: DayFrame, all: readonly CleanPunch[]): Spans {
  const { rule, clock, date } = frame;
  const terms = {
    direction: rule.presence.direction,
    offAfterOnSeconds: rule.offAfterOnSeconds,
  };
  const near = all.filter((punch) => Math.abs(clock.wallOf(punch.at).day - date) <= REACH_DAYS);
  const pairs = rounded(pairsOf(near, terms), frame);
  if (rule.presence.date === 'midnight') {
    return intersect(pairs, spanOf(clock.at(date, 0), clock.at(date + 1, 0)));
  }
  return shiftsOf(pairs, rule.presence.newShiftSeconds)
    .filter((shift) => bookedUnder(frame, shift) === date)
    .flat();
}

/** The date of a shift as a whole: where it starts, where it ends, or where most of it lies. */
function bookedUnder({ clock, rule }: DayFrame, shift: Spans): DayNumber {
  const starts = clock.wallOf(Math.min(...shift.map((span) => span.from))).day;
  const ends = clock.wallOf(Math.max(...shift.map((span) => span.to)) - 1).day;
  if (rule.presence.date === 'started') return starts;
  if (rule.presence.date === 'ended') return ends;
  const dates = Array.from({ length: ends - starts + 1 }, (_, index) => starts + index);
  const lengths = dates.map((date) =>
    lengthOf(intersect(shift, spanOf(clock.at(date, 0), clock.at(date + 1, 0)))),
  );
  return starts + lengths.indexOf(Math.max(...lengths)); // the earlier date wins a tie
}

const REACH_DAYS = 2; // as long as a pair may stay open
