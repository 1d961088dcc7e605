import { describe, expect, test } from 'vitest';
import type { AnswerMonth } from '#contracts/attendance/answer-contract';
import { answer, HOUR } from '#tests/attendance/facts/fact-bench';

// Goal: every column of the month and of payroll counts what its page says, and nothing beside it.
// Method: one month with a day of each kind; each figure names the days it comes from.

const MINUTE = 60;
const of = (day: number): string => `2026-03-${String(day).padStart(2, '0')}`;
const at = (day: number, ...times: readonly string[]): readonly string[] =>
  times.map((time) => `${of(day)}T${time}`);
const form = (kind: string, day: number, from: string, to: string): unknown => ({
  kind,
  from: `${of(day)}T${from}`,
  to: `${of(day)}T${to}`,
});

const RULE = {
  sections: [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }],
  thresholds: { seriousLateMinutes: 30, absentLateMinutes: 120, halfDayBelowMinutes: 240 },
  fieldPunches: 'counted',
  overtime: { workday: { compensation: { as: 'leave', ratioPercent: 150 } } },
};

const PUNCHES = [
  ...at(2, '09:00', '18:00'), // as it should be
  ...at(3, '09:10', '18:00'), // late
  ...at(4, '09:40', '18:00'), // seriously late
  ...at(5, '11:30', '18:00'), // so late that it is an absence
  ...at(6, '09:00', '17:00'), // early
  ...at(7, '09:00', '12:00'), // a Saturday, approved
  ...at(9, '09:00'), // no off
  ...at(10, '18:05'), // no on; nobody came on the 11th, and the 12th is leave
  ...at(13, '09:00', '16:00'), // left for leave; the 16th and 17th are a trip
  ...at(18, '09:00', '14:00'), // left for an outing
  ...at(19, '09:00'), // its off is made up for
  ...at(20, '09:00', '12:00'), // half a day
  ...at(23, '10:00', '12:00'), // a holiday, approved
  ...at(24, '09:00', '20:00'), // an evening, approved
  ...at(25, '09:00', '18:00').map((time) => ({ at: time, method: 'field' })),
  ...at(26, '09:00', '23:00'), // into the night, and nobody asked for it
]; // on the 27th it is noon, and nobody has come yet

const APPROVALS = [
  form('overtime', 7, '09:00', '12:00'),
  { kind: 'leave', from: of(12), to: of(12) },
  form('leave', 13, '16:00', '18:00'),
  { ...Object(form('leave', 6, '17:00', '18:00')), state: 'rejected' },
  { kind: 'trip', from: of(16), to: of(17) },
  form('outing', 18, '14:00', '18:00'),
  { kind: 'makeup', date: of(19), duty: 'off', at: `${of(19)}T18:00` },
  { kind: 'makeup', state: 'pending', date: of(9), duty: 'off', at: `${of(9)}T18:00` },
  form('overtime', 23, '10:00', '12:00'),
  form('overtime', 24, '18:00', '20:00'),
];

const paid = (hours: number): unknown => ({
  seconds: hours * HOUR,
  paySeconds: hours * HOUR,
  leaveSeconds: 0,
  leaveEarnedSeconds: 0,
});

function theMonth(): AnswerMonth {
  const [month] = answer({
    period: { from: of(2), to: of(27) },
    asOf: `${of(27)}T12:00`,
    calendar: {
      publishedYears: [2026],
      days: [{ date: of(23), kind: 'holiday', name: '节日' }],
    },
    rule: RULE,
    punches: PUNCHES,
    approvals: APPROVALS,
  }).months;
  if (month === undefined) throw new Error('the period holds no month');
  return month;
}

describe('a month', () => {
  test.each<[keyof AnswerMonth, unknown, string]>([
    ['workDays', 19, 'four weeks of five without the holiday'],
    ['restDays', 7, 'three weekends and the holiday'],
    ['regularDays', 10, '2, 12, 13, 16–19, 24–26'],
    ['exceptionDays', 8, '3–6, 9–11, 20'],
    ['undecidedDays', 1, 'the 27th'],
    ['standardSeconds', 19 * 8 * HOUR, 'eight hours of each workday'],
    ['regularSeconds', 315_600, 'worked on workdays, the 7th and 23rd left out'],
    ['payableSeconds', 362_400, 'with the trip and the outing, without the evenings'],
    ['nightSeconds', HOUR, '22:00–23:00 on the 26th'],
    [
      'exceptions',
      [
        { kind: 'absent', count: 2, minutes: 150 + 480 },
        { kind: 'early', count: 2, minutes: 60 + 300 },
        { kind: 'late', count: 1, minutes: 10 },
        { kind: 'missing', count: 2, minutes: 0 },
        { kind: 'seriousLate', count: 1, minutes: 40 },
      ],
      'in the order of their names',
    ],
  ])('%s is %j: %s', (column, figure, _why) => {
    expect(theMonth()[column]).toEqual(figure);
  });

  test('counts forms that acted once, and the time they covered', () => {
    expect(theMonth().items).toEqual({
      leave: { count: 2, seconds: 10 * HOUR },
      makeup: { count: 1, seconds: 0 },
      trip: { count: 1, seconds: 16 * HOUR },
      outing: { count: 1, seconds: 4 * HOUR },
      field: { count: 2, seconds: 0 },
    });
  });

  test('keeps the overtime of each class of day apart', () => {
    expect(theMonth().overtime).toEqual({
      workday: {
        seconds: 2 * HOUR,
        paySeconds: 0,
        leaveSeconds: 2 * HOUR,
        leaveEarnedSeconds: 3 * HOUR,
      },
      restday: paid(3),
      holiday: paid(2),
    });
  });

  test.each<[keyof AnswerMonth['payroll'], number, string]>([
    ['shouldAttendanceDays', 19, 'workdays'],
    ['attendanceDays', 11 + 3 * 0.5, '2–6, 13, 18, 19, 24–26; half of 9, 10, 20'],
    ['attendanceRestDays', 2, 'the 7th and the 23rd'],
    ['attendanceWorkSeconds', 315_600 + 5 * HOUR, 'with the Saturday and the holiday'],
    ['lateTimes', 1, 'the 3rd'],
    ['lateSeconds', 10 * MINUTE, ''],
    ['seriousLateTimes', 1, 'the 4th, which is not late as well'],
    ['seriousLateSeconds', 40 * MINUTE, ''],
    ['absenteeismLateTimes', 1, 'the 5th, and not the duties of the 11th'],
    ['leaveEarlyTimes', 2, 'the 6th and the 20th'],
    ['leaveEarlySeconds', 6 * HOUR, ''],
    ['onWorkLackCardTimes', 1, 'the 10th'],
    ['offWorkLackCardTimes', 1, 'the 9th'],
    ['absenteeismDays', 1, 'the 11th'],
    ['makingUpLackTimes', 1, 'the 19th, and not the one that waits'],
  ])('payroll: %s is %d: %s', (column, figure, _why) => {
    expect(theMonth().payroll[column]).toBe(figure);
  });
});

test('an absence that is excused in part lacks no cards', () => {
  const [month] = answer({
    period: { from: of(2), to: of(2) },
    rule: RULE,
    approvals: [form('leave', 2, '09:00', '12:00')],
  }).months;
  expect(month?.payroll).toMatchObject({
    absenteeismDays: 1,
    absenteeismLateTimes: 0,
    onWorkLackCardTimes: 0,
    offWorkLackCardTimes: 0,
  });
});
