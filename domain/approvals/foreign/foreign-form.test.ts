import { describe, expect, test } from 'vitest';
import {
  contradictions,
  type ForeignForm,
  takeForeign,
} from '#domain/approvals/foreign/foreign-form';
import type { FormSubject } from '#domain/approvals/form/form';
import { type FormStatus, formStateOf } from '#domain/approvals/process/form-state';

const DAYS = { unit: 'day', from: 10, to: 11, starts: 'am', ends: 'pm' } as const;
const HOURS = { unit: 'time', from: 900_000, to: 903_600 } as const;
const LEAVE: FormSubject = { kind: 'leave', leaveTypeId: 'annual', extent: DAYS };
const ACT = { by: 'oa', at: 5 };

function form(change: Partial<ForeignForm> = {}): ForeignForm {
  const base = { source: 'oa', foreignId: 'F-1', personId: 'wang', name: '年假' };
  return { ...base, status: 'approved', subject: LEAVE, ...change };
}

function taken(incoming: ForeignForm, before: ForeignForm | null, status: FormStatus = 'approved') {
  const result = takeForeign(incoming, before === null ? null : { form: before, status }, ACT);
  return result.ok ? result.value : result.failure.code;
}

describe('a form from another system', () => {
  test('is approved at once', () => {
    const outcome = taken(form(), null);
    expect(outcome).toMatchObject({
      kind: 'new',
      events: [{ kind: 'imported', foreignId: 'F-1' }],
    });
    expect(
      typeof outcome === 'object' && outcome.kind === 'new' && formStateOf(outcome.events),
    ).toMatchObject({
      status: 'approved',
      origin: 'foreign',
      applicantId: 'wang',
    });
  });

  test('that comes already taken back has no effect, and is kept', () => {
    const outcome = taken(form({ status: 'withdrawn' }), null);
    expect(
      typeof outcome === 'object' && outcome.kind === 'new' && formStateOf(outcome.events).status,
    ).toBe('revoked');
  });

  test('does nothing the second time', () => {
    expect(taken(form(), form())).toEqual({ kind: 'same' });
    expect(taken(form({ status: 'withdrawn' }), form({ status: 'withdrawn' }), 'revoked')).toEqual({
      kind: 'same',
    });
  });

  test('delivered again after it was revoked here stays revoked', () => {
    expect(taken(form(), form(), 'revoked')).toEqual({ kind: 'same' });
  });

  test.each([
    [{ subject: { ...LEAVE, leaveTypeId: 'sick' } }, ['leaveType']],
    [{ name: '病假' }, ['name']],
    [{ subject: { ...LEAVE, extent: { ...DAYS, ends: 'am' } } }, ['toHalf']],
    [{ subject: { ...LEAVE, extent: HOURS } }, ['from', 'to', 'unit', 'fromHalf', 'toHalf']],
    [{ subject: { kind: 'trip', extent: DAYS } }, ['kind', 'leaveType']],
    [
      { subject: { kind: 'overtime', extent: DAYS, compensation: 'pay' } },
      ['kind', 'leaveType', 'compensation'],
    ],
  ] as const)('with other content is amended: %j', (change, fields) => {
    expect(taken(form(change), form())).toEqual({
      kind: 'changed',
      events: [{ kind: 'amended', ...ACT, fields }],
    });
  });

  test('of a make-up is compared by its punch', () => {
    const makeup = {
      kind: 'makeup',
      date: 9,
      duty: 'on',
      section: 0,
      at: 800_000,
      reason: 'missing',
    } as const;
    const before = form({ subject: makeup });
    expect(taken(form({ subject: makeup }), before)).toEqual({ kind: 'same' });
    expect(taken(form({ subject: { ...makeup, at: 800_060 } }), before)).toMatchObject({
      events: [{ fields: ['at'] }],
    });
  });

  test('taken back there is revoked here, with what else changed', () => {
    expect(taken(form({ status: 'withdrawn' }), form())).toMatchObject({
      kind: 'withdrawn',
      events: [{ kind: 'revoked', reason: 'oa' }],
    });
    expect(taken(form({ status: 'withdrawn', name: 'x' }), form())).toMatchObject({
      events: [{ kind: 'amended' }, { kind: 'revoked' }],
    });
    expect(taken(form({ status: 'withdrawn' }), form(), 'revoked')).toEqual({ kind: 'same' });
  });

  test('does not come back under its old id, nor change hands', () => {
    expect(taken(form(), form({ status: 'withdrawn' }), 'revoked')).toBe('foreignEnded');
    expect(taken(form({ personId: 'li' }), form())).toBe('foreignPerson');
  });
});

describe('one delivery', () => {
  test('may say a thing twice, but not two things', () => {
    const faults = contradictions([
      form(),
      form(),
      form({ foreignId: 'F-2' }),
      form({ foreignId: 'F-2', name: 'other' }),
      form({ foreignId: 'F-2', source: 'elsewhere' }),
      form({ foreignId: 'F-3' }),
      form({ foreignId: 'F-3', personId: 'li' }),
      form({ foreignId: 'F-4' }),
      form({ foreignId: 'F-4', status: 'withdrawn' }),
    ]);
    expect([...faults.keys()].toSorted((a, b) => a - b)).toEqual([2, 3, 5, 6, 7, 8]);
  });
});
