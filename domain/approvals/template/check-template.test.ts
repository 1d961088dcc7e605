import { describe, expect, test } from 'vitest';
import { bilingual } from '#domain/approvals/bilingual';
import type { ChainStep, Condition } from '#domain/approvals/chain/chain';
import { checkTemplate, succeed } from '#domain/approvals/template/check-template';
import type { Field } from '#domain/approvals/template/field';
import type { AllowanceTier, LeaveType } from '#domain/approvals/template/leave-type';
import type { Template } from '#domain/approvals/template/template';

const NAME = bilingual('名称', 'name');
const FILES = { types: new Set(['pdf'] as const), bytesMax: 1000, countMax: 1 };

const leave: LeaveType = {
  id: 'annual',
  name: NAME,
  unit: 'halfDay',
  stepMinutes: 30,
  counts: 'workingTime',
  evidenceFromDays: null,
  allowance: null,
};

const step: ChainStep = {
  id: 'one',
  name: NAME,
  mode: 'any',
  approvers: [{ kind: 'directManager' }],
  when: [],
};

const good: Template = {
  id: 't',
  version: 0,
  kind: 'leave',
  name: NAME,
  unit: 'halfDay',
  fields: [],
  leaveTypes: [leave],
  attachments: FILES,
  attachmentsRequired: false,
  dayMinutes: 480,
  backdateDaysMax: null,
  chain: { steps: [step], fallback: { kind: 'refuse' }, unattended: 'refuse' },
};

const text: Field = { id: 'why', label: NAME, required: true, type: 'text', lengthMax: 10 };
const cost: Field = {
  id: 'cost',
  label: NAME,
  required: false,
  type: 'number',
  min: 0,
  max: 9,
  decimals: 0,
};
const files: Field = { id: 'files', label: NAME, required: false, type: 'attachment', rule: FILES };
const where: Field = {
  id: 'where',
  label: NAME,
  required: false,
  type: 'choice',
  countMax: 1,
  options: [{ id: 'home', label: NAME }],
};

function withSteps(...steps: readonly ChainStep[]): Partial<Template> {
  return { chain: { ...good.chain, steps } };
}

function asking(condition: Condition): Partial<Template> {
  return { fields: [text, cost, where], ...withSteps({ ...step, when: [condition] }) };
}

function granting(unit: LeaveType['unit'], ...tiers: readonly AllowanceTier[]): Partial<Template> {
  const allowance = { per: 'year', tiers, entry: 'full', carryOver: null } as const;
  return { leaveTypes: [{ ...leave, unit, allowance }] };
}

describe('a template', () => {
  test.each([
    [{}, [], 'as it should be'],
    [{ fields: [text, cost, where, files] }, [], 'with fields of all sorts'],
    [{ name: bilingual('名称', ' ') }, ['name unsaid'], 'named in one language'],
    [{ name: bilingual('', 'name') }, ['name unsaid'], 'or in the other'],
    [{ fields: [{ ...text, label: bilingual('', '') }] }, ['fields[0].label unsaid'], 'a field'],
    [{ fields: [text, text] }, ['fields[1].id repeated'], 'one id for two fields'],
    [
      { fields: [{ ...where, options: [...where.options, ...where.options] }] },
      ['fields[0].options[1].id repeated'],
      'one id for two options',
    ],
    [{ fields: [{ ...cost, min: 10 }] }, ['fields[0].max range'], 'a range without numbers'],
    [{ fields: [{ ...where, countMax: 2 }] }, ['fields[0].options options'], 'more than there are'],
    [{ leaveTypes: [] }, ['leaveTypes leaveTypes'], 'leave without a type'],
    [{ kind: 'trip' }, ['leaveTypes leaveTypes'], 'a trip with one'],
    [granting('day', { fromYears: 0, amount: 10 }), [], 'five days'],
    [
      granting('day', { fromYears: 0, amount: 5 }),
      ['leaveTypes[0].allowance.tiers wholeDays'],
      'two and a half',
    ],
    [
      granting('halfDay', { fromYears: 1, amount: 5 }, { fromYears: 1, amount: 6 }),
      ['leaveTypes[0].allowance.tiers tiers'],
      'lines that do not rise',
    ],
    [
      { attachmentsRequired: true, attachments: { ...FILES, countMax: 0 } },
      ['attachments noFiles'],
      'files needed, none allowed',
    ],
    [
      { fields: [{ ...files, rule: { ...FILES, types: new Set() } }] },
      ['fields[0].rule noFiles'],
      'a file of no type',
    ],
    [{ attachments: { ...FILES, bytesMax: 1e9 } }, ['attachments filesBeyond'], 'files too large'],
    [{ attachments: { ...FILES, countMax: 99 } }, ['attachments filesBeyond'], 'files too many'],
    [withSteps(), ['chain.steps noSteps'], 'nobody to ask'],
    [{ chain: { ...good.chain, steps: [], unattended: 'approve' } }, [], 'and it says so'],
    [withSteps({ ...step, approvers: [] }), ['chain.steps[0] noApprover'], 'a step of nobody'],
    [asking({ kind: 'lengthDays', is: 'below', days: 3 }), [], 'a condition about days'],
    [asking({ kind: 'leaveType', leaveTypeIds: ['annual'] }), [], 'about a leave type'],
    [asking({ kind: 'number', fieldId: 'cost', is: 'atLeast', value: 1 }), [], 'about a number'],
    [asking({ kind: 'choice', fieldId: 'where', optionIds: ['home'] }), [], 'about a choice'],
    [
      asking({ kind: 'leaveType', leaveTypeIds: ['gone'] }),
      ['chain.steps[0].when[0] condition'],
      'gone',
    ],
    [
      asking({ kind: 'number', fieldId: 'why', is: 'below', value: 1 }),
      ['chain.steps[0].when[0] condition'],
      'a text is no number',
    ],
    [
      asking({ kind: 'choice', fieldId: 'gone', optionIds: ['home'] }),
      ['chain.steps[0].when[0] condition'],
      'no such field',
    ],
    [
      asking({ kind: 'choice', fieldId: 'where', optionIds: ['gone'] }),
      ['chain.steps[0].when[0] condition'],
      'no such option',
    ],
  ] as readonly [Partial<Template>, string[], string][])('case %#', (change, expected, _why) => {
    const found = checkTemplate({ ...good, ...change });
    expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
  });
});

describe('the next version', () => {
  test('has the next number, and the first is 1', () => {
    const first = succeed(null, good);
    expect(first.ok && first.value.version).toBe(1);
    const next = succeed(
      { ...good, version: 4, fields: [text] },
      { ...good, fields: [text, cost] },
    );
    expect(next.ok && next.value.version).toBe(5);
  });

  test.each([
    [{ kind: 'outing' as const, leaveTypes: [] }, ['kindChanged'], 'is of the same kind'],
    [{ fields: [{ ...cost, id: 'why' }] }, ['fieldTypeChanged'], 'asks the same under the same id'],
    [{ fields: [cost] }, [], 'may ask something else'],
    [{ name: bilingual('', '') }, ['unsaid'], 'is sound by itself'],
  ])('case %#', (change, expected, _why) => {
    const next = succeed({ ...good, fields: [text] }, { ...good, ...change });
    expect(next.ok ? [] : next.failure.map(({ code }) => code)).toEqual(expected);
  });
});
