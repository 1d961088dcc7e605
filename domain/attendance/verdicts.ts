import { type Credit, creditsOn } from '#domain/attendance/approval/effect';
import { calibratedYardstick, rawYardstick } from '#domain/attendance/calibration/calibrate';
import { isAtWork } from '#domain/attendance/presence/worked';
import { type Reading, reachOf } from '#domain/attendance/reading';
import type { AttendanceEvidence } from '#domain/attendance/status/attendance';
import { type FreeDay, judgeFreeDay, shortageOf } from '#domain/attendance/status/free-day';
import { judge } from '#domain/attendance/status/judge';
import type { DayVerdict } from '#domain/attendance/status/verdict';
import {
  covers,
  intersect,
  lengthOf,
  type Spans,
  subtract,
  union,
} from '#domain/attendance/time/span';
import type { Timeline } from '#domain/attendance/timeline';

/** Approved time around a date: all of it, and what of it means being at work elsewhere. */
export interface CreditedTime {
  readonly all: Spans;
  readonly atWork: Spans;
}

export function creditedTime(timeline: Timeline, reading: Reading): CreditedTime {
  const credits = creditsOn(timeline.credits, reading.frame, reading.day);
  const reach = reachOf(reading);
  const clipped = (chosen: readonly Credit[]): Spans =>
    intersect(union(chosen.flatMap(({ spans }) => spans)), reach);
  return {
    all: clipped(credits),
    atWork: clipped(credits.filter(({ form }) => isAtWork(form))),
  };
}

export function isFreeDay({ frame }: Pick<Reading, 'frame'>): boolean {
  return frame.rule.kind === 'free' && frame.kind.dayClass === 'workday';
}

/** What the clock on the wall says, before any form. */
export function rawVerdict(reading: Reading, workedSeconds: number): DayVerdict {
  const { frame, filled, laterSeconds } = reading;
  return isFreeDay(reading)
    ? judgeFreeDay(frame.rule.free, freeDayOf(reading, workedSeconds, []))
    : withAttempts(judge(frame, filled, rawYardstick(frame), laterSeconds), reading);
}

/** What remains once forms are counted. */
export function calibratedVerdict(
  reading: Reading,
  workedSeconds: number,
  credit: Spans,
): DayVerdict {
  const { frame, filled, laterSeconds } = reading;
  return isFreeDay(reading)
    ? judgeFreeDay(frame.rule.free, freeDayOf(reading, workedSeconds, credit))
    : withAttempts(judge(frame, filled, calibratedYardstick(frame, credit), laterSeconds), reading);
}

/** A refused attempt fills nothing, but it is shown where it would have. */
function withAttempts(verdict: DayVerdict, { attempts }: Reading): DayVerdict {
  if (attempts.size === 0) return verdict;
  const duties = verdict.duties.map((each) => ({
    ...each,
    attempt: each.punch === null ? (attempts.get(each.duty) ?? null) : null,
  }));
  return { ...verdict, duties };
}

/** A free day in figures; forms excuse time outside the presence, so that no minute counts twice. */
export function freeDayOf(reading: Reading, workedSeconds: number, credit: Spans): FreeDay {
  return {
    came: reading.punches.length > 0 || reading.presence.spans.length > 0,
    cameSeconds: workedSeconds,
    excusedSeconds: lengthOf(subtract(intersect(credit, [reading.day]), reading.presence.spans)),
  };
}

/** What decides whether the day was attended. */
export function evidenceOf(
  reading: Reading,
  workedSeconds: number,
  credit: Spans,
): AttendanceEvidence {
  const { frame, presence, punches, refused } = reading;
  if (isFreeDay(reading)) return freeEvidence(reading, workedSeconds, credit);
  const uncovered = subtract(frame.working, credit);
  return {
    came: !refused && (punches.length > 0 || presence.spans.length > 0),
    creditedSeconds:
      workedSeconds + lengthOf(subtract(intersect(credit, frame.working), presence.spans)),
    owedSeconds: lengthOf(uncovered),
    excused: frame.working.length > 0 && covers(credit, frame.working),
  };
}

function freeEvidence(reading: Reading, workedSeconds: number, credit: Spans): AttendanceEvidence {
  const day = freeDayOf(reading, workedSeconds, credit);
  return {
    came: day.came,
    creditedSeconds: workedSeconds + day.excusedSeconds,
    owedSeconds: shortageOf(reading.frame.rule.free, day),
    excused: !day.came && day.excusedSeconds > 0,
  };
}
