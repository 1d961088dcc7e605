import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountFacts, leftIn, settle } from '#domain/approvals/quota/leave-account';
import { amountText, balanceOn, judgeLeave } from '#domain/approvals/quota/leave-balance';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';

// Goal: what is left of a leave is right on every date. Method: a table of small stories in half-days,
// and the two sums that must hold for every story.

const day = dayNumberOf;
const FIVE_DAYS: AccountFacts = {
  allowance: {
    per: 'year',
    tiers: [
      { fromYears: 0, amount: 10 },
      { fromYears: 10, amount: 20 },
    ],
    entry: 'full',
    carryOver: { amountMax: 4, months: 3 },
  },
  grain: 1,
  serviceFrom: day('2020-03-01'),
  opensOn: day('2026-01-01'),
  closesOn: day('2099-12-31'),
  extras: [],
  uses: [],
};

function used(date: string, amount: number, state: 'approved' | 'pending' = 'approved') {
  return { formId: date, date: day(date), amount, state };
}

function facts(change: Partial<AccountFacts>): AccountFacts {
  return { ...FIVE_DAYS, ...change };
}

function allowance(change: Partial<AccountFacts['allowance']>): Partial<AccountFacts> {
  return { allowance: { ...FIVE_DAYS.allowance, ...change } };
}

describe('a leave account', () => {
  test.each([
    [{}, '2026-06-01', [10, 0, 0, 0, 10], 'a year’s grant'],
    [{ uses: [used('2026-02-02', 3)] }, '2026-06-01', [10, 0, 3, 0, 7], 'less what was taken'],
    [
      { uses: [used('2026-02-02', 3), used('2026-08-03', 2, 'pending')] },
      '2026-06-01',
      [10, 0, 3, 2, 5],
      'and less what is asked for later in the year',
    ],
    [{}, '2027-02-01', [10, 4, 0, 0, 14], 'two days are carried over'],
    [{}, '2027-03-31', [10, 4, 0, 0, 14], 'to the end of March'],
    [{}, '2027-04-01', [10, 0, 0, 0, 10], 'and lapse then'],
    [
      { uses: [used('2027-02-01', 3)] },
      '2027-03-01',
      [10, 4, 3, 0, 11],
      'what lapses first is taken first',
    ],
    [
      { uses: [used('2027-02-01', 3)] },
      '2027-04-01',
      [10, 0, 0, 0, 10],
      'so the year’s own is whole',
    ],
    [
      { uses: [used('2026-05-04', 8)] },
      '2027-02-01',
      [10, 2, 0, 0, 12],
      'only the rest is carried',
    ],
    [{ uses: [used('2026-05-04', 10)] }, '2027-02-01', [10, 0, 0, 0, 10], 'of nothing nothing is'],
    [allowance({ carryOver: null }), '2027-02-01', [10, 0, 0, 0, 10], 'nothing is carried'],
    [
      allowance({ carryOver: { amountMax: null, months: 12 } }),
      '2027-12-31',
      [10, 10, 0, 0, 20],
      'all is carried for a year',
    ],
    [{ serviceFrom: day('2016-01-01') }, '2026-06-01', [20, 0, 0, 0, 20], 'ten years of service'],
    [{ serviceFrom: day('2016-01-02') }, '2026-06-01', [10, 0, 0, 0, 10], 'a day short of ten'],
    [{ opensOn: day('2026-07-15') }, '2026-08-01', [10, 0, 0, 0, 10], 'joining in July: all of it'],
    [
      { opensOn: day('2026-07-15'), ...allowance({ entry: 'byMonth' }) },
      '2026-08-01',
      [5, 0, 0, 0, 5],
      'or six twelfths',
    ],
    [
      { opensOn: day('2026-09-15'), grain: 2, ...allowance({ entry: 'byMonth' }) },
      '2026-10-01',
      [2, 0, 0, 0, 2],
      'four twelfths of five days, in whole days',
    ],
    [
      { opensOn: day('2026-01-01'), ...allowance({ entry: 'byMonth' }) },
      '2026-02-01',
      [10, 0, 0, 0, 10],
      'who is there in January has it all',
    ],
    [{}, '2027-01-01', [10, 4, 0, 0, 14], 'from New Year on'],
    [{ closesOn: day('2027-01-01') }, '2027-06-01', [10, 0, 0, 0, 10], 'there on its first day'],
    [{ closesOn: day('2026-12-31') }, '2027-06-01', [0, 0, 0, 0, 0], 'nothing for leavers'],
    [{ opensOn: day('2027-01-01') }, '2026-06-01', [0, 0, 0, 0, 0], 'nothing before it opens'],
    [
      {
        ...allowance({ per: 'month', carryOver: null, entry: 'byMonth' }),
        opensOn: day('2026-01-20'),
      },
      '2026-02-10',
      [10, 0, 0, 0, 10],
      'each month its own',
    ],
    [allowance({ tiers: [] }), '2026-06-01', [0, 0, 0, 0, 0], 'only what is granted by hand'],
    [
      { extras: [{ from: day('2026-05-01'), to: day('2026-07-31'), amount: 3 }] },
      '2026-06-01',
      [13, 0, 0, 0, 13],
      'comp leave on top',
    ],
    [
      { extras: [{ from: day('2026-05-01'), to: day('2026-07-31'), amount: -3 }] },
      '2026-06-01',
      [10, 0, 3, 0, 7],
      'a correction downwards',
    ],
  ] as const)('case %#', (change, date, expected, _why) => {
    const { granted, carried, used: taken, reserved, left } = balanceOn(facts(change), day(date));
    expect([granted, carried, taken, reserved, left]).toEqual(expected);
  });

  test('tells what lapses next', () => {
    expect(balanceOn(FIVE_DAYS, day('2027-02-01')).lapses).toEqual({
      on: day('2027-03-31'),
      amount: 4,
    });
    const empty = facts({ uses: [used('2026-02-02', 10)] });
    expect(balanceOn(empty, day('2026-03-01')).lapses).toBeNull();
  });

  test('is made of lots, each with its dates', () => {
    const joined = facts({ opensOn: day('2026-07-15') });
    const { lots } = settle(joined, day('2027-02-01'));
    expect(lots.map((lot) => [lot.origin, isoOf(lot.from), isoOf(lot.to), lot.amount])).toEqual([
      ['granted', '2026-07-15', '2026-12-31', 10],
      ['carried', '2027-01-01', '2027-03-31', 4],
      ['granted', '2027-01-01', '2027-12-31', 10],
    ]);
    expect(lots.map(leftIn)).toEqual([0, 4, 10]);
  });

  test('takes first what lapses first, whatever was granted first', () => {
    const extras = [{ from: day('2026-01-01'), to: day('2027-12-31'), amount: 3 }];
    const taken = facts({ extras, uses: [used('2026-05-04', 3)] });
    expect(balanceOn(taken, day('2027-01-15')).left).toBe(17);
  });

  test.each([
    ['2026-05-01', '2026-05-03', '2026-05-01', 0, 'on its first day'],
    ['2026-05-01', '2026-05-03', '2026-05-03', 0, 'on its last'],
    ['2026-05-01', '2026-05-03', '2026-04-30', 3, 'not before'],
    ['2026-05-01', '2026-05-03', '2026-05-04', 3, 'nor after'],
  ])('what is granted from %s to %s can be taken on %s: short of %i, %s', (...row) => {
    const [from, to, on, short] = row;
    const extras = [{ from: day(from), to: day(to), amount: 3 }];
    const only = facts({ ...allowance({ tiers: [] }), extras, uses: [used(on, 3)] });
    expect(settle(only, day('2026-12-31')).short).toBe(short);
  });

  test('gives approved forms of a date what there is, before those that wait', () => {
    const uses = [
      { ...used('2026-05-04', 6, 'pending'), formId: 'a' },
      { ...used('2026-05-04', 6), formId: 'z' },
    ];
    expect(balanceOn(facts({ uses }), day('2026-06-01'))).toMatchObject({ used: 6, reserved: 4 });
  });

  test('says what forms took that nothing covers', () => {
    const over = facts({ uses: [used('2025-12-01', 2), used('2026-02-02', 12)] });
    expect(settle(over, day('2026-06-01')).short).toBe(4);
  });
});

const someUses = fc.uniqueArray(
  fc.record({
    formId: fc.uuid(),
    date: fc.integer({ min: day('2026-01-01'), max: day('2028-12-31') }),
    amount: fc.integer({ min: 1, max: 8 }),
    state: fc.constantFrom('approved' as const, 'pending' as const),
  }),
  { maxLength: 12, selector: ({ formId }) => formId },
);

describe('any leave account', () => {
  test('adds up on every date: granted and carried is used, reserved and left', () => {
    const date = fc.integer({ min: day('2026-01-01'), max: day('2028-12-31') });
    fc.assert(
      fc.property(someUses, date, (uses, on) => {
        const balance = balanceOn(facts({ uses }), on);
        const { granted, carried, used: taken, reserved, left } = balance;
        const closed = settle(facts({ uses }), on)
          .lots.filter((lot) => lot.from <= on && on <= lot.to)
          .reduce((sum, lot) => sum + lot.closed, 0);
        expect(granted + carried).toBe(taken + reserved + left);
        expect(closed).toBe(0);
        expect(left).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('loses no part of a form: drawn and short is what was asked', () => {
    fc.assert(
      fc.property(someUses, (uses) => {
        const { lots, short } = settle(facts({ uses }), day('2028-12-31'));
        const drawn = lots.reduce((sum, lot) => sum + lot.used + lot.reserved, 0);
        expect(drawn + short).toBe(uses.reduce((sum, { amount }) => sum + amount, 0));
        expect(lots.every((lot) => leftIn(lot) >= 0)).toBe(true);
      }),
    );
  });

  test('does not ask in which order its forms came', () => {
    fc.assert(
      fc.property(someUses, (uses) => {
        const on = day('2028-06-01');
        expect(balanceOn(facts({ uses: uses.toReversed() }), on)).toEqual(
          balanceOn(facts({ uses }), on),
        );
      }),
    );
  });
});

const ask = (change: Partial<AccountFacts>, date: string, amount: number, formId = 'new') =>
  judgeLeave(facts(change), {
    formId,
    amounts: [{ date: day(date), amount }],
    unit: 'halfDay',
  });

describe('asking for leave', () => {
  test.each([
    { change: {}, date: '2026-06-01', amount: 10, leftAfter: 0, why: 'all there is' },
    { change: {}, date: '2026-06-01', amount: 11, leftAfter: null, why: 'half a day more' },
    {
      change: { uses: [used('2026-02-02', 6, 'pending')] },
      date: '2026-06-01',
      amount: 5,
      leftAfter: null,
      why: 'waiting forms count',
    },
    {
      change: { uses: [used('2026-09-01', 6)] },
      date: '2026-06-01',
      amount: 5,
      leftAfter: null,
      why: 'so do those of later',
    },
    {
      change: { uses: [used('2027-02-01', 14)] },
      date: '2026-12-01',
      amount: 8,
      leftAfter: null,
      why: 'a later form stands on the rest',
    },
    {
      change: { uses: [used('2027-02-01', 12)] },
      date: '2026-12-01',
      amount: 8,
      leftAfter: 2,
      why: 'what it does not need is free',
    },
    {
      change: { uses: [used('2026-02-02', 12)] },
      date: '2027-02-01',
      amount: 10,
      leftAfter: 0,
      why: 'an old debt is not the new form’s',
    },
  ])('$why', ({ change, date, amount, leftAfter }) => {
    const verdict = ask(change, date, amount);
    expect(verdict.ok ? verdict.value.leftAfter : null).toBe(leftAfter);
  });

  test('again for the same form does not count it twice', () => {
    const verdict = ask(
      { uses: [used('2026-06-01', 10, 'pending')] },
      '2026-06-01',
      10,
      '2026-06-01',
    );
    expect(verdict.ok).toBe(true);
  });

  test('for nothing takes nothing', () => {
    const verdict = judgeLeave(FIVE_DAYS, { formId: 'new', amounts: [], unit: 'day' });
    expect(verdict).toEqual({ ok: true, value: { leftAfter: 10 } });
  });

  test('for too much says how much is missing', () => {
    const verdict = ask({}, '2026-06-01', 13);
    expect(verdict.ok ? null : verdict.failure).toMatchObject({
      code: 'balance',
      'zh-CN': '余额不足：本次申请 6.5 天，还差 1.5 天；请减少时长或改用其他假期',
      en: 'not enough left: 6.5 days asked for, 1.5 days missing; ask for less or use another leave',
    });
  });
});

describe('amounts in words', () => {
  test.each([
    [2, 'day', '1 天', '1 day'],
    [3, 'halfDay', '1.5 天', '1.5 days'],
    [120, 'hour', '2 小时', '2 h'],
    [90, 'hour', '1 小时 30 分钟', '1 h 30 min'],
  ] as const)('%i by %s', (amount, unit, zh, en) => {
    expect(amountText(amount, unit)).toEqual({ 'zh-CN': zh, en });
  });
});
