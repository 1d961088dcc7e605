import { describe, expect, test } from 'vitest';
import type { FreeRule } from '#domain/attendance/rule/rule';
import { judgeFreeDay, shortageOf } from '#domain/attendance/status/free-day';
import { type DutyStatus, severityOf } from '#domain/attendance/status/verdict';

test('each status is worse than the one before it', () => {
  const worse: readonly DutyStatus[] = [
    'normal',
    'pending',
    'early',
    'late',
    'seriousLate',
    'missing',
    'absent',
  ];
  expect(severityOf('normal')).toBeGreaterThanOrEqual(0);
  for (const [index, status] of worse.slice(1).entries()) {
    expect(severityOf(status)).toBeGreaterThan(severityOf(worse[index] ?? 'normal'));
  }
});

describe('a free day', () => {
  const HOURS = 3600;
  const rule = (requiredHours: number | null, shortage: FreeRule['shortage']): FreeRule => ({
    boundary: 0,
    requiredSeconds: requiredHours === null ? null : requiredHours * HOURS,
    shortage,
  });
  const day = (hours: number, excused = 0) => ({
    came: hours > 0,
    cameSeconds: hours * HOURS,
    excusedSeconds: excused * HOURS,
  });

  test.each<[FreeRule, ReturnType<typeof day>, boolean, number, string]>([
    [rule(8, 'noted'), day(8), false, 0, 'long enough'],
    [rule(8, 'noted'), day(6), false, 0, 'short, which is noted only'],
    [rule(8, 'absent'), day(6), true, 2, 'short, which is an absence of the rest'],
    [rule(8, 'absent'), day(6, 2), false, 0, 'the rest is excused'],
    [rule(8, 'absent'), day(6, 1), true, 1, 'the rest is excused in part'],
    [rule(8, 'noted'), day(0), true, 8, 'nobody came'],
    [rule(8, 'noted'), day(0, 8), false, 0, 'nobody needed to come'],
    [rule(8, 'noted'), day(0, 3), true, 5, 'nobody came, and part was excused'],
    [rule(null, 'absent'), day(1), false, 0, 'nothing is required, so nothing is short'],
    [rule(null, 'noted'), day(0), true, 0, 'nobody came; an absence without a length'],
    [rule(null, 'noted'), day(0, 1), false, 0, 'an hour of leave excuses a day without hours'],
  ])('case %#: absent %s', (free, its, absent, hours) => {
    const verdict = judgeFreeDay(free, its);
    expect([verdict.absent, verdict.absentSeconds]).toEqual([absent, hours * HOURS]);
  });

  test('somebody who came and was not measured is there all the same', () => {
    const seen = { came: true, cameSeconds: 0, excusedSeconds: 0 };
    expect(judgeFreeDay(rule(null, 'absent'), seen).absent).toBe(false);
    expect(judgeFreeDay(rule(8, 'noted'), seen)).toMatchObject({ absent: false, absentSeconds: 0 });
  });

  test('what is short of the required time is never less than nothing', () => {
    expect(shortageOf(rule(8, 'noted'), day(6))).toBe(2 * HOURS);
    expect(shortageOf(rule(8, 'noted'), day(9))).toBe(0);
    expect(shortageOf(rule(null, 'noted'), day(0))).toBe(0);
  });
});
