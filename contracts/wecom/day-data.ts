import type { AnswerDay } from '#contracts/attendance/answer-contract';
import { numberOf } from '#contracts/wecom/group-id';
import { groupOf, type WecomGroups, type WecomPerson } from '#contracts/wecom/person';
import type { DayDataRequest } from '#contracts/wecom/request';

const MS = 1000;
const DAY_SECONDS = 86_400;
const RECORD_TYPES = { fixed: 1, shift: 3, free: 4 } as const;
const NO_RULE = 7;

const EXCEPTIONS = {
  late: 1,
  seriousLate: 1,
  early: 2,
  missing: 3,
  absent: 4,
  outside: 5,
  impossibleTravel: 5,
  method: 6,
  clock: 6,
} as const;
/** Of the others WeCom tells only how often. */
const LASTING: ReadonlySet<number> = new Set([1, 2, 4]);

const ITEMS = {
  leave: [1, '请假'],
  makeup: [2, '补卡'],
  trip: [3, '出差'],
  outing: [4, '外出'],
  approvalPunch: [2, '审批打卡'],
} as const;
const BY_HOUR = 1;

/** A day of one person as getcheckin_daydata has it, calibrated. */
export function dayDataOf(day: AnswerDay, person: WecomPerson, groups: WecomGroups) {
  const midnight = midnightOf(day);
  return {
    base_info: baseOf(day, person, groups),
    summary_info: summaryOf(day, midnight),
    // Titles of forms are not part of a day's result; what they came to is in sp_items.
    holiday_infos: [],
    exception_infos: exceptionsOf(day),
    ot_info: overtimeOf(day.overtime),
    sp_items: itemsOf(day),
  };
}

/** Whether any second of the day lies in the span that was asked for. */
export function isDayAsked(day: AnswerDay, { starttime, endtime }: DayDataRequest): boolean {
  const midnight = midnightOf(day);
  return midnight <= endtime && midnight + day.dayLengthSeconds > starttime;
}

/** Dates that may hold a second of the span, in whatever zone. */
export function datesAround({ starttime, endtime }: Omit<DayDataRequest, 'useridlist'>) {
  return { from: utcDate(starttime - DAY_SECONDS), to: utcDate(endtime + DAY_SECONDS) };
}

function utcDate(seconds: number): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(seconds * MS);
  return instant.toZonedDateTimeISO('UTC').toPlainDate().toString();
}

function midnightOf({ date, zone }: AnswerDay): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds / MS;
}

function baseOf(day: AnswerDay, person: WecomPerson, groups: WecomGroups) {
  const kind = day.rule === null ? undefined : groups.get(day.rule)?.kind;
  return {
    date: midnightOf(day),
    record_type: day.rule === null ? NO_RULE : RECORD_TYPES[kind ?? 'fixed'],
    name: person.name,
    name_ex: '',
    departs_name: person.departmentName,
    acctid: person.employeeNo,
    rule_info: {
      ...groupOf(day.rule, groups),
      scheduleid: day.shift === null ? 0 : numberOf(day.shift),
      schedulename: day.shift ?? '',
      checkintime: sectionsOf(day),
    },
    day_type: day.class === 'workday' ? 0 : 1,
  };
}

/** Seconds from 0:00 of the business date; beyond a day for what ends the next morning. */
function sectionsOf(day: AnswerDay) {
  const midnight = midnightOf(day);
  const ons = day.duties.filter(({ kind }) => kind === 'on');
  return ons.flatMap((on) => {
    const off = day.duties.find(({ kind, section }) => kind === 'off' && section === on.section);
    if (off === undefined) return [];
    const work_sec = secondsOf(on.scheduledAt) - midnight;
    return [{ work_sec, off_work_sec: secondsOf(off.scheduledAt) - midnight }];
  });
}

function summaryOf(day: AnswerDay, midnight: number) {
  const times = day.punches
    .filter(({ lapse }) => lapse === null)
    .map(({ at }) => secondsOf(at) - midnight);
  return {
    checkin_count: times.length,
    regular_work_sec: day.workedSeconds,
    standard_work_sec: day.standardSeconds,
    earliest_time: times.length === 0 ? 0 : Math.min(...times),
    lastest_time: times.length === 0 ? 0 : Math.max(...times),
  };
}

function exceptionsOf({ exceptions }: AnswerDay) {
  const sums = new Map<number, { count: number; duration: number }>();
  for (const { kind, count, minutes } of exceptions) {
    const exception = EXCEPTIONS[kind];
    const sum = sums.get(exception) ?? { count: 0, duration: 0 };
    const duration = LASTING.has(exception) ? sum.duration + minutes * 60 : 0;
    sums.set(exception, { count: sum.count + count, duration });
  }
  return [...sums].map(([exception, sum]) => ({ ...sum, exception }));
}

function overtimeOf(overtime: AnswerDay['overtime']) {
  const of = (dayClass: string, seconds: number): number =>
    overtime.class === dayClass ? seconds : 0;
  const { paySeconds, leaveSeconds } = overtime;
  return {
    ot_status: overtime.code,
    ot_duration: overtime.seconds,
    exception_duration: overtime.code === 2 ? [overtime.shortfallSeconds] : [],
    workday_over_as_vacation: of('workday', leaveSeconds),
    workday_over_as_money: of('workday', paySeconds),
    restday_over_as_vacation: of('restday', leaveSeconds),
    restday_over_as_money: of('restday', paySeconds),
    holiday_over_as_vacation: of('holiday', leaveSeconds),
    holiday_over_as_money: of('holiday', paySeconds),
  };
}

function itemsOf({ approvals, punches }: AnswerDay) {
  const forms = approvals.flatMap(({ kind, acted, coveredMinutes }) => {
    if (!acted || kind === 'overtime') return [];
    const [type, name] = ITEMS[kind];
    return [itemOf({ type, name, count: 1, duration: coveredMinutes * 60 })];
  });
  const count = punches.filter(({ flags }) => flags.includes('field')).length;
  return [...forms, itemOf({ type: 100, name: '外勤次数', count, duration: 0 })];
}

function itemOf(item: { type: number; name: string; count: number; duration: number }) {
  return { ...item, time_type: BY_HOUR, vacation_id: 0 };
}

function secondsOf(instant: string): number {
  return Math.floor(Temporal.Instant.from(instant).epochMilliseconds / MS);
}
