import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import { monthIndexOf } from '#domain/approvals/quota/period';
import type { MakeupForm } from '#domain/attendance/approval/approval';
import {
  judgeMakeup,
  type MakeupPolicy,
  type MakeupRefusal,
} from '#domain/attendance/makeup/quota';
import { refusalText } from '#domain/attendance/makeup/refusal-text';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** The make-ups of the month a date lies in. null: no limit. */
export interface MakeupBalance {
  readonly limit: number | null;
  readonly used: number;
  readonly reserved: number;
  readonly left: number | null;
}

export function makeupBalance(
  policy: MakeupPolicy,
  forms: readonly MakeupForm[],
  date: DayNumber,
): MakeupBalance {
  const month = monthIndexOf(date);
  const ofMonth = forms.filter((form) => monthIndexOf(form.date) === month);
  const used = ofMonth.filter(({ state }) => state === 'approved').length;
  const reserved = ofMonth.filter(({ state }) => state === 'pending').length;
  const limit = policy.allowed ? policy.countPerMonth : 0;
  const left = limit === null ? null : Math.max(0, limit - used - reserved);
  return { limit, used, reserved, left };
}

/** Whether a make-up may be handed in, with what to do when it may not. */
export function makeupFaults(
  form: MakeupForm,
  policy: MakeupPolicy | null,
  others: readonly MakeupForm[],
): readonly Fault<MakeupRefusal>[] {
  if (policy === null) return [saying('notAllowed')];
  const verdict = judgeMakeup(form, policy, others);
  return verdict.ok ? [] : [saying(verdict.failure)];
}

function saying(refusal: MakeupRefusal): Fault<MakeupRefusal> {
  const why = refusalText(refusal);
  const what = NEXT[refusal];
  const text = bilingual(`${why['zh-CN']}；${what['zh-CN']}`, `${why.en}; ${what.en}`);
  return fault(refusal, 'subject', text);
}

const ASK = bilingual('请联系主管或人事处理', 'ask your manager or HR');

const NEXT: Readonly<Record<MakeupRefusal, Bilingual>> = {
  notAllowed: ASK,
  reasonDisabled: ASK,
  future: bilingual('请检查日期', 'check the date'),
  dayLimit: ASK,
  monthClosed: ASK,
  quota: bilingual('如确有原因，请联系主管说明', 'if there is a reason, tell your manager'),
};
