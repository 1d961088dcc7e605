import { describe, expect, test } from 'vitest';
import { type ConditionFacts, holds } from '#domain/approvals/chain/condition';

const facts: ConditionFacts = {
  length: { unit: 'minutes', minutes: 1440 },
  dayMinutes: 480,
  leaveTypeId: 'annual',
  answers: new Map([
    ['where', { type: 'choice', optionIds: ['abroad'] }],
    ['cost', { type: 'number', value: 100 }],
  ]),
};

describe('a condition', () => {
  test.each([
    [{ kind: 'lengthDays', is: 'atLeast', days: 3 }, true, 'three days of eight hours'],
    [{ kind: 'lengthDays', is: 'atLeast', days: 3.5 }, false, 'not half a day more'],
    [{ kind: 'lengthDays', is: 'below', days: 3 }, false, 'three is not below three'],
    [{ kind: 'lengthDays', is: 'below', days: 4 }, true, 'but below four'],
    [{ kind: 'leaveType', leaveTypeIds: ['sick', 'annual'] }, true, 'one of them'],
    [{ kind: 'leaveType', leaveTypeIds: ['sick'] }, false, 'another'],
    [{ kind: 'choice', fieldId: 'where', optionIds: ['abroad'] }, true, 'ticked'],
    [{ kind: 'choice', fieldId: 'where', optionIds: ['home'] }, false, 'not ticked'],
    [{ kind: 'choice', fieldId: 'cost', optionIds: ['home'] }, false, 'no choice at all'],
    [{ kind: 'choice', fieldId: 'gone', optionIds: ['home'] }, false, 'not answered'],
    [{ kind: 'number', fieldId: 'cost', is: 'atLeast', value: 100 }, true, 'reached'],
    [{ kind: 'number', fieldId: 'cost', is: 'below', value: 100 }, false, 'not below'],
    [{ kind: 'number', fieldId: 'cost', is: 'below', value: 101 }, true, 'below'],
    [{ kind: 'number', fieldId: 'gone', is: 'below', value: 101 }, false, 'not answered'],
    [{ kind: 'number', fieldId: 'where', is: 'below', value: 101 }, false, 'no number'],
  ] as const)('%j: %s, %s', (condition, expected, _why) => {
    expect(holds(condition, facts)).toBe(expected);
  });

  test('about leave is never true of another form', () => {
    const condition = { kind: 'leaveType', leaveTypeIds: ['annual'] } as const;
    expect(holds(condition, { ...facts, leaveTypeId: null })).toBe(false);
  });

  test('about days reads half-days as halves of days', () => {
    const half = { ...facts, length: { unit: 'halfDays', halfDays: 5 } } as const;
    expect(holds({ kind: 'lengthDays', is: 'atLeast', days: 2.5 }, half)).toBe(true);
    expect(holds({ kind: 'lengthDays', is: 'atLeast', days: 3 }, half)).toBe(false);
  });
});
