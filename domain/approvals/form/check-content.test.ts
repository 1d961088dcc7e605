import { describe, expect, test } from 'vitest';
import { bilingual } from '#domain/approvals/bilingual';
import type { Answer } from '#domain/approvals/form/answer';
import { checkContent } from '#domain/approvals/form/check-content';
import type { FormContent, FormSubject } from '#domain/approvals/form/form';
import type { Field } from '#domain/approvals/template/field';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { ExtentUnit, Template } from '#domain/approvals/template/template';
import type { Extent } from '#domain/attendance/approval/approval';

const NAME = bilingual('名称', 'name');
const FILES = { types: new Set(['pdf'] as const), bytesMax: 1000, countMax: 1 };
const file = (id: string) => ({ id, type: 'pdf' as const, bytes: 10, name: 'a.pdf' });

function leaveType(id: string, unit: LeaveType['unit']): LeaveType {
  return {
    id,
    name: NAME,
    unit,
    stepMinutes: 30,
    counts: 'workingTime',
    evidenceFromDays: null,
    allowance: null,
  };
}

const base: Template = {
  id: 't',
  version: 1,
  kind: 'leave',
  name: NAME,
  unit: 'halfDay',
  fields: [],
  leaveTypes: [
    leaveType('hours', 'hour'),
    leaveType('halves', 'halfDay'),
    leaveType('days', 'day'),
  ],
  attachments: FILES,
  attachmentsRequired: false,
  dayMinutes: 480,
  backdateDaysMax: null,
  chain: { steps: [], fallback: { kind: 'refuse' }, unattended: 'approve' },
};

const TIME: Extent = { unit: 'time', from: 1000, to: 4600 };
const DAY: Extent = { unit: 'day', from: 10, to: 10, starts: 'am', ends: 'pm' };

function codes(subject: FormSubject, template = base, more: Partial<FormContent> = {}) {
  const content = { subject, reason: '', answers: new Map(), attachments: [], ...more };
  return checkContent(content, template).map(({ code }) => code);
}

const leave = (leaveTypeId: string, extent: Extent): FormSubject => ({
  kind: 'leave',
  leaveTypeId,
  extent,
});

describe('a form', () => {
  test.each([
    ['hours', TIME, [], 'hours by the clock'],
    ['hours', DAY, ['extentUnit'], 'not by dates'],
    ['halves', DAY, [], 'days'],
    ['halves', { ...DAY, starts: 'pm' }, [], 'and halves'],
    ['halves', TIME, ['extentUnit'], 'not by the clock'],
    ['days', DAY, [], 'whole days'],
    ['days', { ...DAY, starts: 'pm' }, ['extentUnit'], 'no halves'],
    ['days', { ...DAY, ends: 'am' }, ['extentUnit'], 'at either end'],
    ['other', DAY, ['leaveType'], 'no such leave'],
    ['halves', { ...DAY, to: 9 }, ['extentReversed'], 'ends before it begins'],
    ['halves', { ...DAY, starts: 'pm', ends: 'am' }, ['extentReversed'], 'within one day too'],
    ['hours', { ...TIME, to: 1000 }, ['extentReversed'], 'lasts no time'],
    ['halves', { ...DAY, to: 10 + 366 }, ['extentTooLong'], 'a day more than a year'],
    ['hours', { ...TIME, to: 1001 + 366 * 86_400 }, ['extentTooLong'], 'a second more'],
    ['halves', { ...DAY, to: 10 + 365 }, [], 'a year'],
  ] as const)('of leave %s %j: %j, %s', (type, extent, expected, _why) => {
    expect(codes(leave(type, extent))).toEqual(expected);
  });

  test.each([
    ['minute', TIME, []],
    ['minute', DAY, ['extentUnit']],
    ['day', { ...DAY, starts: 'pm' }, ['extentUnit']],
  ] as readonly [ExtentUnit, Extent, string[]][])(
    'of an outing by the %s',
    (unit, extent, expected) => {
      expect(codes({ kind: 'outing', extent }, { ...base, kind: 'outing', unit })).toEqual(
        expected,
      );
    },
  );

  test('is of the kind of its template', () => {
    expect(codes({ kind: 'trip', extent: DAY })).toEqual(['kind']);
  });

  test('of a make-up names a punch and no stretch', () => {
    const makeup = {
      kind: 'makeup',
      date: 1,
      duty: 'on',
      section: 0,
      at: 0,
      reason: 'late',
    } as const;
    expect(codes(makeup, { ...base, kind: 'makeup' })).toEqual([]);
  });

  test('brings the files that are asked for, and not more', () => {
    const needed = { ...base, attachmentsRequired: true };
    expect(codes(leave('halves', DAY), needed)).toEqual(['evidence']);
    expect(codes(leave('halves', DAY), needed, { attachments: [file('1')] })).toEqual([]);
    expect(codes(leave('halves', DAY), base, { attachments: [file('1'), file('2')] })).toEqual([
      'attachmentCount',
    ]);
  });
});

const field = { id: 'f', label: NAME, required: false } as const;
const FIELDS = {
  text: { ...field, type: 'text', lengthMax: 3 },
  number: { ...field, type: 'number', min: 0, max: 10, decimals: 1 },
  date: { ...field, type: 'date' },
  timeRange: { ...field, type: 'timeRange', minutesMax: 60 },
  choice: {
    ...field,
    type: 'choice',
    countMax: 2,
    options: ['a', 'b', 'c'].map((id) => ({ id, label: NAME })),
  },
  attachment: { ...field, type: 'attachment', rule: FILES },
} as const satisfies Record<Field['type'], Field>;

describe('an answer', () => {
  test.each([
    ['text', { type: 'text', text: '两个字' }, [], 'as long as allowed'],
    ['text', { type: 'text', text: '一二三四' }, ['textTooLong'], 'longer'],
    ['text', { type: 'text', text: '👨‍👩‍👧' }, ['textTooLong'], 'code points count'],
    ['number', { type: 'number', value: 2.5 }, [], 'one digit'],
    ['number', { type: 'number', value: 2.55 }, ['numberDecimals'], 'two digits'],
    ['number', { type: 'number', value: 11 }, ['numberRange'], 'too much'],
    ['number', { type: 'number', value: -1 }, ['numberRange'], 'too little'],
    ['number', { type: 'number', value: Number.NaN }, ['numberRange'], 'no number'],
    ['date', { type: 'date', date: 10 }, [], 'a date'],
    ['timeRange', { type: 'timeRange', from: 0, to: 3600 }, [], 'an hour'],
    ['timeRange', { type: 'timeRange', from: 0, to: 3601 }, ['timeRange'], 'longer'],
    ['timeRange', { type: 'timeRange', from: 5, to: 5 }, ['timeRange'], 'no time at all'],
    ['choice', { type: 'choice', optionIds: ['a', 'b'] }, [], 'two of three'],
    ['choice', { type: 'choice', optionIds: ['a', 'b', 'c'] }, ['choiceCount'], 'three of two'],
    ['choice', { type: 'choice', optionIds: ['a', 'a'] }, ['choiceCount'], 'one twice'],
    ['choice', { type: 'choice', optionIds: ['x'] }, ['choiceUnknown'], 'not offered'],
    ['attachment', { type: 'attachment', files: [file('1')] }, [], 'a file'],
    [
      'attachment',
      { type: 'attachment', files: [file('1'), file('2')] },
      ['attachmentCount'],
      'two',
    ],
    ['text', { type: 'number', value: 1 }, ['answerType'], 'a number for a text'],
    ['date', { type: 'text', text: '明天' }, ['answerType'], 'a text for a date'],
  ] as readonly [Field['type'], Answer, string[], string][])(
    'to %s, %j: %j, %s',
    (type, answer, expected) => {
      const template = { ...base, fields: [FIELDS[type]] };
      const answers = new Map([['f', answer]]);
      expect(codes(leave('halves', DAY), template, { answers })).toEqual(expected);
    },
  );

  test.each([
    undefined,
    { type: 'text', text: '  ' },
    { type: 'choice', optionIds: [] },
    { type: 'attachment', files: [] },
  ] as readonly (Answer | undefined)[])(
    'that says nothing (%j) is missing where it is needed',
    (answer) => {
      const asked = { ...FIELDS.text, required: true };
      const answers = new Map(answer === undefined ? [] : [['f', answer]]);
      const given = { answers };
      expect(codes(leave('halves', DAY), { ...base, fields: [asked] }, given)).toEqual([
        'answerMissing',
      ]);
      expect(codes(leave('halves', DAY), { ...base, fields: [FIELDS.text] }, given)).toEqual([]);
    },
  );

  test('to a question nobody asked is refused', () => {
    const answers = new Map<string, Answer>([['ghost', { type: 'text', text: 'x' }]]);
    expect(codes(leave('halves', DAY), base, { answers })).toEqual(['answerUnknown']);
  });
});
