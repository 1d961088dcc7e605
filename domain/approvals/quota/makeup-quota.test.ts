import { describe, expect, test } from 'vitest';
import { makeupBalance, makeupFaults } from '#domain/approvals/quota/makeup-quota';
import type { ApprovalState, MakeupForm } from '#domain/attendance/approval/approval';
import type { MakeupPolicy } from '#domain/attendance/makeup/quota';
import { dayNumberOf } from '#domain/attendance/time/day-number';

const POLICY: MakeupPolicy = {
  allowed: true,
  countPerMonth: 3,
  dayLimit: null,
  closesOnDay: null,
  disabledFor: new Set(['late']),
};

function makeup(id: string, date: string, state: ApprovalState): MakeupForm {
  const on = dayNumberOf(date);
  return {
    id,
    name: '',
    state,
    kind: 'makeup',
    date: on,
    duty: 'on',
    section: 0,
    at: on * 86_400,
    submittedOn: on,
    reason: 'missing',
  };
}

const FORMS = [
  makeup('a', '2026-03-02', 'approved'),
  makeup('b', '2026-03-03', 'pending'),
  makeup('c', '2026-03-04', 'rejected'),
  makeup('d', '2026-02-27', 'approved'),
];

describe('make-ups of a month', () => {
  test.each([
    [POLICY, { limit: 3, used: 1, reserved: 1, left: 1 }, 'by the month of their date'],
    [
      { ...POLICY, countPerMonth: null },
      { limit: null, used: 1, reserved: 1, left: null },
      'no limit',
    ],
    [
      { ...POLICY, countPerMonth: 1 },
      { limit: 1, used: 1, reserved: 1, left: 0 },
      'never below none',
    ],
    [
      { ...POLICY, allowed: false },
      { limit: 0, used: 1, reserved: 1, left: 0 },
      'not allowed at all',
    ],
  ])('case %#', (policy, balance, _why) => {
    expect(makeupBalance(policy, FORMS, dayNumberOf('2026-03-20'))).toEqual(balance);
  });
});

describe('a make-up that may not be', () => {
  const form = makeup('new', '2026-03-05', 'pending');

  test('says why and what to do, in both languages', () => {
    const [full] = makeupFaults(form, { ...POLICY, countPerMonth: 2 }, FORMS);
    expect(full).toMatchObject({ code: 'quota', path: 'subject' });
    expect(full?.['zh-CN']).toContain('本月补卡次数已用完；');
    expect(full?.en).toContain('used up; ');
  });

  test('is one without a rule, too', () => {
    expect(makeupFaults(form, null, [])).toMatchObject([{ code: 'notAllowed' }]);
  });

  test('is not one within the quota', () => {
    expect(makeupFaults(form, POLICY, FORMS)).toEqual([]);
  });
});
