import { describe, expect, test } from 'vitest';
import type { FormSubject } from '#domain/approvals/form/form';
import { approvalStateOf, attendanceFormOf } from '#domain/approvals/process/attendance-form';

const DAYS = { unit: 'day', from: 10, to: 11, starts: 'am', ends: 'pm' } as const;
const identity = { id: 'f1', name: '年假', submittedOn: 9 };

function formOf(subject: FormSubject, status: 'draft' | 'submitted' | 'approved') {
  const content = { subject, reason: '', answers: new Map(), attachments: [] };
  return attendanceFormOf({ ...identity, status }, content);
}

describe('approvalStateOf', () => {
  test.each([
    ['none', null],
    ['draft', null],
    ['submitted', 'pending'],
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['withdrawn', 'withdrawn'],
    ['revoked', 'withdrawn'],
  ] as const)('%s is %s to the day calculation', (status, state) => {
    expect(approvalStateOf(status)).toBe(state);
  });
});

describe('attendanceFormOf', () => {
  test('a draft is nobody else’s business', () => {
    expect(formOf({ kind: 'trip', extent: DAYS }, 'draft')).toBeNull();
  });

  test('leave, trips and outings excuse their time', () => {
    const leave = formOf({ kind: 'leave', leaveTypeId: 'annual', extent: DAYS }, 'approved');
    expect(leave).toEqual({
      kind: 'leave',
      id: 'f1',
      name: '年假',
      state: 'approved',
      extent: DAYS,
    });
    expect(formOf({ kind: 'outing', extent: DAYS }, 'submitted')?.state).toBe('pending');
  });

  test('overtime keeps what it turns into', () => {
    const overtime = formOf({ kind: 'overtime', extent: DAYS, compensation: 'pay' }, 'approved');
    expect(overtime).toMatchObject({ kind: 'overtime', compensation: 'pay', extent: DAYS });
  });

  test('a make-up knows when it was handed in', () => {
    const makeup = formOf(
      { kind: 'makeup', date: 8, duty: 'off', section: 0, at: 700_000, reason: 'missing' },
      'submitted',
    );
    expect(makeup).toMatchObject({ kind: 'makeup', submittedOn: 9, date: 8, at: 700_000 });
  });
});
