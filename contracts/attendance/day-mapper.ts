import type { AnswerDay } from '#contracts/attendance/answer-contract';
import type { DayResult, PunchUse } from '#domain/attendance/day-result';
import { textOf, wordOf } from '#domain/attendance/explain/text';
import type { World } from '#domain/attendance/person';
import type { Exception } from '#domain/attendance/status/verdict';
import { civilOf, isoOf } from '#domain/attendance/time/day-number';
import type { Span } from '#domain/attendance/time/span';
import { twoDigits } from '#domain/attendance/time/two-digits';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

const OT_STATUS = { none: 0, normal: 1, short: 2 } as const;

/** A computed day as it leaves the house: instants with their offset, lengths with their unit. */
export function answerDayOf(day: DayResult, world: World): AnswerDay {
  const clock = day.frame?.clock ?? world.clockOf(world.zone);
  return {
    personId: day.personId,
    date: isoOf(day.date),
    zone: clock.zone,
    rule: day.frame?.rule.id ?? null,
    ruleFrom: ruleFromOf(day),
    shift: day.frame?.kind.shiftId ?? null,
    class: day.frame?.kind.dayClass ?? null,
    reason: day.frame?.kind.reason ?? day.outcome,
    outcome: {
      code: day.outcome,
      'zh-CN': wordOf(day.outcome, 'zh-CN'),
      en: wordOf(day.outcome, 'en'),
    },
    attendance: day.attendance,
    state: day.finality,
    standardSeconds: day.frame?.standardSeconds ?? 0,
    dayLengthSeconds: clock.at(day.date + 1, 0) - clock.at(day.date, 0),
    duties: dutiesOf(day, clock),
    rawExceptions: day.rawExceptions.map(exceptionOf),
    exceptions: day.exceptions.map(exceptionOf),
    punches: day.punches.map((use) => punchOf(use, clock)),
    presence: day.presence.map((span) => spanOf(span, clock)),
    ...day.worked,
    shortageSeconds: day.shortageSeconds,
    overtime: overtimeOf(day, clock),
    approvals: day.approvals.map((effect) => ({
      id: effect.form.id,
      kind: effect.form.kind,
      state: effect.form.state,
      acted: effect.acted,
      coveredMinutes: effect.coveredSeconds / 60,
      healedMinutes: effect.healedSeconds / 60,
    })),
    override:
      day.override === null
        ? null
        : { attendance: day.override.attendance, reason: day.override.reason },
    explanation: day.facts.map((fact) => ({
      code: fact.code,
      'zh-CN': textOf(fact, 'zh-CN', { clock, date: day.date }),
      en: textOf(fact, 'en', { clock, date: day.date }),
    })),
  };
}

function ruleFromOf({ frame }: DayResult): string | null {
  if (frame === null || frame.rule.effectiveFrom === -Infinity) return null;
  return isoOf(frame.rule.effectiveFrom);
}

function dutiesOf(day: DayResult, clock: ZoneClock): AnswerDay['duties'] {
  return day.calibrated.duties.map((after, index) => {
    const before = day.raw.duties[index] ?? after;
    return {
      section: after.duty.section + 1,
      kind: after.duty.kind,
      scheduledAt: instantText(after.duty.target, clock),
      dueAt: instantText(after.target, clock),
      punchId: after.punch?.punch.id ?? null,
      punchedAt: after.punch === null ? null : instantText(after.punch.at, clock),
      raw: { status: before.status, minutes: before.seconds / 60 },
      calibrated: { status: after.status, minutes: after.seconds / 60 },
      flags: [...(after.punch?.flags ?? [])],
    };
  });
}

function punchOf({ punch, duty }: PunchUse, clock: ZoneClock): AnswerDay['punches'][number] {
  return {
    id: punch.punch.id,
    at: instantText(punch.at, clock),
    source: punch.correction === null ? 'punch' : 'makeup',
    lapse: punch.lapse,
    duplicateOf: punch.duplicateOf,
    duty: duty === null ? null : { section: duty.section + 1, kind: duty.kind },
    flags: [...punch.flags],
    distanceMeters: punch.distanceMeters,
  };
}

function overtimeOf({ overtime }: DayResult, clock: ZoneClock): AnswerDay['overtime'] {
  const { dayClass, status, spans, ...lengths } = overtime;
  return {
    class: dayClass,
    status,
    code: OT_STATUS[status],
    ...lengths,
    spans: spans.map((span) => spanOf(span, clock)),
  };
}

/** Exceptions of days and of months are written alike. */
export function exceptionOf({ kind, count, seconds }: Exception): AnswerDay['exceptions'][number] {
  return { kind, count, minutes: seconds / 60 };
}

function spanOf({ from, to }: Span, clock: ZoneClock): { from: string; to: string } {
  return { from: instantText(from, clock), to: instantText(to, clock) };
}

/** RFC 3339 with the offset that held there and then: `2026-03-02T08:55:00+08:00`. */
export function instantText(at: number, clock: ZoneClock): string {
  const { day, second } = clock.wallOf(at);
  const offset = Math.round(clock.offsetAt(at) / 60);
  const sign = offset < 0 ? '-' : '+';
  const time = `${twoDigits(second / 3600)}:${twoDigits((second % 3600) / 60)}:${twoDigits(second % 60)}`;
  const east = Math.abs(offset);
  return `${isoOf(day)}T${time}${sign}${twoDigits(east / 60)}:${twoDigits(east % 60)}`;
}

/** `2026-03`: the month a business date is booked in. */
export function monthNameOf(day: number): string {
  const { year, month } = civilOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}
