import { describe, expect, test } from 'vitest';
import type { Fallback } from '#domain/approvals/chain/chain';
import type { Organisation, OrgPerson } from '#domain/approvals/chain/organisation';
import type { FormEvent } from '#domain/approvals/process/form-event';
import { formStateOf, waitingFor } from '#domain/approvals/process/form-state';
import { relieve } from '#domain/approvals/process/leavers';

const REFUSE: Fallback = { kind: 'refuse' };
const ACT = { by: 'system', at: 7, reason: 'has left' };

function organisation(...people: readonly OrgPerson[]): Organisation {
  return { people: new Map(people.map((each) => [each.id, each])), departments: new Map() };
}

function someone(id: string, managerId: string | null, work: 'here' | 'gone' = 'here'): OrgPerson {
  return { id, managerId, departmentId: null, employed: work === 'here' };
}

const OFFICE = organisation(
  someone('wang', 'li'),
  someone('li', 'zhao', 'gone'),
  someone('zhao', null),
  someone('hr', null),
);

function waiting(mode: 'any' | 'all', ...approverIds: readonly string[]): readonly FormEvent[] {
  return [
    { kind: 'drafted', at: 0, by: 'wang', applicantId: 'wang', resubmits: null },
    {
      kind: 'submitted',
      at: 1,
      by: 'wang',
      templateVersion: 1,
      steps: [
        { id: 'one', mode, approverIds, via: 'chain' },
        { id: 'two', mode: 'any', approverIds: ['hr'], via: 'chain' },
      ],
      unattended: 'refuse',
    },
  ];
}

describe('when an approver leaves', () => {
  test('the vote goes to their manager', () => {
    const story = waiting('all', 'li');
    const { transfers, stuck } = relieve(formStateOf(story), OFFICE, REFUSE, ACT);
    expect(transfers).toMatchObject([
      { kind: 'transferred', from: 'li', to: 'zhao', by: 'system' },
    ]);
    expect(stuck).toEqual([]);
    const after = formStateOf([...story, ...transfers]);
    expect(waitingFor(after)).toEqual(['zhao']);
    expect(relieve(after, OFFICE, REFUSE, ACT)).toEqual({ transfers: [], stuck: [] });
  });

  test('to a stand-in where the manager votes already', () => {
    const fallback: Fallback = { kind: 'people', personIds: ['wang', 'hr'] };
    const { transfers } = relieve(formStateOf(waiting('all', 'li', 'zhao')), OFFICE, fallback, ACT);
    expect(transfers).toMatchObject([{ from: 'li', to: 'hr' }]);
  });

  test('to nobody where there is nobody, and that is said', () => {
    const state = formStateOf(waiting('all', 'stranger'));
    expect(relieve(state, OFFICE, REFUSE, ACT)).toEqual({ transfers: [], stuck: ['stranger'] });
  });

  test('votes that were cast, and steps that have passed, stay as they are', () => {
    const vote: FormEvent = {
      kind: 'decided',
      at: 2,
      by: 'li',
      stepId: 'one',
      for: 'li',
      decision: 'approve',
      comment: '',
    };
    for (const mode of ['any', 'all'] as const) {
      const state = formStateOf([...waiting(mode, 'li', 'zhao'), vote]);
      expect(relieve(state, OFFICE, REFUSE, ACT).transfers).toEqual([]);
    }
  });

  test('nothing happens to a form that has ended', () => {
    const withdrawn: FormEvent = { kind: 'withdrawn', at: 2, by: 'wang', reason: '' };
    const state = formStateOf([...waiting('all', 'li'), withdrawn]);
    expect(relieve(state, OFFICE, REFUSE, ACT).transfers).toEqual([]);
  });
});
