import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import type { DatedAmount } from '#domain/approvals/form/length';
import {
  type AccountFacts,
  type LeaveUse,
  type Lot,
  leftIn,
  settle,
} from '#domain/approvals/quota/leave-account';
import type { LeaveUnit } from '#domain/approvals/template/leave-type';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { failed, ok, type Result } from '#domain/result';

/** An account on a date. `granted + carried = used + reserved + left`, always. */
export interface LeaveBalance {
  readonly granted: number;
  /** From the period before. */
  readonly carried: number;
  /** By approved forms. */
  readonly used: number;
  /** By forms that wait. */
  readonly reserved: number;
  readonly left: number;
  /** What lapses next, and its last day; null: nothing that is left lapses. */
  readonly lapses: Lapse | null;
}

export interface Lapse {
  readonly on: DayNumber;
  readonly amount: number;
}

/** What can be taken on a date, and where the rest went; forms of the period to come are counted in. */
export function balanceOn(facts: AccountFacts, date: DayNumber): LeaveBalance {
  const lots = settle(facts, date).lots.filter((lot) => lot.from <= date && date <= lot.to);
  const sum = (amountOf: (lot: Lot) => number): number =>
    lots.reduce((total, lot) => total + amountOf(lot), 0);
  return {
    granted: sum((lot) => (lot.origin === 'carried' ? 0 : lot.amount)),
    carried: sum((lot) => (lot.origin === 'carried' ? lot.amount : 0)),
    used: sum((lot) => lot.used),
    reserved: sum((lot) => lot.reserved),
    left: sum(leftIn),
    lapses: nextLapse(lots),
  };
}

function nextLapse(lots: readonly Lot[]): Lapse | null {
  const open = lots.filter((lot) => leftIn(lot) > 0);
  const on = Math.min(...open.map(({ to }) => to));
  if (open.length === 0) return null;
  const amount = open.filter(({ to }) => to === on).reduce((total, lot) => total + leftIn(lot), 0);
  return { on, amount };
}

/** What a form asks of an account. */
export interface LeaveRequest {
  readonly formId: string;
  readonly amounts: readonly DatedAmount[];
  readonly unit: LeaveUnit;
}

/**
 * Whether an account covers a form beside all that was granted and asked for before. A form that
 * would only pass by taking what a later one stands on is refused too.
 */
export function judgeLeave(
  facts: AccountFacts,
  { formId, amounts, unit }: LeaveRequest,
): Result<{ readonly leftAfter: number }, Fault<'balance'>> {
  const uses = facts.uses.filter((use) => use.formId !== formId);
  const asked = amounts.map((each): LeaveUse => ({ ...each, formId, state: 'pending' }));
  const through = Math.max(facts.opensOn, ...[...uses, ...asked].map(({ date }) => date));
  const without = { ...facts, uses };
  const withIt = { ...facts, uses: [...uses, ...asked] };
  const lacking = settle(withIt, through).short - settle(without, through).short;
  if (lacking > 0) return failed(fault('balance', 'subject', lackingText(lacking, asked, unit)));
  const last = Math.max(facts.opensOn, ...asked.map(({ date }) => date));
  return ok({ leftAfter: balanceOn(withIt, last).left });
}

function lackingText(lacking: number, asked: readonly LeaveUse[], unit: LeaveUnit): Bilingual {
  const wanted = asked.reduce((total, { amount }) => total + amount, 0);
  const [want, lack] = [amountText(wanted, unit), amountText(lacking, unit)];
  return bilingual(
    `余额不足：本次申请 ${want['zh-CN']}，还差 ${lack['zh-CN']}；请减少时长或改用其他假期`,
    `not enough left: ${want.en} asked for, ${lack.en} missing; ask for less or use another leave`,
  );
}

/** An amount of leave in words: minutes for hours, half-days for the rest. */
export function amountText(amount: number, unit: LeaveUnit): Bilingual {
  if (unit !== 'hour') {
    const days = amount / 2;
    return bilingual(`${days} 天`, days === 1 ? '1 day' : `${days} days`);
  }
  const [hours, minutes] = [Math.floor(amount / 60), amount % 60];
  if (minutes === 0) return bilingual(`${hours} 小时`, `${hours} h`);
  return bilingual(`${hours} 小时 ${minutes} 分钟`, `${hours} h ${minutes} min`);
}
