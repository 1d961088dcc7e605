import { z } from 'zod';
import { pageOf } from '#contracts/rest/v1/page';
import { personId } from '#contracts/wire/v1/ids';
import type { CaseStatus, Resolution } from '#domain/exceptions/case-state';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { FindingDetail } from '#domain/exceptions/finding';
import { BULK_CASES_MAX } from '#domain/exceptions/handle-case';

const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();
const remark = z.string().trim().max(2000);
const reason = remark.min(1);

/** Stable over recomputing: `duty|…`, `punch|…`. */
export const caseKey = z.string().min(1).max(300);

export const caseKind = z.enum([
  'late',
  'seriousLate',
  'early',
  'missing',
  'absent',
  'outside',
  'method',
  'clock',
  'impossibleTravel',
  'notMe',
  'lowScore',
  'unknownPerson',
  'strangers',
  'entry',
]) satisfies z.ZodType<CaseKind>;

export const findingDetail = z.enum([
  'timeUnknown',
  'confidence',
  'margin',
  'liveness',
  'unknown-kind',
  'unreadable-body',
  'unknown-person',
  'no-consent',
  'unreadable-seal',
  'no-such-punch',
  'impossible-time',
]) satisfies z.ZodType<FindingDetail>;

export const caseStatus = z.enum(['open', 'assigned', 'resolved', 'vanished']) satisfies z.ZodType<
  Exclude<CaseStatus, 'none'>
>;
export const severity = z.enum(['low', 'medium', 'high']);
export const resolution = z.enum([
  'explained',
  'excused',
  'makeupAsked',
  'punchPlaced',
  'confirmed',
  'rejected',
]) satisfies z.ZodType<Resolution>;

/** One thing somebody may have to look at. */
export const exceptionCase = z.strictObject({
  key: caseKey,
  kind: caseKind,
  detail: findingDetail.nullable(),
  severity,
  status: caseStatus,
  personId: z.string().nullable(),
  date,
  terminalId: z.string().nullable(),
  siteId: z.string().nullable(),
  /** Its section counted from 1. */
  duty: z.strictObject({ section: z.int().min(1), kind: z.enum(['on', 'off']) }).nullable(),
  punchId: z.string().nullable(),
  seconds: z.int().min(0),
  count: z.int().min(1),
  assigneeId: z.string().nullable(),
  /** The last decision, kept when the case goes or is opened again. */
  resolution: resolution.nullable(),
  note: z.string(),
  reopened: z.int().min(0),
  /** Forms that acted when it went by itself. */
  healedBy: z.array(z.string()),
  /** Decisions that make sense of it. */
  fitting: z.array(resolution),
  foundAt: instant,
  changedAt: instant,
  revision: z.int().min(1),
});
export type ExceptionCase = z.output<typeof exceptionCase>;

export const groupBy = z.enum(['person', 'kind', 'date', 'terminal', 'assignee']);

export const exceptionsQuery = z.strictObject({
  /** `pending`: open and assigned. */
  status: z.enum(['pending', ...caseStatus.options]).default('pending'),
  kind: caseKind.optional(),
  severity: severity.optional(),
  personId: personId.optional(),
  assigneeId: personId.optional(),
  from: date.optional(),
  to: date.optional(),
});
export type ExceptionsQuery = z.output<typeof exceptionsQuery>;

/** The most pressing first, then the oldest. */
export const exceptionCases = pageOf({ exceptions: z.array(exceptionCase) });
export const exceptionsPaging = {
  key: z.tuple([z.int(), z.string(), z.int(), z.string()]),
  limitMax: 500, // a department's month, as a bulk act takes it
  limitDefault: 100,
} as const;

export const exceptionGroupsQuery = exceptionsQuery.extend({ by: groupBy.default('kind') });
export const lockWarningQuery = z.strictObject({ through: date });

/** The inbox at a glance: how many of what, the most pressing group first. */
export const exceptionGroups = z.strictObject({
  groups: z.array(
    z.strictObject({
      /** A person, a kind, a date, …; null: of none. */
      of: z.string().nullable(),
      severity,
      oldest: date,
      count: z.int().min(1),
    }),
  ),
});

export const exceptionAct = z.discriminatedUnion('kind', [
  /** null takes it back from whoever has it. */
  z.strictObject({ kind: z.literal('assign'), to: personId.nullable() }),
  /** `explained`, `excused` and `rejected` need a note. */
  z.strictObject({ kind: z.literal('resolve'), resolution, note: remark.default('') }),
  z.strictObject({ kind: z.literal('reopen'), reason }),
]);

export type ExceptionAct = z.output<typeof exceptionAct>;

/** The same for many; those that do not fit are told one by one, the others are done. */
export const exceptionBulk = z.strictObject({
  keys: z.array(caseKey).min(1).max(BULK_CASES_MAX),
  act: exceptionAct,
});
export const exceptionBulkResult = z.strictObject({
  done: z.int().min(0),
  refused: z.array(
    z.strictObject({
      key: z.string(),
      fault: z.strictObject({ code: z.string(), 'zh-CN': z.string(), en: z.string() }),
    }),
  ),
});

export type ExceptionBulkResult = z.output<typeof exceptionBulkResult>;

/** What should be known before a period is locked; null: nothing stands open. */
export const lockWarning = z
  .strictObject({
    open: z.int().min(0),
    /** A make-up was asked for and has not come. */
    awaited: z.int().min(0),
    byKind: z.array(z.strictObject({ kind: caseKind, count: z.int().min(1) })),
    oldest: date,
    text: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
  })
  .nullable();
/** Null inside: a whole answer is never null. */
export const lockWarningAnswer = z.strictObject({ warning: lockWarning });
export type LockWarningText = z.output<typeof lockWarning>;
