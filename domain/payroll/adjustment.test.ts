import { describe, expect, test } from 'vitest';
import { adjustmentsOf } from '#domain/attendance/finality/adjustment';
import { adjustmentsIn } from '#domain/payroll/adjustment';
import { NOTHING } from '#domain/payroll/figures';

describe('adjustments', () => {
  test('of a locked day come under the columns they would have had', () => {
    const locked = { ...NOTHING, absenteeism_days: 2, absent_sec: 28_800 };
    const now = { ...NOTHING, attendance_days: 2, attendance_work_time: 28_800 };
    const { figures, unplaced } = adjustmentsIn(adjustmentsOf(20_000, locked, now));
    expect(figures).toEqual({
      ...NOTHING,
      absenteeism_days: -2,
      absent_sec: -28_800,
      attendance_days: 2,
      attendance_work_time: 28_800,
    });
    expect(unplaced).toEqual([]);
  });

  test('booked by the figures of a day reach every column that contains them', () => {
    const { figures } = adjustmentsIn([
      { column: 'late.count', difference: 1 },
      { column: 'seriousLate.count', difference: -1 },
      { column: 'seriousLate.seconds', difference: -1800 },
      { column: 'overtime.restday.paySeconds', difference: 3600 },
      { column: 'overtime.restday.leaveSeconds', difference: 1800 },
    ]);
    expect(figures).toEqual({
      ...NOTHING,
      late_times: 1,
      late_count: 0,
      serious_late_times: -1,
      serious_late_minute: -1800,
      late_sec: -1800,
      restdays_over_as_money: 3600,
      restdays_over_as_vacation: 1800,
      restdays_over_sec: 5400,
    });
  });

  test('that no column shows are told, once each', () => {
    const rows = ['b', 'a', 'b'].map((column) => ({ column, difference: 1 }));
    expect(adjustmentsIn(rows)).toEqual({ figures: NOTHING, unplaced: ['a', 'b'] });
  });
});
