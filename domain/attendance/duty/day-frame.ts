import type { DayKind } from '#domain/attendance/calendar/day-class';
import type { Duty, SectionFrame } from '#domain/attendance/duty/duty';
import type { Rule } from '#domain/attendance/rule/rule';
import type { WallSpan } from '#domain/attendance/rule/section';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { lengthOf, type Spans, spanOf, subtract, union } from '#domain/attendance/time/span';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** What a business date asks of somebody, before any punch is looked at. */
export interface DayFrame {
  readonly date: DayNumber;
  readonly clock: ZoneClock;
  readonly rule: Rule;
  readonly kind: DayKind;
  readonly sections: readonly SectionFrame[];
  readonly duties: readonly Duty[];
  /** `S`: all sections minus their rests. */
  readonly working: Spans;
  /** Rests inside sections. */
  readonly rests: Spans;
  /** Rests, and the pauses between sections. */
  readonly breaks: Spans;
  readonly standardSeconds: number;
}

/** Turns the wall times of a date into instants, once for everything that follows. */
export function dayFrameOf(rule: Rule, date: DayNumber, kind: DayKind, clock: ZoneClock): DayFrame {
  const place = (wall: WallSpan): Spans =>
    spanOf(clock.at(date, wall.from), clock.at(date, wall.to));
  const rests = union(kind.sections.flatMap((section) => section.rests.flatMap(place)));
  const sections = kind.sections.map((section, index): SectionFrame => {
    const span = { from: clock.at(date, section.on), to: clock.at(date, section.off) };
    return { index, section, span, working: subtract(spanOf(span.from, span.to), rests) };
  });
  const working = union(sections.flatMap((section) => section.working));
  const first = sections.at(0)?.span.from ?? 0;
  const last = sections.at(-1)?.span.to ?? 0;
  const free = rule.kind === 'free' && kind.dayClass === 'workday';
  return {
    date,
    clock,
    rule,
    kind,
    sections,
    duties: sections.flatMap((hours) =>
      dutiesOf(hours, { date, clock, rule, last: sections.length - 1 }),
    ),
    working,
    rests,
    breaks: subtract(spanOf(first, last), working),
    standardSeconds: free ? (rule.free.requiredSeconds ?? 0) : lengthOf(working),
  };
}

interface Place {
  readonly date: DayNumber;
  readonly clock: ZoneClock;
  readonly rule: Rule;
  readonly last: number;
}

function dutiesOf(hours: SectionFrame, place: Place): readonly Duty[] {
  const { date, clock, rule, last } = place;
  const { index, section } = hours;
  const duty = (kind: 'on' | 'off', second: number, window: WallSpan): Duty => ({
    date,
    section: index,
    kind,
    hours,
    target: clock.at(date, second),
    from: clock.at(date, window.from),
    to: clock.at(date, window.to),
    offAfterOnSeconds: rule.offAfterOnSeconds,
    edge: kind === 'on' ? index === 0 : index === last,
  });
  const on = duty('on', section.on, section.onWindow);
  const off = duty('off', section.off, section.offWindow);
  if (section.required === 'both') return [on, off];
  if (section.required === 'on') return [on];
  return section.required === 'off' ? [off] : [];
}
