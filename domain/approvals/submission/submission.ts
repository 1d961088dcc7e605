import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import type { Organisation } from '#domain/approvals/chain/organisation';
import { type ResolvedChain, resolveChain } from '#domain/approvals/chain/resolve-chain';
import { type Fault, fault } from '#domain/approvals/fault';
import { checkContent, leaveTypeOf, NO_EVIDENCE } from '#domain/approvals/form/check-content';
import { type FormContent, firstDateOf } from '#domain/approvals/form/form';
import {
  atLeastDays,
  type DatedAmount,
  type FormLength,
  leaveAmounts,
  leaveLength,
  plainLength,
  type Timetable,
} from '#domain/approvals/form/length';
import {
  type OtherForm,
  type Overlap,
  overlapFaults,
  overlapsOf,
} from '#domain/approvals/overlap/overlap';
import type { AccountFacts } from '#domain/approvals/quota/leave-account';
import { judgeLeave } from '#domain/approvals/quota/leave-balance';
import { makeupFaults } from '#domain/approvals/quota/makeup-quota';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { Template } from '#domain/approvals/template/template';
import type { MakeupForm } from '#domain/attendance/approval/approval';
import type { MakeupPolicy } from '#domain/attendance/makeup/quota';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** Everything a form is held against when it is handed in; the caller reads it, nothing is fetched here. */
export interface SubmissionFacts {
  readonly formId: string;
  readonly applicantId: string;
  readonly today: DayNumber;
  readonly template: Template;
  readonly organisation: Organisation;
  readonly timetable: Timetable;
  /** The person's forms that are approved or wait, without this one. */
  readonly others: readonly OtherForm[];
  /** The account of the leave type in question; null: none is kept. */
  readonly account: AccountFacts | null;
  readonly makeup: {
    /** Of the rule on the business date; null: no rule holds. */
    readonly policy: MakeupPolicy | null;
    readonly others: readonly MakeupForm[];
  };
}

/** What a form would come to if it were handed in now. Shown while it is written, and asked again then. */
export interface Preview {
  readonly length: FormLength;
  /** What it takes from the leave account, date by date. */
  readonly amounts: readonly DatedAmount[];
  /** What the account has left afterwards; null: no account, or the form is refused. */
  readonly leftAfter: number | null;
  readonly overlaps: readonly Overlap[];
  /** Whom it will ask; null while it is refused. */
  readonly chain: ResolvedChain | null;
  /** Nothing is handed in while there is one. */
  readonly faults: readonly Fault[];
}

/** Judges a form as a whole: content, time, overlap, quota, chain. */
export function previewOf(content: FormContent, facts: SubmissionFacts): Preview {
  const early = checkContent(content, facts.template);
  if (early.length > 0) return { ...NOTHING, faults: early };
  const measured = measure(content, facts);
  const overlaps = overlapsOf(content.subject, facts.others, facts.timetable.clock);
  const quota = quotaOf(content, measured, facts);
  const faults = [
    ...lateFaults(content, facts),
    ...measured.faults,
    ...overlapFaults(overlaps),
    ...quota.faults,
  ];
  const chain = resolveChain(facts.template.chain, facts.organisation, {
    applicantId: facts.applicantId,
    length: measured.length,
    dayMinutes: facts.template.dayMinutes,
    leaveTypeId: measured.leaveType?.id ?? null,
    answers: content.answers,
  });
  const { length, amounts } = measured;
  const shown = { length, amounts, overlaps, leftAfter: quota.leftAfter };
  return chain.ok
    ? { ...shown, chain: chain.value, faults }
    : { ...shown, chain: null, faults: [...faults, chain.failure] };
}

interface Measured {
  readonly leaveType: LeaveType | null;
  readonly length: FormLength;
  readonly amounts: readonly DatedAmount[];
  readonly faults: readonly Fault[];
}

function measure(content: FormContent, facts: SubmissionFacts): Measured {
  const { subject } = content;
  if (subject.kind === 'makeup') return { leaveType: null, ...NO_LENGTH, faults: [] };
  const leaveType = leaveTypeOf(content, facts.template);
  if (leaveType === null) {
    return { leaveType, length: plainLength(subject.extent), amounts: [], faults: [] };
  }
  const amounts = leaveAmounts(subject.extent, leaveType, facts.timetable);
  const length = leaveLength(leaveType.unit, amounts);
  const { evidenceFromDays } = leaveType;
  const evidence =
    evidenceFromDays !== null &&
    content.attachments.length === 0 &&
    atLeastDays(length, evidenceFromDays, facts.template.dayMinutes);
  const faults = [
    ...(amounts.length === 0 ? [NO_WORKING_TIME] : []),
    ...(evidence ? [NO_EVIDENCE] : []),
  ];
  return { leaveType, length, amounts, faults };
}

interface Quota {
  readonly faults: readonly Fault[];
  readonly leftAfter: number | null;
}

function quotaOf({ subject }: FormContent, measured: Measured, facts: SubmissionFacts): Quota {
  const { formId, account } = facts;
  if (subject.kind === 'makeup') {
    const form = { ...subject, id: formId, name: '', state: 'pending' as const };
    const { policy, others } = facts.makeup;
    const submitted = { ...form, submittedOn: facts.today };
    return { faults: makeupFaults(submitted, policy, others), leftAfter: null };
  }
  const { leaveType, amounts } = measured;
  if (leaveType === null || account === null) return { faults: [], leftAfter: null };
  const verdict = judgeLeave(account, { formId, amounts, unit: leaveType.unit });
  return verdict.ok
    ? { faults: [], leftAfter: verdict.value.leftAfter }
    : { faults: [verdict.failure], leftAfter: null };
}

/** Make-ups have a deadline of their own in the rule. */
function lateFaults({ subject }: FormContent, facts: SubmissionFacts): readonly Fault[] {
  const { backdateDaysMax } = facts.template;
  const waited = facts.today - firstDateOf(subject, facts.timetable.clock);
  if (backdateDaysMax === null || waited <= backdateDaysMax) return [];
  return [fault('tooLate', 'subject', tooLate(backdateDaysMax))];
}

const NO_LENGTH = { length: { unit: 'minutes', minutes: 0 }, amounts: [] } as const;

const NOTHING = { ...NO_LENGTH, leftAfter: null, overlaps: [], chain: null } as const;

const NO_WORKING_TIME = fault(
  'noWorkingTime',
  'subject.extent',
  bilingual(
    '这段时间没有应出勤的工作时间，无需请假；请检查日期和班次',
    'nobody expects you to work at this time, so no leave is needed; check dates and roster',
  ),
);

function tooLate(days: number): Bilingual {
  return bilingual(
    `应在开始后 ${days} 天内提交，已超过期限；请联系人事处理`,
    `this form is taken until ${days} days after its first day; ask HR`,
  );
}
