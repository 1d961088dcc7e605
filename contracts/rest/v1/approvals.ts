import { z } from 'zod';
import { attachment, formContent } from '#contracts/rest/v1/approval-form';
import { bilingualText, formKind, slug } from '#contracts/rest/v1/approval-template';
import { pageOf } from '#contracts/rest/v1/page';
import { personId } from '#contracts/wire/v1/ids';
import { REMARK_LENGTH_MAX } from '#domain/approvals/process/act';

const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();
const formId = z.uuid();
const remark = z.string().trim().max(REMARK_LENGTH_MAX);
const reason = remark.min(1);
const said = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

/** A form that is begun; `applicantId` is one's own without it. */
export const newForm = z.strictObject({
  templateId: slug,
  applicantId: personId.optional(),
  /** The form this one takes up again after its end. */
  resubmits: formId.optional(),
  content: formContent,
});
export type NewForm = z.output<typeof newForm>;
export const formChange = z.strictObject({ content: formContent });

/** What somebody saw last; the hub refuses an act on a form that has moved on. */
const seen = { revision: z.int().min(0) };

export const submission = z.strictObject(seen);
export const decision = z.strictObject({
  ...seen,
  decision: z.enum(['approve', 'reject']),
  /** Needed to reject. */
  comment: remark.default(''),
});
export const withdrawal = z.strictObject({ ...seen, reason: remark.default('') });
export const revocation = z.strictObject({ ...seen, reason });
export const transfer = z.strictObject({ ...seen, from: personId, to: personId, reason });
export const newComment = z.strictObject({ text: reason });

export const formStatus = z.enum([
  'draft',
  'submitted',
  'approved',
  'rejected',
  'withdrawn',
  'revoked',
]);

const vote = z.strictObject({
  /** Who voted, and whose vote it was. */
  by: z.string(),
  for: z.string(),
  decision: z.enum(['approve', 'reject']),
  at: instant,
});

const resolvedStep = z.strictObject({
  id: z.string(),
  name: bilingualText,
  mode: z.enum(['any', 'all']),
  approverIds: z.array(z.string()),
  via: z.enum(['chain', 'fallback']),
});

export const resolvedChain = z.strictObject({
  steps: z.array(resolvedStep),
  dropped: z.array(
    z.strictObject({ id: z.string(), why: z.enum(['condition', 'missing', 'repeated']) }),
  ),
});

/** One line of a form's history, for people. */
export const formHistory = z.strictObject({
  kind: z.enum([
    'drafted',
    'submitted',
    'decided',
    'transferred',
    'commented',
    'withdrawn',
    'revoked',
    'imported',
    'amended',
  ]),
  at: instant,
  by: z.string(),
  /** Whose vote it was, where it was lent; whom it was handed to. */
  for: z.string().optional(),
  to: z.string().optional(),
  decision: z.enum(['approve', 'reject']).optional(),
  text: z.string().optional(),
  /** What another system changed. */
  fields: z.array(z.string()).optional(),
});

export type FormHistory = z.output<typeof formHistory>;

export const formLength = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('minutes'), minutes: z.int().min(0) }),
  z.strictObject({ unit: z.literal('halfDays'), halfDays: z.int().min(0) }),
]);

export const form = z.strictObject({
  formId,
  templateId: z.string(),
  /** null: a draft, or a form of another system. */
  templateVersion: z.int().min(1).nullable(),
  kind: formKind,
  applicantId: z.string(),
  status: formStatus,
  origin: z.enum(['own', 'foreign']),
  resubmits: formId.nullable(),
  revision: z.int().min(0),
  content: formContent,
  attachments: z.array(attachment),
  length: formLength.nullable(),
  submittedAt: instant.nullable(),
  endedAt: instant.nullable(),
  steps: z.array(resolvedStep.extend({ votes: z.array(vote) })),
  /** Whose vote it waits for now, and who may give it in their place. */
  waitingFor: z.array(z.strictObject({ personId: z.string(), standIns: z.array(z.string()) })),
  history: z.array(formHistory),
});
export type Form = z.output<typeof form>;

/** The newest first. */
export const forms = pageOf({
  forms: z.array(form.omit({ history: true, content: true, attachments: true })),
});
export const formsPaging = {
  key: z.tuple([z.int(), z.string()]),
  limitMax: 200, // an inbox nobody scrolls through
  limitDefault: 50,
} as const;

export const formsQuery = z.strictObject({
  /** `mine`: applied for; `waiting`: for my vote; `decided`: by me; `all`: as far as one may look. */
  box: z.enum(['mine', 'waiting', 'decided', 'all']).default('mine'),
  kind: formKind.optional(),
  status: formStatus.optional(),
  applicantId: personId.optional(),
  from: date.optional(),
  to: date.optional(),
});
export type FormsQuery = z.output<typeof formsQuery>;

/** Why something is refused, or only remarked on, for whoever wrote it. */
export const formFault = z.strictObject({
  code: z.string(),
  path: z.string(),
  'zh-CN': z.string(),
  en: z.string(),
});

/** What a form would come to if it were handed in now; asked while it is being written. */
export const formPreview = z.strictObject({
  length: formLength,
  amounts: z.array(z.strictObject({ date, amount: z.int().min(1) })),
  leftAfter: z.int().nullable(),
  overlaps: z.array(
    z.strictObject({
      formId: z.string(),
      kind: formKind,
      verdict: z.enum(['refuse', 'warn']),
      text: said,
    }),
  ),
  chain: resolvedChain.nullable(),
  faults: z.array(formFault),
});
export type FormPreview = z.output<typeof formPreview>;

/** Minutes for leave by the hour, half-days for the rest. */
export const leaveBalance = z.strictObject({
  leaveTypeId: z.string(),
  name: bilingualText,
  unit: z.enum(['hour', 'halfDay', 'day']),
  /** null: no account is kept, any amount may be asked for. */
  balance: z
    .strictObject({
      granted: z.int(),
      carried: z.int(),
      used: z.int(),
      reserved: z.int(),
      left: z.int(),
      lapses: z.strictObject({ on: date, amount: z.int() }).nullable(),
    })
    .nullable(),
});

export const quotas = z.strictObject({
  personId,
  date,
  leave: z.array(leaveBalance),
  makeup: z.strictObject({
    limit: z.int().nullable(),
    used: z.int(),
    reserved: z.int(),
    left: z.int().nullable(),
  }),
});

export type Quotas = z.output<typeof quotas>;

export const quotasQuery = z.strictObject({
  personId: personId.optional(),
  date: date.optional(),
});

/** Granted or taken away by hand. */
export const newGrant = z
  .strictObject({
    personId,
    leaveTypeId: slug,
    from: date,
    to: date,
    amount: z.int().min(-1_000_000).max(1_000_000),
    reason,
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: 'to cannot lie before from',
    params: { zh: '结束日期不能早于开始日期' },
  })
  .refine(({ amount }) => amount !== 0, {
    path: ['amount'],
    message: 'an amount of 0 grants nothing',
    params: { zh: '额度不能为 0' },
  });
export type NewGrant = z.output<typeof newGrant>;
export const grant = z.strictObject({
  grantId: z.uuid(),
  personId,
  leaveTypeId: z.string(),
  from: date,
  to: date,
  amount: z.int(),
  reason: z.string(),
  by: z.string(),
  at: instant,
});

/** A vote that is lent; one's own without `fromPersonId`. */
export const newDelegation = z.strictObject({
  fromPersonId: personId.optional(),
  toPersonId: personId,
  from: instant,
  to: instant,
  kinds: z.array(formKind).min(1).max(5).nullable(),
});
export const delegation = z.strictObject({
  delegationId: z.uuid(),
  fromPersonId: personId,
  toPersonId: personId,
  from: instant,
  to: instant,
  kinds: z.array(formKind).nullable(),
  revokedAt: instant.nullable(),
});
export type DelegationText = z.output<typeof delegation>;
export const delegations = z.strictObject({ delegations: z.array(delegation) });
export const delegationsQuery = z.strictObject({ personId: personId.optional() });
export const grants = z.strictObject({ grants: z.array(grant) });
