import { describe, expect, test } from 'vitest';
import {
  checkDelegation,
  type Delegation,
  isInForce,
  principalsOf,
  standInsOf,
} from '#domain/approvals/delegation/delegation';

const DAY = 86_400;
const base: Delegation = {
  id: 'd1',
  fromPersonId: 'li',
  toPersonId: 'zhao',
  from: 100,
  to: 200,
  kinds: null,
  revokedAt: null,
};

describe('a lent vote', () => {
  test.each([
    [{}, 99, false, 'not yet'],
    [{}, 100, true, 'from its first second'],
    [{}, 199, true, 'to its last'],
    [{}, 200, false, 'and no longer'],
    [{ revokedAt: 150 }, 150, false, 'unless it was taken back'],
    [{ revokedAt: 300 }, 199, true, 'taken back after its end changes nothing'],
    [{ kinds: new Set(['leave'] as const) }, 150, true, 'for the forms it names'],
    [{ kinds: new Set(['trip'] as const) }, 150, false, 'and not for others'],
  ])('case %#', (change, at, expected, _why) => {
    expect(isInForce({ ...base, ...change }, at, 'leave')).toBe(expected);
  });

  test('tells both sides, and is not lent on', () => {
    const on: Delegation = { ...base, id: 'd2', fromPersonId: 'zhao', toPersonId: 'chen' };
    const when = { at: 150, kind: 'leave' } as const;
    expect(principalsOf('zhao', [base, on, { ...base, id: 'd3' }], when)).toEqual(['li']);
    expect(principalsOf('chen', [base, on], when)).toEqual(['zhao']);
    expect(standInsOf('li', [base, on], when)).toEqual(['zhao']);
    expect(standInsOf('li', [base, on], { ...when, at: 500 })).toEqual([]);
  });
});

describe('lending a vote', () => {
  test.each([
    [{}, null, 'well meant'],
    [{ toPersonId: 'li' }, 'delegationSelf', 'to oneself'],
    [{ to: 100 }, 'delegationReversed', 'for no time'],
    [{ to: 100 + 367 * DAY }, 'delegationTooLong', 'for longer than a year'],
    [{ from: 10, to: 50 }, 'delegationOver', 'for a time that is over'],
    [{ from: 250, to: 350 }, 'delegationOverlap', 'twice at one time'],
    [{ from: 300, to: 350 }, null, 'when the other has ended'],
    [{ from: 250, to: 350, fromPersonId: 'wu' }, null, 'somebody else’s vote'],
    [{ from: 250, to: 350, id: 'd9' }, null, 'the same entry, changed'],
    [{ from: 250, to: 350, kinds: new Set(['trip'] as const) }, null, 'for other forms'],
    [
      { from: 250, to: 350, kinds: new Set(['leave'] as const) },
      'delegationOverlap',
      'for the same',
    ],
    [{ from: 420, to: 450 }, null, 'after the other was taken back'],
  ])('%j: %s, %s', (change, code, _why) => {
    const others: readonly Delegation[] = [
      { ...base, id: 'd9', from: 200, to: 300, kinds: new Set(['leave']) },
      { ...base, id: 'd8', from: 400, to: 500, revokedAt: 410 },
    ];
    const found = checkDelegation({ ...base, ...change }, others, 60);
    expect(found.at(0)?.code ?? null).toBe(code);
  });
});
