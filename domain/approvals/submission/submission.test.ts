import { describe, expect, test } from 'vitest';
import { bilingual } from '#domain/approvals/bilingual';
import type { FormContent, FormSubject } from '#domain/approvals/form/form';
import { previewOf, type SubmissionFacts } from '#domain/approvals/submission/submission';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { Template } from '#domain/approvals/template/template';
import { dayNumberOf, weekdayOf } from '#domain/attendance/time/day-number';
import { spanOf } from '#domain/attendance/time/span';
import { zoneClock } from '#domain/attendance/time/zone-clock';

const clock = zoneClock('Asia/Shanghai');
const MONDAY = dayNumberOf('2026-03-02');
const NAME = bilingual('名称', 'name');

const annual: LeaveType = {
  id: 'annual',
  name: NAME,
  unit: 'halfDay',
  stepMinutes: 30,
  counts: 'workingTime',
  evidenceFromDays: 3,
  allowance: { per: 'year', tiers: [{ fromYears: 0, amount: 8 }], entry: 'full', carryOver: null },
};

const template: Template = {
  id: 't',
  version: 1,
  kind: 'leave',
  name: NAME,
  unit: 'halfDay',
  fields: [],
  leaveTypes: [annual],
  attachments: { types: new Set(['pdf']), bytesMax: 1000, countMax: 3 },
  attachmentsRequired: false,
  dayMinutes: 480,
  backdateDaysMax: 5,
  chain: {
    steps: [
      { id: 'lead', name: NAME, mode: 'any', approvers: [{ kind: 'directManager' }], when: [] },
      {
        id: 'boss',
        name: NAME,
        mode: 'any',
        approvers: [{ kind: 'people', personIds: ['boss'] }],
        when: [{ kind: 'lengthDays', is: 'atLeast', days: 3 }],
      },
    ],
    fallback: { kind: 'refuse' },
    unattended: 'refuse',
  },
};

const person = (id: string, managerId: string | null) =>
  [id, { id, managerId, departmentId: null, employed: true }] as const;

const facts: SubmissionFacts = {
  formId: 'new',
  applicantId: 'wang',
  today: MONDAY,
  template,
  organisation: {
    people: new Map([person('wang', 'li'), person('li', 'boss'), person('boss', null)]),
    departments: new Map(),
  },
  timetable: {
    clock,
    hoursOn(date) {
      const works = weekdayOf(date) % 6 !== 0;
      const span = (from: number, to: number) =>
        works ? spanOf(clock.at(date, from * 3600), clock.at(date, to * 3600)) : [];
      return { morning: span(9, 12), afternoon: span(13, 18) };
    },
  },
  others: [],
  account: {
    allowance: {
      per: 'year',
      tiers: [{ fromYears: 0, amount: 8 }],
      entry: 'full',
      carryOver: null,
    },
    grain: 1,
    serviceFrom: dayNumberOf('2024-01-01'),
    opensOn: dayNumberOf('2026-01-01'),
    closesOn: dayNumberOf('2099-12-31'),
    extras: [],
    uses: [],
  },
  makeup: { policy: null, others: [] },
};

function content(subject: FormSubject): FormContent {
  return { subject, reason: '', answers: new Map(), attachments: [] };
}

function leave(from: number, to: number): FormContent {
  const extent = {
    unit: 'day',
    from: MONDAY + from,
    to: MONDAY + to,
    starts: 'am',
    ends: 'pm',
  } as const;
  return content({ kind: 'leave', leaveTypeId: 'annual', extent });
}

const note = { id: 'a', type: 'pdf', bytes: 10, name: 'note.pdf' } as const;
const codes = (form: FormContent, change: Partial<SubmissionFacts> = {}): readonly string[] =>
  previewOf(form, { ...facts, ...change }).faults.map(({ code }) => code);

describe('before it is handed in a form shows', () => {
  test('its length, whom it asks and what is left', () => {
    expect(previewOf(leave(0, 1), facts)).toMatchObject({
      length: { unit: 'halfDays', halfDays: 4 },
      amounts: [
        { date: MONDAY, amount: 2 },
        { date: MONDAY + 1, amount: 2 },
      ],
      leftAfter: 4,
      chain: { steps: [{ approverIds: ['li'] }], dropped: [{ id: 'boss', why: 'condition' }] },
      faults: [],
    });
  });

  test('a longer way for a longer leave', () => {
    const long = previewOf({ ...leave(0, 2), attachments: [note] }, facts);
    expect(long.chain?.steps.map(({ id }) => id)).toEqual(['lead', 'boss']);
    expect(long.faults).toEqual([]);
  });

  test('no account where none is kept', () => {
    expect(previewOf(leave(0, 1), { ...facts, account: null })).toMatchObject({
      leftAfter: null,
      faults: [],
    });
  });
});

describe('a form is refused', () => {
  test.each([
    [leave(0, 2), ['evidence'], 'three days ask for a note'],
    [{ ...leave(0, 4), attachments: [note] }, ['balance'], 'five days of four'],
    [leave(5, 6), ['noWorkingTime'], 'a weekend is free'],
    [leave(-6, -6), ['tooLate'], 'after the deadline'],
    [leave(1, 0), ['extentReversed'], 'nothing else is asked of nonsense'],
  ])('case %#', (form, expected, _why) => {
    expect(codes(form)).toEqual(expected);
  });

  test('when it meets another', () => {
    const others = [{ id: 'old', subject: leave(0, 0).subject }];
    expect(codes(leave(0, 1), { others })).toEqual(['overlap']);
  });

  test('when nobody can be asked', () => {
    const preview = previewOf(leave(0, 1), { ...facts, applicantId: 'boss' });
    expect([preview.chain, preview.faults.map(({ code }) => code)]).toEqual([null, ['noApprover']]);
  });

  test('never, however late, where the template sets no deadline', () => {
    const open = { ...template, backdateDaysMax: null };
    expect(codes(leave(-28, -28), { template: open })).toEqual([]);
  });
});

describe('other forms', () => {
  test('have a plain length and no account', () => {
    const outing = { ...template, kind: 'outing', unit: 'minute', leaveTypes: [] } as const;
    const nine = clock.at(MONDAY, 9 * 3600);
    const form = content({ kind: 'outing', extent: { unit: 'time', from: nine, to: nine + 7200 } });
    expect(previewOf(form, { ...facts, template: outing })).toMatchObject({
      length: { unit: 'minutes', minutes: 120 },
      leftAfter: null,
      faults: [],
    });
  });

  test('make-ups ask the rule of their date', () => {
    const makeup = { ...template, kind: 'makeup', leaveTypes: [] } as const;
    const at = clock.at(MONDAY, 9 * 3600);
    const form = content({
      kind: 'makeup',
      date: MONDAY,
      duty: 'on',
      section: 0,
      at,
      reason: 'missing',
    });
    expect(codes(form, { template: makeup })).toEqual(['notAllowed']);
    const policy = {
      allowed: true,
      countPerMonth: null,
      dayLimit: null,
      closesOnDay: null,
      disabledFor: new Set<never>(),
    };
    expect(codes(form, { template: makeup, makeup: { policy, others: [] } })).toEqual([]);
  });
});
