import type { Extent } from '#domain/attendance/approval/approval';
import type { ApprovalEffect, DayResult } from '#domain/attendance/day-result';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Fact, FactCode, FactValue, Word } from '#domain/attendance/explain/fact';
import type { DutyVerdict } from '#domain/attendance/status/verdict';
import { civilOf, isoOf } from '#domain/attendance/time/day-number';
import type { Timeline } from '#domain/attendance/timeline';

type Unexplained = Omit<DayResult, 'facts'>;

/**
 * The facts of a day in the order of the calculation, so that a manager can follow it line by line.
 * They hold codes and values; sentences are made when somebody reads them.
 */
export function factsOf(day: Unexplained, timeline: Timeline): readonly Fact[] {
  if (day.frame === null) return [fact('noJudgement', { reason: word(unruledWord(day)) })];
  return [
    ...dayFacts(day, day.frame, timeline),
    ...punchFacts(day),
    ...rawFacts(day),
    ...day.approvals.map(formFact),
    ...calibratedFacts(day),
    ...hourFacts(day),
    ...overtimeFacts(day),
    ...closingFacts(day),
  ];
}

function fact(code: FactCode, values: Fact['values']): Fact {
  return { code, values };
}

const word = (value: Word): FactValue => ({ word: value });
const at = (value: number): FactValue => ({ at: value });
const length = (seconds: number): FactValue => ({ seconds });
const text = (value: string): FactValue => ({ text: value });

function unruledWord(day: Unexplained): Word {
  return day.outcome;
}

function dayFacts(day: Unexplained, frame: DayFrame, timeline: Timeline): readonly Fact[] {
  const { kind, rule } = frame;
  const facts: Fact[] = [
    fact('day', {
      class: word(kind.dayClass),
      reason: word(kind.reason),
      name: text(kind.name === '' ? '' : ` ${kind.name}`),
      rule: text(rule.name),
    }),
  ];
  if (kind.unpublished) {
    facts.push(fact('calendarUnpublished', { year: { count: civilOf(day.date).year } }));
  }
  const ruling = timeline.rulingOn(day.date);
  if (ruling.rule !== null && ruling.contested) {
    facts.push(fact('ruleContested', { rule: text(rule.name) }));
  }
  const first = frame.sections.at(0);
  const last = frame.sections.at(-1);
  if (first !== undefined && last !== undefined) {
    const standard = length(frame.standardSeconds);
    facts.push(fact('hours', { from: at(first.span.from), to: at(last.span.to), standard }));
  }
  return facts;
}

function punchFacts({ punches }: Unexplained): readonly Fact[] {
  return punches.flatMap(({ punch, duty }): readonly Fact[] => {
    if (punch.lapse !== null) {
      return [fact('lapsed', { at: at(punch.at), why: word(punch.lapse) })];
    }
    const flags = punch.flags.map((flag) =>
      fact('flagged', { at: at(punch.at), what: word(flag) }),
    );
    if (punch.correction !== null) {
      const { approvalId, kind } = punch.correction;
      const made = { form: text(approvalId), at: at(punch.at), kind: word(kind) };
      return [fact('made', made), ...flags];
    }
    return duty === null ? [fact('extra', { at: at(punch.at) }), ...flags] : flags;
  });
}

function rawFacts(day: Unexplained): readonly Fact[] {
  const facts: Fact[] = [];
  const { raw, calibrated } = day;
  if (calibrated.shiftSeconds !== 0) {
    const direction = word(calibrated.shiftSeconds > 0 ? 'later' : 'earlier');
    facts.push(fact('shifted', { direction, length: length(Math.abs(calibrated.shiftSeconds)) }));
  }
  if (calibrated.laterSeconds > 0) {
    facts.push(fact('laterAllowed', { length: length(calibrated.laterSeconds) }));
  }
  if (raw.absent) return [...facts, fact('nobody', { length: length(raw.absentSeconds) })];
  return [...facts, ...raw.duties.map(dutyFact)];
}

function dutyFact({ duty, punch, status, seconds }: DutyVerdict): Fact {
  const { span } = duty.hours;
  const values = {
    from: at(span.from),
    to: at(span.to),
    kind: word(duty.kind),
    status: word(status),
  };
  if (punch === null) return fact('unfilled', values);
  const seen = { ...values, at: at(punch.at) };
  return seconds === 0
    ? fact('filled', seen)
    : fact('delayed', { ...seen, length: length(seconds) });
}

function formFact({ form, coveredSeconds, healedSeconds, acted }: ApprovalEffect): Fact {
  const kind = word(form.kind === 'overtime' ? 'overtimeForm' : form.kind);
  const values = { kind, form: text(form.name === '' ? form.id : form.name) };
  if (form.state !== 'approved') {
    const why = form.state === 'pending' ? 'pendingForm' : form.state;
    return fact('idle', { ...values, why: word(why) });
  }
  if (!acted) return fact('idle', { ...values, why: word('untouched') });
  if (form.kind === 'makeup') return fact('granted', values);
  const covered = { ...values, ...extentValues(form.extent), length: length(coveredSeconds) };
  return form.kind === 'overtime'
    ? fact('allows', covered)
    : fact('covers', { ...covered, healed: length(healedSeconds) });
}

function extentValues(extent: Extent): { from: FactValue; to: FactValue } {
  if (extent.unit === 'time') return { from: at(extent.from), to: at(extent.to) };
  return { from: text(isoOf(extent.from)), to: text(isoOf(extent.to)) };
}

/** Only what calibration changed; the rest stands as the clock on the wall said it. */
function calibratedFacts({ raw, calibrated }: Unexplained): readonly Fact[] {
  if (calibrated.absent) {
    return [fact('remainsAbsent', { length: length(calibrated.absentSeconds) })];
  }
  return calibrated.duties.flatMap((after, index): readonly Fact[] => {
    const before = raw.duties[index];
    if (before?.status === after.status && before.seconds === after.seconds) return [];
    const values = {
      kind: word(after.duty.kind),
      target: at(after.target),
      status: word(after.status),
    };
    return [
      after.seconds === 0
        ? fact('calibrated', values)
        : fact('calibratedDelay', { ...values, length: length(after.seconds) }),
    ];
  });
}

function hourFacts({ worked, shortageSeconds }: Unexplained): readonly Fact[] {
  const facts: Fact[] = [];
  if (worked.presenceSeconds > 0) {
    facts.push(
      fact('worked', {
        presence: length(worked.presenceSeconds),
        rest: length(worked.restSeconds),
        worked: length(worked.workedSeconds),
      }),
    );
  }
  if (shortageSeconds > 0) facts.push(fact('shortage', { length: length(shortageSeconds) }));
  return facts;
}

/** Less than half an hour is coming early or going late, not overtime that somebody misses. */
const WORTH_A_WORD_SECONDS = 1800;

function overtimeFacts({ overtime }: Unexplained): readonly Fact[] {
  const facts: Fact[] = [];
  const { seconds, candidateSeconds, cappedSeconds, shortfallSeconds } = overtime;
  if (seconds > 0) {
    facts.push(
      fact('overtime', {
        class: word(overtime.dayClass),
        length: length(seconds),
        pay: length(overtime.paySeconds),
        leave: length(overtime.leaveSeconds),
      }),
    );
  }
  if (cappedSeconds > 0) facts.push(fact('overtimeCapped', { length: length(cappedSeconds) }));
  if (shortfallSeconds > 0) facts.push(fact('overtimeShort', { length: length(shortfallSeconds) }));
  if (seconds === 0 && candidateSeconds >= WORTH_A_WORD_SECONDS) {
    facts.push(fact('overtimeUncounted', { length: length(candidateSeconds) }));
  }
  return facts;
}

function closingFacts({ override, finality, outcome }: Unexplained): readonly Fact[] {
  const facts = [
    fact('state', { state: word(finality) }),
    fact('result', { outcome: word(outcome) }),
  ];
  if (override === null) return facts;
  const { attendance, reason } = override;
  return [fact('overridden', { attendance: word(attendance), reason: text(reason) }), ...facts];
}
