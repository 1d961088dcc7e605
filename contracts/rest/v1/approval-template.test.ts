import { describe, expect, test } from 'vitest';
import { templateDraft, templateOf } from '#contracts/rest/v1/approval-template';
import { checkTemplate } from '#domain/approvals/template/check-template';

const name = { 'zh-CN': '请假', en: 'Leave' };
const files = { types: ['pdf', 'jpeg'], bytesMax: 5_000_000, countMax: 3 };
const draft = {
  kind: 'leave',
  name,
  unit: 'halfDay',
  fields: [
    { id: 'phone', label: name, required: true, type: 'text', lengthMax: 40 },
    { id: 'papers', label: name, required: false, type: 'attachment', rule: files },
  ],
  leaveTypes: [
    {
      id: 'annual',
      name,
      unit: 'halfDay',
      stepMinutes: 30,
      counts: 'workingTime',
      evidenceFromDays: null,
      allowance: {
        per: 'year',
        tiers: [{ fromYears: 0, amount: 10 }],
        entry: 'byMonth',
        carryOver: { amountMax: 4, months: 3 },
      },
    },
  ],
  attachments: files,
  attachmentsRequired: false,
  dayMinutes: 480,
  backdateDaysMax: 30,
  chain: {
    steps: [
      {
        id: 'lead',
        name,
        mode: 'any',
        approvers: [{ kind: 'directManager' }],
        when: [{ kind: 'lengthDays', is: 'atLeast', days: 0.5 }],
      },
    ],
    fallback: { kind: 'refuse' },
    unattended: 'refuse',
  },
};

describe('a template', () => {
  test('is read, and sound by itself', () => {
    const read = templateOf({ id: 'leave', version: 2 }, templateDraft.parse(draft));
    expect(read).toMatchObject({ id: 'leave', version: 2, unit: 'halfDay' });
    expect(read.attachments.types.has('pdf')).toBe(true);
    expect(checkTemplate(read)).toEqual([]);
  });

  test.each([
    [{ extra: 1 }, 'unknown keys'],
    [{ name: { 'zh-CN': '请假' } }, 'one language'],
    [{ attachments: { ...files, bytesMax: 1e9 } }, 'files beyond what is taken'],
    [{ attachments: { ...files, types: ['html'] } }, 'a type that does things when opened'],
    [{ fields: [{ ...draft.fields[0], id: '1 x' }] }, 'an id that is none'],
    [{ dayMinutes: 0 }, 'a day of no time'],
    [{ chain: { ...draft.chain, unattended: 'maybe' } }, 'half a decision'],
  ])('case %# is refused: %s', (change, _why) => {
    expect(templateDraft.safeParse({ ...draft, ...change }).success).toBe(false);
  });
});
