import { describe, expect, test } from 'vitest';
import type { MakeupForm } from '#domain/attendance/approval/approval';
import { judgeMakeup, type MakeupPolicy } from '#domain/attendance/makeup/quota';
import { refusalText } from '#domain/attendance/makeup/refusal-text';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { ok } from '#domain/result';

const ANYTHING: MakeupPolicy = {
  allowed: true,
  countPerMonth: null,
  dayLimit: null,
  closesOnDay: null,
  disabledFor: new Set(),
};

function makeup(date: string, more: Partial<MakeupForm> = {}): MakeupForm {
  return {
    id: date,
    name: '',
    state: 'pending',
    kind: 'makeup',
    date: dayNumberOf(date),
    duty: 'off',
    section: 0,
    at: 0,
    submittedOn: dayNumberOf(date),
    reason: 'missing',
    ...more,
  };
}

describe('judgeMakeup', () => {
  test('says how many of the month are used', () => {
    const others = [
      makeup('2026-03-01', { state: 'approved' }),
      makeup('2026-03-02'),
      makeup('2026-03-03', { state: 'rejected' }),
      makeup('2026-03-04', { state: 'withdrawn' }),
      makeup('2026-02-28', { state: 'approved' }),
      makeup('2025-03-01', { state: 'approved' }),
    ];
    expect(judgeMakeup(makeup('2026-03-31'), ANYTHING, others)).toEqual(ok({ used: 2 }));
  });

  test('a form does not count against itself', () => {
    const form = makeup('2026-03-02');
    expect(judgeMakeup(form, { ...ANYTHING, countPerMonth: 1 }, [form]).ok).toBe(true);
  });

  test.each<[string, string, boolean, string]>([
    ['2026-03-30', '2026-04-04', true, 'before the day'],
    ['2026-03-30', '2026-04-05', false, 'on the day'],
    ['2026-03-30', '2026-03-31', true, 'in its own month it is never too late'],
    ['2026-01-30', '2026-03-01', false, 'a month that has long been closed'],
    ['2025-12-30', '2026-01-04', true, 'over new year'],
    ['2025-12-30', '2026-01-05', false, 'over new year, on the day'],
    ['2025-12-30', '2027-01-01', false, 'a year later, early in the month'],
  ])('%s handed in on %s, closing on the 5th: %s, %s', (date, submitted, accepted) => {
    const form = makeup(date, { submittedOn: dayNumberOf(submitted) });
    const verdict = judgeMakeup(form, { ...ANYTHING, closesOnDay: 5 }, []);
    expect(verdict.ok).toBe(accepted);
  });
});

test('every refusal says in both languages something of its own', () => {
  const refusals = [
    'notAllowed',
    'reasonDisabled',
    'future',
    'dayLimit',
    'monthClosed',
    'quota',
  ] as const;
  for (const language of ['zh-CN', 'en'] as const) {
    const texts = refusals.map((refusal) => refusalText(refusal)[language]);
    expect(texts.every((text) => text.length > 5)).toBe(true);
    expect(new Set(texts).size).toBe(refusals.length);
  }
});
