import {
  completedYears,
  monthIndexOf,
  monthsLater,
  type Period,
  periodOf,
} from '#domain/approvals/quota/period';
import type { Allowance } from '#domain/approvals/template/leave-type';
import { byCodePoint } from '#domain/attendance/text-order';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** Granted by hand: an opening balance, comp leave for overtime. A negative one takes away. */
export interface ExtraGrant {
  readonly from: DayNumber;
  /** The last day it can be taken on. */
  readonly to: DayNumber;
  readonly amount: number;
}

/** What one form takes on one date. */
export interface LeaveUse {
  readonly formId: string;
  readonly date: DayNumber;
  readonly amount: number;
  readonly state: 'approved' | 'pending';
}

/** Everything the account of one person and one leave type depends on. */
export interface AccountFacts {
  readonly allowance: Allowance;
  /** Parts of an amount below this are not granted: 2 where leave is taken by whole days. */
  readonly grain: number;
  /** Since when years of service count; service elsewhere may count too. */
  readonly serviceFrom: DayNumber;
  /** First and last day on which anything is granted. */
  readonly opensOn: DayNumber;
  readonly closesOn: DayNumber;
  readonly extras: readonly ExtraGrant[];
  readonly uses: readonly LeaveUse[];
}

/** An amount that can be taken between two dates, and what was. */
export interface Lot {
  readonly origin: 'granted' | 'carried' | 'extra';
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly amount: number;
  used: number;
  reserved: number;
  /** Handed on into the next period, or lapsed at its end. */
  closed: number;
}

/** An account reckoned through. */
export interface Ledger {
  readonly lots: readonly Lot[];
  /** What forms took that nothing covers. */
  readonly short: number;
}

/** What a lot still has to give. */
export function leftIn({ amount, used, reserved, closed }: Lot): number {
  return amount - used - reserved - closed;
}

/**
 * Reckons an account from its opening to the end of the period `through` lies in. Each use draws, in
 * the order of dates, on what lapses first, which covers as much as can be covered at all. Nothing is
 * carried in the head from one day to the next: the same facts come to the same ledger.
 */
export function settle(facts: AccountFacts, through: DayNumber): Ledger {
  const lots = facts.extras
    .filter(({ amount }) => amount > 0)
    .map(({ from, to, amount }) => lotOf('extra', { from, to }, amount));
  const uses = usesOf(facts);
  let short = 0;
  let period = periodOf(facts.opensOn, facts.allowance.per);
  for (const use of uses) if (use.date < period.from) short += use.amount;
  while (period.from <= through) {
    const { from, to } = period;
    const granted = grantedIn(facts, period);
    const lot = lotOf('granted', { from: Math.max(from, facts.opensOn), to }, granted);
    lots.push(lot);
    for (const use of uses) {
      if (from <= use.date && use.date <= to) short += draw(lots, use);
    }
    period = periodOf(to + 1, facts.allowance.per);
    if (period.from <= through) lots.push(...carry(lot, facts.allowance));
  }
  return { lots, short };
}

function lotOf(origin: Lot['origin'], { from, to }: Period, amount: number): Lot {
  return { origin, from, to, amount, used: 0, reserved: 0, closed: 0 };
}

/** All that is taken away, oldest first; a negative grant takes like a form. */
function usesOf({ uses, extras }: AccountFacts): readonly LeaveUse[] {
  const taken = extras
    .filter(({ amount }) => amount < 0)
    .map(({ from, amount }): LeaveUse => {
      return { formId: '', date: from, amount: -amount, state: 'approved' };
    });
  return [...taken, ...uses].toSorted(
    (a, b) => a.date - b.date || byCodePoint(a.state, b.state) || byCodePoint(a.formId, b.formId),
  );
}

/** @returns what no lot could cover */
function draw(lots: readonly Lot[], use: LeaveUse): number {
  const open = lots
    .filter((lot) => lot.from <= use.date && use.date <= lot.to)
    .toSorted((a, b) => a.to - b.to);
  let wanted = use.amount;
  for (const lot of open) {
    const taken = Math.min(wanted, leftIn(lot));
    if (use.state === 'approved') lot.used += taken;
    else lot.reserved += taken;
    wanted -= taken;
  }
  return wanted;
}

/** Closes a period's own lot; what is carried becomes a lot of its own that lapses sooner. */
function carry(lot: Lot, { carryOver }: Allowance): readonly Lot[] {
  const rest = leftIn(lot);
  lot.closed = rest;
  const amount = Math.min(rest, carryOver === null ? 0 : (carryOver.amountMax ?? rest));
  if (carryOver === null || amount === 0) return [];
  const to = monthsLater(lot.to, carryOver.months);
  return [lotOf('carried', { from: lot.to + 1, to }, amount)];
}

/** What a period grants: by service completed when it begins, or on joining. A month is not divided. */
function grantedIn(facts: AccountFacts, period: Period): number {
  const { allowance, opensOn, closesOn, grain } = facts;
  if (closesOn < period.from) return 0;
  const begins = Math.max(opensOn, period.from);
  const years = completedYears(facts.serviceFrom, begins);
  const amount = allowance.tiers.findLast(({ fromYears }) => fromYears <= years)?.amount ?? 0;
  if (allowance.entry === 'full') return amount;
  const months = 12 - (monthIndexOf(begins) - monthIndexOf(period.from));
  return Math.floor((amount * months) / 12 / grain) * grain;
}
