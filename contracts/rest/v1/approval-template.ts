import { z } from 'zod';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENT_COUNT_MAX,
  ATTACHMENT_TYPES,
  type AttachmentRule,
} from '#domain/approvals/attachment/attachment';
import type { Field } from '#domain/approvals/template/field';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { Template } from '#domain/approvals/template/template';

const FIELDS_MAX = 50; // a form longer than that is a questionnaire
const OPTIONS_MAX = 100;
const LEAVE_TYPES_MAX = 50;
const STEPS_MAX = 20;
const PEOPLE_MAX = 50; // of one step; more is nobody in particular
const TEXT_LENGTH_MAX = 5000;
const AMOUNT_MAX = 1_000_000; // two years in minutes

/** An id an administrator chooses, kept for good: answers and conditions are found by it. */
export const slug = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,39}$/, 'a letter, then letters, digits, - and _, at most 40');

/** What people read, in both languages. */
export const bilingualText = z.strictObject({
  'zh-CN': z.string().trim().min(1).max(100),
  en: z.string().trim().min(1).max(100),
});

export const formKind = z.enum(['leave', 'trip', 'outing', 'overtime', 'makeup']);

export const attachmentType = z.enum([
  'pdf',
  'jpeg',
  'png',
  'webp',
  'heic',
  'docx',
  'xlsx',
  'pptx',
]) satisfies z.ZodType<keyof typeof ATTACHMENT_TYPES>;

export const attachmentRule = z.strictObject({
  types: z.array(attachmentType).max(8),
  bytesMax: z.int().min(1).max(ATTACHMENT_BYTES_MAX),
  countMax: z.int().min(0).max(ATTACHMENT_COUNT_MAX),
});

const fieldBase = { id: slug, label: bilingualText, required: z.boolean() };
const option = z.strictObject({ id: slug, label: bilingualText });
const number = z.number().min(-1e12).max(1e12);

export const templateField = z.discriminatedUnion('type', [
  z.strictObject({
    ...fieldBase,
    type: z.literal('text'),
    lengthMax: z.int().min(1).max(TEXT_LENGTH_MAX),
  }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('number'),
    min: number,
    max: number,
    decimals: z.int().min(0).max(6),
  }),
  z.strictObject({ ...fieldBase, type: z.literal('date') }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('timeRange'),
    minutesMax: z.int().min(1).max(527_040), // a leap year
  }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('choice'),
    options: z.array(option).min(1).max(OPTIONS_MAX),
    countMax: z.int().min(1).max(OPTIONS_MAX),
  }),
  z.strictObject({ ...fieldBase, type: z.literal('attachment'), rule: attachmentRule }),
]);

const amount = z.int().min(0).max(AMOUNT_MAX);

/** Minutes for leave by the hour, half-days for the rest. */
export const allowance = z.strictObject({
  per: z.enum(['year', 'month']),
  tiers: z.array(z.strictObject({ fromYears: z.int().min(0).max(60), amount })).max(20),
  entry: z.enum(['full', 'byMonth']),
  carryOver: z
    .strictObject({ amountMax: amount.nullable(), months: z.int().min(1).max(60) })
    .nullable(),
});

export const leaveType = z.strictObject({
  id: slug,
  name: bilingualText,
  unit: z.enum(['hour', 'halfDay', 'day']),
  stepMinutes: z.int().min(1).max(480),
  counts: z.enum(['workingTime', 'calendarDays']),
  evidenceFromDays: z.number().min(0).max(366).nullable(),
  allowance: allowance.nullable(),
});

const orgPersonId = z.uuid();
const people = z.array(orgPersonId).min(1).max(PEOPLE_MAX);
const comparison = z.enum(['atLeast', 'below']);

export const chainCondition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lengthDays'),
    is: comparison,
    days: z.number().min(0).max(366).multipleOf(0.5),
  }),
  z.strictObject({
    kind: z.literal('leaveType'),
    leaveTypeIds: z.array(slug).min(1).max(LEAVE_TYPES_MAX),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    fieldId: slug,
    optionIds: z.array(slug).min(1).max(OPTIONS_MAX),
  }),
  z.strictObject({ kind: z.literal('number'), fieldId: slug, is: comparison, value: number }),
]);

export const approverRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('directManager') }),
  z.strictObject({
    kind: z.literal('departmentHead'),
    levelsUp: z.int().min(0).max(20),
  }),
  z.strictObject({ kind: z.literal('people'), personIds: people }),
]);

export const approvalChain = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        id: slug,
        name: bilingualText,
        mode: z.enum(['any', 'all']),
        approvers: z.array(approverRule).min(1).max(20),
        when: z.array(chainCondition).max(20),
      }),
    )
    .max(STEPS_MAX),
  fallback: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('people'), personIds: people }),
    z.strictObject({ kind: z.literal('skip') }),
    z.strictObject({ kind: z.literal('refuse') }),
  ]),
  /** `approve` lets a form pass that nobody would be asked about; nothing else does. */
  unattended: z.enum(['refuse', 'approve']),
});

/** A template's next version; the id is that of the address. */
export const templateDraft = z.strictObject({
  kind: formKind,
  name: bilingualText,
  unit: z.enum(['minute', 'halfDay', 'day']),
  fields: z.array(templateField).max(FIELDS_MAX),
  leaveTypes: z.array(leaveType).max(LEAVE_TYPES_MAX),
  attachments: attachmentRule,
  attachmentsRequired: z.boolean(),
  dayMinutes: z.int().min(60).max(1440),
  backdateDaysMax: z.int().min(0).max(3660).nullable(),
  chain: approvalChain,
});
export type TemplateDraft = z.output<typeof templateDraft>;

/** One version as it was published; version 0 is a draft. */
export const template = templateDraft.extend({
  id: slug,
  version: z.int().min(0),
  publishedAt: z.iso.datetime({ offset: true }).nullable(),
});

export const templates = z.strictObject({
  templates: z.array(template),
  /** What is being worked on, one per template. */
  drafts: z.array(template),
});

/** A template as the rules take it. */
export function templateOf(
  { id, version }: { readonly id: string; readonly version: number },
  draft: TemplateDraft,
): Template {
  const { fields, leaveTypes, attachments, ...rest } = draft;
  return {
    ...rest,
    id,
    version,
    fields: fields.map(fieldOf),
    leaveTypes: leaveTypes satisfies readonly LeaveType[],
    attachments: attachmentRuleOf(attachments),
  };
}

function fieldOf(field: z.output<typeof templateField>): Field {
  return field.type === 'attachment' ? { ...field, rule: attachmentRuleOf(field.rule) } : field;
}

function attachmentRuleOf(rule: z.output<typeof attachmentRule>): AttachmentRule {
  return { ...rule, types: new Set(rule.types) };
}
