import { describe, expect, test } from 'vitest';
import { contentOf, formContent, formSubject, subjectOf } from '#contracts/rest/v1/approval-form';
import type { Attachment } from '#domain/approvals/attachment/attachment';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { zoneClock } from '#domain/attendance/time/zone-clock';

const clock = zoneClock('Asia/Shanghai');
const MONDAY = dayNumberOf('2026-03-02');
const NINE = clock.at(MONDAY, 9 * 3600);
const FILE_ID = '3f0e8a52-3f0b-4f4d-9a51-2f8c35a8f0aa';
const file: Attachment = { id: FILE_ID, type: 'pdf', bytes: 10, name: 'note.pdf' };

describe('the subject of a form', () => {
  test.each([
    [
      { kind: 'trip', from: '2026-03-02', to: '2026-03-03', fromHalf: 'pm' },
      {
        kind: 'trip',
        extent: { unit: 'day', from: MONDAY, to: MONDAY + 1, starts: 'pm', ends: 'pm' },
      },
    ],
    [
      { kind: 'outing', from: '2026-03-02T09:00', to: '2026-03-02T10:00' },
      { kind: 'outing', extent: { unit: 'time', from: NINE, to: NINE + 3600 } },
    ],
    [
      { kind: 'overtime', from: '2026-03-02T09:00', to: '2026-03-02T02:00:00Z' },
      {
        kind: 'overtime',
        compensation: null,
        extent: { unit: 'time', from: NINE, to: NINE + 3600 },
      },
    ],
    [
      { kind: 'makeup', date: '2026-03-02', duty: 'on', section: 2, at: '2026-03-02T09:00' },
      { kind: 'makeup', date: MONDAY, duty: 'on', section: 1, at: NINE, reason: 'missing' },
    ],
  ])('case %# is placed on the clock of the applicant', (text, subject) => {
    expect(subjectOf(formSubject.parse(text), clock)).toEqual(subject);
  });

  test('does not mix dates and times', () => {
    const mixed = { kind: 'trip', from: '2026-03-02', to: '2026-03-02T10:00' };
    expect(formSubject.safeParse(mixed).success).toBe(false);
    const halved = { kind: 'trip', from: '2026-03-02T09:00', to: '2026-03-02T10:00', toHalf: 'am' };
    expect(formSubject.safeParse(halved).success).toBe(false);
  });
});

describe('the content of a form', () => {
  const content = {
    subject: { kind: 'leave', leaveTypeId: 'annual', from: '2026-03-02', to: '2026-03-02' },
    reason: ' flu ',
    answers: {
      where: { type: 'choice', optionIds: ['home'] },
      since: { type: 'date', date: '2026-03-01' },
      call: { type: 'timeRange', from: '2026-03-02T09:00', to: '2026-03-02T10:00' },
      papers: { type: 'attachment', attachmentIds: [FILE_ID] },
    },
    attachmentIds: [FILE_ID],
  };

  test('keeps its answers under their fields, with the files they name', () => {
    const read = contentOf(formContent.parse(content), clock, new Map([[FILE_ID, file]]));
    expect(read).toMatchObject({ reason: 'flu', attachments: [file] });
    expect([...read.answers]).toEqual([
      ['where', { type: 'choice', optionIds: ['home'] }],
      ['since', { type: 'date', date: MONDAY - 1 }],
      ['call', { type: 'timeRange', from: NINE, to: NINE + 3600 }],
      ['papers', { type: 'attachment', files: [file] }],
    ]);
  });

  test('has limits', () => {
    const answers = Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [`f${index}`, { type: 'number', value: 1 }]),
    );
    expect(formContent.safeParse({ ...content, answers }).success).toBe(false);
    expect(formContent.safeParse({ ...content, extra: 1 }).success).toBe(false);
    expect(formContent.safeParse({ ...content, reason: 'x'.repeat(2001) }).success).toBe(false);
  });
});
