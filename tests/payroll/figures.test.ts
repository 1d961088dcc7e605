import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attendanceDocument } from '#contracts/attendance/document-contract';
import { questionOf } from '#contracts/attendance/document-mapper';
import { computeDay } from '#domain/attendance/day';
import type { DayResult } from '#domain/attendance/day-result';
import { monthOf } from '#domain/attendance/month/month';
import { monthDayOf } from '#domain/attendance/month/month-day';
import { timelineOf } from '#domain/attendance/timeline';
import { PAYROLL_COLUMN_NAMES } from '#domain/payroll/column';
import { figuresOf, figuresOfMonth, NOTHING, payrollDayOf } from '#domain/payroll/figures';
import { anyWeek, type Json } from '#tests/attendance/arbitrary-document';

/*
 * Goal: payroll never differs from the days it is made of. Method: weeks made by chance are computed
 * day by day, and the sums are held against the month's own.
 */

function daysOf(document: Json): readonly DayResult[] {
  const read = attendanceDocument.safeParse(document);
  fc.pre(read.success);
  if (!read.success) return [];
  const question = questionOf(read.data);
  const [person] = question.people;
  if (person === undefined) return [];
  const timeline = timelineOf(person(), question.world);
  const count = question.to - question.from + 1;
  return Array.from({ length: count }, (_, index) => computeDay(timeline, question.from + index));
}

const RUNS = { numRuns: Number(process.env['LINTEL_PROPERTY_RUNS'] ?? 300) };

describe('figures of a period', () => {
  test('are the sum of its days, and the same as the month says', () => {
    fc.assert(
      fc.property(anyWeek, (document) => {
        const days = daysOf(document);
        expect(figuresOf(days.map(payrollDayOf))).toEqual(
          figuresOfMonth(monthOf('', days.map(monthDayOf))),
        );
      }),
      RUNS,
    );
  });

  test('are whole numbers, none of them negative', () => {
    fc.assert(
      fc.property(anyWeek, (document) => {
        const figures = figuresOf(daysOf(document).map(payrollDayOf));
        const odd = PAYROLL_COLUMN_NAMES.filter(
          (name) => !Number.isSafeInteger(figures[name]) || figures[name] < 0,
        );
        expect(odd).toEqual([]);
      }),
      RUNS,
    );
  });

  test('of no days are nothing', () => {
    expect(figuresOf([])).toEqual(NOTHING);
    expect(new Set(Object.values(NOTHING))).toEqual(new Set([0]));
  });
});

/** Leave for the last two hours; twice late; a day absent; once no departure. */
const WEEK_OF_WANG: Json = {
  zone: 'Asia/Shanghai',
  period: { from: '2026-03-02', to: '2026-03-08' },
  rule: {
    sections: [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }],
  },
  punches: [
    '2026-03-02T08:55',
    '2026-03-02T16:00',
    '2026-03-03T09:11',
    '2026-03-03T18:00',
    '2026-03-04T09:02',
    '2026-03-04T18:00',
    '2026-03-06T08:58',
  ],
  approvals: [{ kind: 'leave', from: '2026-03-02T16:00', to: '2026-03-02T18:00' }],
};

describe('a week of 小王', () => {
  test('comes to the columns payroll asks for', () => {
    expect(figuresOf(daysOf(WEEK_OF_WANG).map(payrollDayOf))).toEqual({
      ...NOTHING,
      should_attendance_days: 10,
      work_days: 10,
      attendance_days: 8,
      regular_days: 2,
      except_days: 8,
      rest_days: 4,
      standard_work_sec: 5 * 8 * 3600,
      attendance_work_time: (365 + 469 + 478) * 60,
      regular_work_sec: (365 + 469 + 478) * 60,
      payable_sec: (360 + 469 + 478) * 60,
      late_times: 2,
      late_count: 2,
      late_minute: (11 + 2) * 60,
      late_sec: (11 + 2) * 60,
      missing_count: 1,
      off_work_lack_card_times: 1,
      absenteeism_days: 2,
      absent_count: 1,
      absent_sec: 8 * 3600,
      leave_count: 1,
      leave_sec: 2 * 3600,
    });
  });
});
