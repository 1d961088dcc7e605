import { effectsOf } from '#domain/attendance/approval/effect';
import type { DayResult, PunchUse } from '#domain/attendance/day-result';
import { factsOf } from '#domain/attendance/explain/day-facts';
import { finalityOf } from '#domain/attendance/finality/finality';
import { outcomeOf, unruledDay } from '#domain/attendance/outcome';
import { overtimeOf } from '#domain/attendance/overtime/overtime';
import { type Worked, workedOf } from '#domain/attendance/presence/worked';
import { type Reading, readDay } from '#domain/attendance/reading';
import { attendanceOf, failShortDay, overrule } from '#domain/attendance/status/attendance';
import { shortageOf } from '#domain/attendance/status/free-day';
import { undecide } from '#domain/attendance/status/pending';
import { exceptionsOf } from '#domain/attendance/status/verdict';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { between, type Timeline } from '#domain/attendance/timeline';
import {
  type CreditedTime,
  calibratedVerdict,
  creditedTime,
  evidenceOf,
  freeDayOf,
  isFreeDay,
  rawVerdict,
} from '#domain/attendance/verdicts';

/**
 * What one person did on one business date, and what it counts as.
 *
 * A pure function of the timeline: the same punches, forms, rule and calendar give the same bytes in
 * whatever order they arrived.
 *
 * @see docs/rules/README.md, which names the same steps
 */
export function computeDay(timeline: Timeline, date: DayNumber): DayResult {
  const frame = timeline.frameOn(date);
  if (frame.rule === null) {
    const day = unruledDay(timeline, date, frame.reason);
    return { ...day, facts: factsOf(day, timeline) };
  }
  // 1. Clean (the timeline's punches are), 2. add approved make-ups, 3. match duties with punches.
  const given = readDay(timeline, frame, 'given');
  const corrected = timeline.corrected !== timeline.counting;
  const reading = corrected ? readDay(timeline, frame, 'corrected') : given;
  // 4. The raw status: what the clock on the wall says.
  const givenSeconds = workedOf(frame, given.presence.spans, []).workedSeconds;
  const raw = failShortDay(
    rawVerdict(given, givenSeconds),
    frame,
    evidenceOf(given, givenSeconds, []),
  );
  // 5. Calibrate: what remains of it once forms are counted. 7. Hours worked.
  const credit = creditedTime(timeline, reading);
  const worked = workedOf(frame, reading.presence.spans, credit.atWork);
  const calibrated = calibratedVerdict(reading, worked.workedSeconds, credit.all);
  // 6. Overtime, by the terms of the class of the day.
  const overtime = overtimeOf(frame, {
    presence: reading.presence.overtime,
    forms: timeline.overtimeForms,
    day: reading.day,
    shiftSeconds: calibrated.shiftSeconds,
    balanceSeconds: worked.balanceSeconds,
  });
  // 8. How settled all this is; 9. recomputing is calling this again.
  return report(timeline, reading, { raw, calibrated, credit, worked, overtime });
}

interface Findings extends Pick<DayResult, 'raw' | 'calibrated' | 'worked' | 'overtime'> {
  readonly credit: CreditedTime;
}

/** Puts the findings of a day together, holding back what may still change. */
function report(timeline: Timeline, reading: Reading, findings: Findings): DayResult {
  const { frame, settles } = reading;
  const { raw, credit, worked, overtime } = findings;
  const { progress } = timeline.world;
  const evidence = evidenceOf(reading, worked.workedSeconds, credit.all);
  const judged = undecide(failShortDay(findings.calibrated, frame, evidence), settles, progress);
  const override = timeline.person.overrides.get(frame.date) ?? null;
  const calibrated = override === null ? judged : overrule(judged, frame, override.attendance);
  const day = {
    personId: timeline.person.member.id,
    date: frame.date,
    frame,
    attendance: override?.attendance ?? attendanceOf(calibrated, frame, evidence),
    finality: finalityOf(frame.date, settles, progress),
    raw: undecide(raw, settles, progress),
    calibrated,
    exceptions: exceptionsOf(calibrated),
    punches: usesOf(timeline, reading),
    presence: reading.presence.spans,
    worked,
    shortageSeconds: shortage(reading, worked, credit),
    overtime,
    approvals: effectsOf(timeline.person.approvals, frame, {
      raw,
      filled: reading.filled,
      punches: reading.punches,
      overtime,
      day: reading.day,
    }),
    override,
    opens: reading.opens,
    closes: reading.closes,
  };
  const result = { ...day, rawExceptions: exceptionsOf(day.raw), outcome: outcomeOf(day) };
  return { ...result, facts: factsOf(result, timeline) };
}

function shortage(reading: Reading, worked: Worked, credit: CreditedTime): number {
  if (!isFreeDay(reading)) return 0;
  return shortageOf(reading.frame.rule.free, freeDayOf(reading, worked.workedSeconds, credit.all));
}

/** Every punch of the date, with the duty it fills; lapsed ones are listed with their reason. */
function usesOf(timeline: Timeline, reading: Reading): readonly PunchUse[] {
  const duties = new Map([...reading.filled].map(([duty, punch]) => [punch, duty]));
  const lapsed = between(timeline.punches, reading.opens, reading.closes);
  return [...reading.punches, ...lapsed.filter((punch) => punch.lapse !== null)]
    .toSorted((a, b) => a.at - b.at)
    .map((punch) => ({ punch, duty: duties.get(punch) ?? null }));
}
