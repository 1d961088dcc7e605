import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { OvertimeTerms } from '#domain/attendance/rule/overtime-rule';
import {
  intersect,
  lengthOf,
  type Spans,
  spanOf,
  subtract,
  union,
} from '#domain/attendance/time/span';

/** Where on a date overtime can lie. */
export interface Region {
  /** Only what lies where the terms look for overtime. */
  within(spans: Spans): Spans;
  /** Only what is not working time. */
  outsideHours(spans: Spans): Spans;
  /** Without the sides of a workday that do not reach the minimum by themselves. */
  worthwhile(spans: Spans): Spans;
}

/** What moves a workday's edges. */
export interface Moved {
  readonly shiftSeconds: number;
}

/**
 * Rest days are overtime from end to end. On a workday it lies before the first on, after the last off
 * and its start time, or inside hours that the terms always pay as overtime.
 */
export function regionOf(frame: DayFrame, terms: OvertimeTerms, { shiftSeconds }: Moved): Region {
  const first = frame.sections.at(0);
  const last = frame.sections.at(-1);
  const always = union(
    terms.always.flatMap((wall) =>
      spanOf(frame.clock.at(frame.date, wall.from), frame.clock.at(frame.date, wall.to)),
    ),
  );
  const hours = subtract(frame.working, always);
  if (frame.kind.dayClass !== 'workday') {
    return {
      within: (spans) => spans,
      outsideHours: (spans) => spans,
      worthwhile: (spans) => spans,
    };
  }
  const before =
    first === undefined || terms.range === 'after'
      ? []
      : spanOf(-Infinity, first.span.from + Math.min(0, shiftSeconds));
  const after =
    last === undefined || terms.range === 'before'
      ? []
      : spanOf(last.span.to + shiftSeconds + terms.startSeconds, Infinity);
  const sides = [before, always, subtract(after, always)];
  return {
    within: (spans) => intersect(spans, union(sides.flat())),
    outsideHours: (spans) => subtract(spans, hours),
    worthwhile: (spans) =>
      union(
        worthSides(spans, sides, terms.minSeconds).concat(
          subtract(spans, union(sides.flat())), // approved in a lunch break
        ),
      ),
  };
}

/** Five minutes at either end of the day are not ten minutes of overtime. */
function worthSides(spans: Spans, sides: readonly Spans[], minSeconds: number): Spans {
  return sides
    .map((side) => intersect(spans, side))
    .filter((side) => lengthOf(side) >= minSeconds)
    .flat();
}
