import type { AnswerMonth, AttendanceAnswer } from '#contracts/attendance/answer-contract';
import { answerDayOf, instantText, monthNameOf } from '#contracts/attendance/day-mapper';
import { attendanceDocument } from '#contracts/attendance/document-contract';
import { type Question, questionOf } from '#contracts/attendance/document-mapper';
import { answerMonthOf } from '#contracts/attendance/month-mapper';
import { type Refusal, readOrRefuse } from '#contracts/attendance/refusal';
import { isUnpublished } from '#domain/attendance/calendar/calendar';
import { computeDay } from '#domain/attendance/day';
import type { DayResult } from '#domain/attendance/day-result';
import { attendanceListOf } from '#domain/attendance/event/event';
import { pendingMakeups } from '#domain/attendance/makeup/pending-makeups';
import { refusalText } from '#domain/attendance/makeup/refusal-text';
import { monthDayOf } from '#domain/attendance/month/month-day';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import { civilOf } from '#domain/attendance/time/day-number';
import { type Timeline, timelineOf } from '#domain/attendance/timeline';
import { failed, ok, type Result } from '#domain/result';

/** What the calculation says of one person. */
export type PersonAnswer = Pick<AttendanceAnswer, 'days' | 'months' | 'makeups'>;

/** An answer person by person, for documents whose whole answer would not fit into memory. */
export interface RunningAnswer {
  readonly warnings: AttendanceAnswer['warnings'];
  /** Each person once, in the order of the document; the lists of its events come last. */
  readonly people: Generator<PersonAnswer, AttendanceAnswer['events']>;
}

/**
 * Answers a self-contained document: the same function behind the command line and the preview of the
 * console. It stores nothing and knows no time but what the document says.
 */
export function computeDocument(input: unknown): Result<AttendanceAnswer, readonly Refusal[]> {
  const running = startComputing(input);
  if (!running.ok) return running;
  const { warnings, people } = running.value;
  const parts: PersonAnswer[] = [];
  let step = people.next();
  for (; step.done !== true; step = people.next()) parts.push(step.value);
  return ok({
    version: 1,
    days: parts.flatMap(({ days }) => days),
    months: parts.flatMap(({ months }) => months),
    makeups: parts.flatMap(({ makeups }) => makeups),
    events: step.value,
    warnings,
  });
}

/** The same, handed out as it is computed. */
export function startComputing(input: unknown): Result<RunningAnswer, readonly Refusal[]> {
  const read = readOrRefuse(attendanceDocument, input);
  if (!read.ok) return failed(read.refusals);
  const question = questionOf(read.value);
  return ok({ warnings: warningsOf(question), people: peopleOf(question) });
}

function* peopleOf(question: Question): RunningAnswer['people'] {
  const { world, events } = question;
  const punchesOf = new Map<string, readonly CleanPunch[]>();
  for (const person of question.people) {
    const timeline = timelineOf(person(), world);
    const { id } = timeline.person.member;
    const days = daysOf(timeline, question);
    if (events.length > 0) punchesOf.set(id, timeline.punches);
    yield {
      days: days.map((day) => answerDayOf(day, world)),
      months: [...monthsOf(id, days)],
      makeups: makeupsOf(timeline),
    };
  }
  const clock = world.clockOf(world.zone);
  return events.map((event) => ({
    id: event.id,
    list: attendanceListOf(event, punchesOf, world.sites).map((entry) => ({
      ...entry,
      at: entry.at === null ? null : instantText(entry.at, clock),
    })),
  }));
}

function daysOf(timeline: Timeline, { from, to }: Question): readonly DayResult[] {
  const days: DayResult[] = [];
  for (let date = from; date <= to; date += 1) days.push(computeDay(timeline, date));
  return days;
}

function monthsOf(personId: string, days: readonly DayResult[]): readonly AnswerMonth[] {
  return [...Map.groupBy(days, (day) => monthNameOf(day.date))].map(([month, own]) => {
    return answerMonthOf(personId, month, own.map(monthDayOf));
  });
}

function makeupsOf(timeline: Timeline): AttendanceAnswer['makeups'] {
  return pendingMakeups(timeline).map(({ form, verdict }) => ({
    personId: timeline.person.member.id,
    id: form.id,
    accepted: verdict.ok,
    reason: verdict.ok ? null : { code: verdict.failure, ...refusalText(verdict.failure) },
  }));
}

function warningsOf({ world, from, to }: Question): AttendanceAnswer['warnings'] {
  const years = new Set<number>();
  for (let date = from; date <= to; date += 1) {
    if (isUnpublished(world.calendar, date)) years.add(civilOf(date).year);
  }
  return [...years].map((year) => ({
    code: 'calendarUnpublished',
    'zh-CN': `${year} 年放假安排尚未公布：这些日期只按星期判断`,
    en: `the holidays of ${year} are not published: its dates are judged by weekday alone`,
  }));
}
