import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bilingual } from '#domain/approvals/bilingual';
import type { ApproverRule, Chain, ChainStep, Condition } from '#domain/approvals/chain/chain';
import type { Organisation, OrgPerson } from '#domain/approvals/chain/organisation';
import { resolveChain } from '#domain/approvals/chain/resolve-chain';

// Goal: whom a chain asks. Method: one small office with every awkward seat in it.
//
//   board (boss) ── sales (li) ── shop (nobody left: wu) ── stall (qian, sun)

function person(id: string, departmentId: string, more: Partial<OrgPerson> = {}): OrgPerson {
  return { id, departmentId, managerId: null, employed: true, ...more };
}

const PEOPLE: readonly OrgPerson[] = [
  person('boss', 'board'),
  person('li', 'sales'),
  person('wu', 'shop', { employed: false, managerId: 'li' }),
  person('wang', 'stall', { managerId: 'wu' }),
  person('xiao', 'stall'),
  person('qian', 'stall'),
  person('sun', 'stall'),
  person('hr', 'board'),
  person('a', 'ring', { managerId: 'b', employed: false }),
  person('b', 'ring', { managerId: 'a', employed: false }),
  person('stray', 'nowhere', { managerId: 'unknown' }),
  person('self', 'stall', { managerId: 'self' }),
  { id: 'free', departmentId: null, managerId: null, employed: true },
];

const OFFICE: Organisation = {
  people: new Map(PEOPLE.map((each) => [each.id, each])),
  departments: new Map(
    [
      { id: 'board', parentId: null, headIds: ['boss'] },
      { id: 'sales', parentId: 'board', headIds: ['li'] },
      { id: 'shop', parentId: 'sales', headIds: ['wu'] },
      { id: 'stall', parentId: 'shop', headIds: ['qian', 'sun'] },
      { id: 'ring', parentId: 'ring', headIds: ['b'] },
    ].map((each) => [each.id, each]),
  ),
};

const MANAGER: ApproverRule = { kind: 'directManager' };
const head = (levelsUp: number): ApproverRule => ({ kind: 'departmentHead', levelsUp });
const people = (...personIds: readonly string[]): ApproverRule => ({ kind: 'people', personIds });

function step(id: string, mode: 'any' | 'all', ...approvers: readonly ApproverRule[]): ChainStep {
  return { id, name: bilingual('一步', 'a step'), mode, approvers, when: [] };
}

function when(base: ChainStep, ...conditions: readonly Condition[]): ChainStep {
  return { ...base, when: conditions };
}

function resolved(applicantId: string, steps: readonly ChainStep[], more: Partial<Chain> = {}) {
  const chain: Chain = { steps, fallback: { kind: 'refuse' }, unattended: 'refuse', ...more };
  return resolveChain(chain, OFFICE, {
    applicantId,
    length: { unit: 'halfDays', halfDays: 6 },
    dayMinutes: 480,
    leaveTypeId: 'annual',
    answers: new Map(),
  });
}

/** `one:li+boss two:hr`, or why it is refused. */
function asked(...given: Parameters<typeof resolved>): string {
  const result = resolved(...given);
  if (!result.ok) return result.failure.code;
  return result.value.steps
    .map(({ id, approverIds }) => `${id}:${approverIds.join('+')}`)
    .join(' ');
}

describe('a step', () => {
  test.each([
    ['wang', MANAGER, 'one:li', 'the manager has left: the next one up'],
    ['xiao', MANAGER, 'one:qian+sun', 'without a manager, the heads of the department'],
    ['qian', MANAGER, 'one:sun', 'the other head'],
    ['li', MANAGER, 'one:boss', 'a head goes one department up'],
    ['boss', MANAGER, 'noApprover', 'nobody is above'],
    ['a', MANAGER, 'noApprover', 'a ring of leavers ends'],
    ['stray', MANAGER, 'noApprover', 'a manager and a department nobody knows'],
    ['self', MANAGER, 'one:qian+sun', 'nobody manages themselves'],
    ['free', MANAGER, 'noApprover', 'in no department'],
    ['nobody', MANAGER, 'noApprover', 'not in the organisation'],
    ['xiao', head(0), 'one:qian+sun', 'heads of the own department'],
    ['xiao', head(1), 'one:li', 'a department without a head: the next above'],
    ['xiao', head(3), 'one:boss', 'three up'],
    ['xiao', head(4), 'noApprover', 'above the top is nobody'],
    ['nobody', head(0), 'noApprover', 'not in the organisation'],
    ['xiao', people('hr', 'xiao', 'wu', 'hr'), 'one:hr', 'not oneself, no leaver, nobody twice'],
    ['xiao', people('xiao'), 'noApprover', 'only oneself'],
  ])('for %s by %j: %s, %s', (applicant, rule, expected) => {
    expect(asked(applicant, [step('one', 'any', rule)])).toBe(expected);
  });

  test('falls back on the stand-ins the template names', () => {
    const fallback = { kind: 'people', personIds: ['boss', 'hr'] } as const;
    const result = resolved('boss', [step('one', 'any', MANAGER)], { fallback });
    expect(result.ok && result.value.steps).toEqual([
      { id: 'one', mode: 'any', approverIds: ['hr'], via: 'fallback' },
    ]);
    const own = { kind: 'people', personIds: ['boss'] } as const;
    expect(asked('boss', [step('one', 'any', MANAGER)], { fallback: own })).toBe('noApprover');
  });

  test('falls away only where the template says so, and is never taken as a yes', () => {
    const fallback = { kind: 'skip' } as const;
    expect(asked('boss', [step('one', 'any', MANAGER)], { fallback })).toBe('unattended');
    const free = { fallback, unattended: 'approve' } as const;
    const result = resolved('boss', [step('one', 'any', MANAGER)], free);
    expect(result.ok && result.value).toEqual({
      steps: [],
      dropped: [{ id: 'one', why: 'missing' }],
    });
  });

  test('under a condition that does not hold is not asked', () => {
    const long = { kind: 'lengthDays', is: 'atLeast', days: 3 } as const;
    const short = { kind: 'lengthDays', is: 'below', days: 3 } as const;
    const steps = [
      when(step('one', 'any', people('hr')), long),
      when(step('two', 'any', people('boss')), long, short),
    ];
    const result = resolved('xiao', steps);
    expect(result.ok && result.value.dropped).toEqual([{ id: 'two', why: 'condition' }]);
  });
});

describe('successive steps', () => {
  test.each([
    [[step('one', 'any', people('hr')), step('two', 'any', people('hr'))], 'one:hr', 'same person'],
    [
      [step('one', 'any', people('hr')), step('two', 'any', people('boss', 'hr'))],
      'one:hr',
      'one of them has agreed already',
    ],
    [
      [step('one', 'any', people('hr')), step('two', 'all', people('boss', 'hr'))],
      'one:hr two:boss',
      'the other is still asked',
    ],
    [
      [step('one', 'all', people('hr', 'boss')), step('two', 'all', people('boss'))],
      'one:hr+boss',
      'all have agreed',
    ],
    [
      [step('one', 'any', people('hr', 'boss')), step('two', 'all', people('boss'))],
      'one:hr+boss two:boss',
      'who of them agreed is not known beforehand',
    ],
    [
      [step('one', 'any', people('hr', 'boss')), step('two', 'any', people('boss', 'hr'))],
      'one:hr+boss',
      'the same question to the same people',
    ],
    [
      [
        step('one', 'any', people('hr')),
        step('x', 'any', people('li')),
        step('two', 'any', people('hr')),
      ],
      'one:hr x:li two:hr',
      'somebody else came between',
    ],
  ])('case %#', (steps, expected, _why) => {
    expect(asked('xiao', steps)).toBe(expected);
  });

  test('that repeat are told', () => {
    const result = resolved('xiao', [
      step('one', 'any', people('hr')),
      step('two', 'any', people('hr')),
    ]);
    expect(result.ok && result.value.dropped).toEqual([{ id: 'two', why: 'repeated' }]);
  });
});

describe('whoever applies', () => {
  test('is never asked, and neither is whoever has left', () => {
    const rule: fc.Arbitrary<ApproverRule> = fc.oneof(
      fc.constant(MANAGER),
      fc.integer({ min: 0, max: 5 }).map(head),
      fc.array(fc.constantFrom(...PEOPLE.map(({ id }) => id))).map((ids) => people(...ids)),
    );
    const steps = fc.array(
      fc.tuple(fc.constantFrom('any' as const, 'all' as const), fc.array(rule, { maxLength: 3 })),
      { maxLength: 4 },
    );
    const fallback = fc.constantFrom(
      { kind: 'skip' as const },
      { kind: 'people' as const, personIds: PEOPLE.map(({ id }) => id) },
    );
    fc.assert(
      fc.property(fc.constantFrom(...OFFICE.people.keys()), steps, fallback, (who, given, back) => {
        const chain = given.map(([mode, rules], index) => step(`s${index}`, mode, ...rules));
        const result = resolved(who, chain, { fallback: back, unattended: 'approve' });
        if (!result.ok) return;
        const ids = result.value.steps.flatMap(({ approverIds }) => approverIds);
        expect(ids).not.toContain(who);
        expect(ids.every((id) => OFFICE.people.get(id)?.employed === true)).toBe(true);
        expect(result.value.steps.every(({ approverIds }) => approverIds.length > 0)).toBe(true);
      }),
    );
  });
});
