import { z } from 'zod';
import { date, epochOf, moment } from '#contracts/attendance/time-text';
import { attachmentType, slug } from '#contracts/rest/v1/approval-template';
import type { Attachment } from '#domain/approvals/attachment/attachment';
import type { Answer } from '#domain/approvals/form/answer';
import type { FormContent, FormSubject } from '#domain/approvals/form/form';
import { REMARK_LENGTH_MAX } from '#domain/approvals/process/act';
import type { Extent } from '#domain/attendance/approval/approval';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

const ANSWERS_MAX = 50;
const ATTACHMENTS_MAX = 20;

const half = z.enum(['am', 'pm']).optional();
const when = z.union([moment, date]);

/** From one moment to another, or from one date to another (both included), by halves if wanted. */
export const extentFields = { from: when, to: when, fromHalf: half, toHalf: half };

export const makeupFields = {
  date,
  duty: z.enum(['on', 'off']),
  /** Which section of the day, counted from 1. */
  section: z.int().min(1).max(4).default(1),
  at: moment,
  reason: z.enum(['missing', 'late', 'early', 'other']).default('missing'),
};

/** What a form says about attendance. */
export const formSubject = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('leave'), leaveTypeId: slug, ...extentFields }),
    z.strictObject({ kind: z.literal('trip'), ...extentFields }),
    z.strictObject({ kind: z.literal('outing'), ...extentFields }),
    z.strictObject({
      kind: z.literal('overtime'),
      ...extentFields,
      compensation: z.enum(['pay', 'leave']).optional(),
    }),
    z.strictObject({ kind: z.literal('makeup'), ...makeupFields }),
  ])
  .superRefine((subject, context) => {
    if (subject.kind === 'makeup') return;
    for (const { path, zh, en } of extentFaultsOf(subject)) {
      context.addIssue({ code: 'custom', path: [path], message: en, params: { zh } });
    }
  });
export type FormSubjectText = z.output<typeof formSubject>;

export const formAnswer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().max(5000) }),
  z.strictObject({ type: z.literal('number'), value: z.number().min(-1e12).max(1e12) }),
  z.strictObject({ type: z.literal('date'), date }),
  z.strictObject({ type: z.literal('timeRange'), from: moment, to: moment }),
  z.strictObject({ type: z.literal('choice'), optionIds: z.array(slug).max(100) }),
  z.strictObject({
    type: z.literal('attachment'),
    attachmentIds: z.array(z.uuid()).max(ATTACHMENTS_MAX),
  }),
]);

export const formContent = z.strictObject({
  subject: formSubject,
  reason: z.string().trim().max(REMARK_LENGTH_MAX),
  answers: z
    .record(slug, formAnswer)
    .refine((answers) => Object.keys(answers).length <= ANSWERS_MAX, {
      message: `at most ${ANSWERS_MAX} answers`,
      params: { zh: `最多 ${ANSWERS_MAX} 项` },
    }),
  attachmentIds: z.array(z.uuid()).max(ATTACHMENTS_MAX),
});
export type FormContentText = z.output<typeof formContent>;

/** A file that was taken in. */
export const attachment = z.strictObject({
  attachmentId: z.uuid(),
  type: attachmentType,
  bytes: z.int().min(1),
  name: z.string(),
});

interface ExtentText {
  readonly from: string;
  readonly to: string;
  readonly fromHalf?: 'am' | 'pm' | undefined;
  readonly toHalf?: 'am' | 'pm' | undefined;
}

interface ExtentFault {
  readonly path: 'to' | 'fromHalf';
  readonly zh: string;
  readonly en: string;
}

/** Dates with dates and times with times; that they run forwards is judged on the clock of the place. */
export function extentFaultsOf(extent: ExtentText): readonly ExtentFault[] {
  const [fromDate, toDate] = [isDate(extent.from), isDate(extent.to)];
  if (fromDate !== toDate) return [MIXED];
  const halved = extent.fromHalf !== undefined || extent.toHalf !== undefined;
  return halved && !fromDate ? [HALVED] : [];
}

function isDate(text: string): boolean {
  return !text.includes('T');
}

const MIXED: ExtentFault = {
  path: 'to',
  zh: 'from 与 to 必须同为日期，或同为时刻',
  en: 'from and to must both be dates, or both be times',
};

const HALVED: ExtentFault = {
  path: 'fromHalf',
  zh: '半天只能与日期一起使用',
  en: 'halves of a day go with dates, not with times',
};

/** An extent as the rules take it, on the clock of the applicant's place. */
export function extentOf(extent: ExtentText, clock: ZoneClock): Extent {
  const { from, to, fromHalf = 'am', toHalf = 'pm' } = extent;
  return isDate(from)
    ? {
        unit: 'day',
        from: dayNumberOf(from),
        to: dayNumberOf(to),
        starts: fromHalf,
        ends: toHalf,
      }
    : { unit: 'time', from: epochOf(from, clock), to: epochOf(to, clock) };
}

export function subjectOf(subject: FormSubjectText, clock: ZoneClock): FormSubject {
  switch (subject.kind) {
    case 'leave': {
      const { kind, leaveTypeId } = subject;
      return { kind, leaveTypeId, extent: extentOf(subject, clock) };
    }
    case 'trip':
    case 'outing':
      return { kind: subject.kind, extent: extentOf(subject, clock) };
    case 'overtime': {
      const { kind, compensation = null } = subject;
      return { kind, compensation, extent: extentOf(subject, clock) };
    }
    case 'makeup': {
      const { kind, duty, section, reason } = subject;
      const at = epochOf(subject.at, clock);
      return { kind, duty, section: section - 1, reason, at, date: dayNumberOf(subject.date) };
    }
  }
}

/**
 * The content of a form as the rules take it.
 *
 * @param files those that were uploaded, by id; the caller refuses ids it does not know beforehand
 */
export function contentOf(
  content: FormContentText,
  clock: ZoneClock,
  files: ReadonlyMap<string, Attachment>,
): FormContent {
  const known = (ids: readonly string[]): readonly Attachment[] =>
    ids.flatMap((id) => files.get(id) ?? []);
  const answers = Object.entries(content.answers).map(([id, answer]) => {
    const given: Answer =
      answer.type === 'attachment'
        ? { type: 'attachment', files: known(answer.attachmentIds) }
        : answerOf(answer, clock);
    return [id, given] as const;
  });
  return {
    subject: subjectOf(content.subject, clock),
    reason: content.reason,
    answers: new Map(answers),
    attachments: known(content.attachmentIds),
  };
}

type PlainAnswer = Exclude<z.output<typeof formAnswer>, { type: 'attachment' }>;

function answerOf(answer: PlainAnswer, clock: ZoneClock): Answer {
  if (answer.type === 'date') return { type: 'date', date: dayNumberOf(answer.date) };
  if (answer.type !== 'timeRange') return answer;
  const { from, to } = answer;
  return { type: 'timeRange', from: epochOf(from, clock), to: epochOf(to, clock) };
}
