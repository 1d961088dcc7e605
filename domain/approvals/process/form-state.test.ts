import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResolvedStep } from '#domain/approvals/chain/resolve-chain';
import type { FormEvent } from '#domain/approvals/process/form-event';
import {
  after,
  currentStep,
  type FormState,
  formStateOf,
  isEnded,
  isLawful,
  NO_FORM,
  waitingFor,
} from '#domain/approvals/process/form-state';

// Goal: no sequence of events, however wild, makes a form what it must never be.
// Method: random events of few people and steps, so that many of them fit; and votes in every order.

const PEOPLE = ['applicant', 'ann', 'ben', 'cy', 'dee'];
const person = fc.constantFrom(...PEOPLE);
const stepId = fc.constantFrom('one', 'two');
const text = fc.constantFrom('', 'because');
const written = { at: fc.integer({ min: 0, max: 9 }), by: person };
const decision = fc.constantFrom('approve' as const, 'reject' as const);
const someStep: fc.Arbitrary<ResolvedStep> = fc.record({
  id: stepId,
  mode: fc.constantFrom('any' as const, 'all' as const),
  approverIds: fc.array(person, { maxLength: 3 }),
  via: fc.constant('chain' as const),
});

const someEvent: fc.Arbitrary<FormEvent> = fc.oneof(
  fc.record({
    ...written,
    kind: fc.constant('drafted' as const),
    applicantId: fc.constant('applicant'),
    resubmits: fc.constantFrom(null, 'earlier'),
  }),
  fc.record({
    ...written,
    kind: fc.constant('submitted' as const),
    templateVersion: fc.integer({ min: 1, max: 3 }),
    steps: fc.array(someStep, { maxLength: 3 }),
    unattended: fc.constantFrom('refuse' as const, 'approve' as const),
  }),
  fc.record({
    ...written,
    kind: fc.constant('decided' as const),
    stepId,
    for: person,
    decision,
    comment: text,
  }),
  fc.record({
    ...written,
    kind: fc.constant('transferred' as const),
    stepId,
    from: person,
    to: person,
    reason: text,
  }),
  fc.record({ ...written, kind: fc.constant('commented' as const), text }),
  fc.record({ ...written, kind: fc.constant('withdrawn' as const), reason: text }),
  fc.record({ ...written, kind: fc.constant('revoked' as const), reason: text }),
  fc.record({
    ...written,
    kind: fc.constant('imported' as const),
    applicantId: fc.constant('applicant'),
    source: text,
    foreignId: text,
  }),
  fc.record({ ...written, kind: fc.constant('amended' as const), fields: fc.constant(['to']) }),
);

const drafted: Extract<FormEvent, { kind: 'drafted' }> = {
  kind: 'drafted',
  at: 0,
  by: 'applicant',
  applicantId: 'applicant',
  resubmits: null,
};

function submitted(...steps: readonly ResolvedStep[]): Extract<FormEvent, { kind: 'submitted' }> {
  return {
    kind: 'submitted',
    at: 1,
    by: 'applicant',
    templateVersion: 1,
    steps,
    unattended: 'refuse',
  };
}

function step(id: string, mode: 'any' | 'all', ...approverIds: readonly string[]): ResolvedStep {
  return { id, mode, approverIds, via: 'chain' };
}

/** A form that waits, then anything at all; wild beginnings would mostly never be handed in. */
const someStory = fc.oneof(
  fc.array(someEvent, { maxLength: 30 }),
  fc
    .tuple(
      fc.uniqueArray(
        fc.record({
          id: stepId,
          mode: fc.constantFrom('any' as const, 'all' as const),
          approverIds: fc.uniqueArray(fc.constantFrom('ann', 'ben', 'cy'), { minLength: 1 }),
          via: fc.constant('chain' as const),
        }),
        { minLength: 1, selector: ({ id }) => id },
      ),
      fc.array(someEvent, { maxLength: 30 }),
    )
    .map(([steps, rest]): FormEvent[] => [drafted, submitted(...steps), ...rest]),
);

function statesAlong(events: readonly FormEvent[]): readonly FormState[] {
  let state = NO_FORM;
  return events.map((event) => {
    state = after(state, event);
    return state;
  });
}

function withdrawal(by: string): FormEvent {
  return { kind: 'withdrawn', at: 5, by, reason: '' };
}

function vote(
  by: string,
  choice: 'approve' | 'reject',
  { at = 'one', whose = by }: { at?: string; whose?: string } = {},
): FormEvent {
  return { kind: 'decided', at: 2, by, stepId: at, for: whose, decision: choice, comment: '' };
}

function handed(to: string): FormEvent {
  return { kind: 'transferred', at: 2, by: 'ann', stepId: 'one', from: 'ann', to, reason: '' };
}

describe('a form after any events', () => {
  test('never has its applicant among the deciders, nor two votes of one person in a step', () => {
    fc.assert(
      fc.property(someStory, (events) => {
        for (const state of statesAlong(events)) {
          const votes = state.steps.flatMap((each) => each.votes);
          expect(votes.map((each) => each.by)).not.toContain('applicant');
          expect(votes.map((each) => each.for)).not.toContain('applicant');
          expect(waitingFor(state)).not.toContain('applicant');
          for (const each of state.steps) {
            expect(new Set(each.votes.map((one) => one.for)).size).toBe(each.votes.length);
          }
        }
      }),
    );
  });

  test('stays at its end, except that an approved one may be revoked', () => {
    fc.assert(
      fc.property(someStory, (events) => {
        const states = statesAlong(events);
        for (const [index, state] of states.entries()) {
          const before = states[index - 1];
          if (before === undefined || !isEnded(before) || before.status === state.status) continue;
          expect([before.status, state.status]).toEqual(['approved', 'revoked']);
        }
      }),
    );
  });

  test('can be withdrawn at any time before its end, and never after', () => {
    fc.assert(
      fc.property(someStory, (events) => {
        const state = formStateOf(events);
        const open = state.status === 'draft' || state.status === 'submitted';
        const next = after(state, withdrawal('applicant'));
        expect(next.status).toBe(open ? 'withdrawn' : state.status);
      }),
    );
  });

  test('is approved only by votes that suffice, or where nobody was to be asked', () => {
    fc.assert(
      fc.property(someStory, (events) => {
        const { status, origin, steps } = formStateOf(events);
        if (status !== 'approved' || origin === 'foreign') return;
        for (const { mode, approverIds, votes } of steps) {
          const yes = votes.filter((each) => each.decision === 'approve').length;
          expect(yes).toBeGreaterThanOrEqual(mode === 'any' ? 1 : approverIds.length);
        }
      }),
    );
  });

  test('waits for somebody exactly while it is submitted', () => {
    fc.assert(
      fc.property(someStory, (events) => {
        const state = formStateOf(events);
        expect(waitingFor(state).length > 0).toBe(state.status === 'submitted');
        expect(currentStep(state) !== undefined).toBe(state.status === 'submitted');
      }),
    );
  });

  test('counts the events that happened, and passes over the rest', () => {
    fc.assert(
      fc.property(someStory, (events) => {
        let state = NO_FORM;
        const lawful = events.filter((event) => {
          const fits = isLawful(state, event);
          state = after(state, event);
          return fits;
        });
        expect(formStateOf(lawful)).toEqual(state);
        expect(state.revision).toBe(lawful.length);
      }),
    );
  });
});

describe('the votes of one step', () => {
  test('come to the same in whatever order they are cast', () => {
    const votes = fc.array(decision, { minLength: 1, maxLength: 4 });
    const mode = fc.constantFrom('any' as const, 'all' as const);
    fc.assert(
      fc.property(mode, votes, fc.array(fc.nat(), { maxLength: 4 }), (how, choices, keys) => {
        const voters = ['ann', 'ben', 'cy', 'dee'].slice(0, choices.length);
        const cast = voters.map((by, index) => vote(by, choices[index] ?? 'approve'));
        const shuffled = cast
          .map((event, index) => ({ event, key: keys[index] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ event }) => event);
        const start = [drafted, submitted(step('one', how, ...voters))];
        expect(formStateOf([...start, ...shuffled]).status).toBe(
          formStateOf([...start, ...cast]).status,
        );
      }),
    );
  });

  test.each([
    ['any', ['approve'], 'approved', 'one yes is enough'],
    ['any', ['reject'], 'submitted', 'one no is not'],
    ['any', ['reject', 'approve'], 'approved', 'a yes outweighs a no'],
    ['any', ['reject', 'reject'], 'rejected', 'everybody said no'],
    ['all', ['reject'], 'rejected', 'one no is enough'],
    ['all', ['approve'], 'submitted', 'one yes is not'],
    ['all', ['approve', 'approve'], 'approved', 'everybody said yes'],
  ] as const)('%s of two, %j: %s, %s', (mode, choices, status, _why) => {
    const voters = ['ann', 'ben'];
    const cast = choices.map((choice, index) => vote(voters[index] ?? '', choice));
    expect(formStateOf([drafted, submitted(step('one', mode, ...voters)), ...cast]).status).toBe(
      status,
    );
  });

  test('count for the step that is being asked, not for one to come', () => {
    const steps = [step('one', 'all', 'ann'), step('two', 'all', 'ben')];
    const early = formStateOf([
      drafted,
      submitted(...steps),
      vote('ben', 'approve', { at: 'two' }),
    ]);
    expect(early.steps[1]?.votes).toEqual([]);
    expect(waitingFor(early)).toEqual(['ann']);
    const next = after(early, vote('ann', 'approve'));
    expect([next.status, waitingFor(next)]).toEqual(['submitted', ['ben']]);
  });
});

describe('what a form keeps', () => {
  test('is when it was handed in and when it ended; a revocation is a new end', () => {
    const approved = [drafted, submitted(step('one', 'any', 'ann')), vote('ann', 'approve')];
    expect(formStateOf(approved)).toMatchObject({ submittedAt: 1, endedAt: 2 });
    const revoked: FormEvent = { kind: 'revoked', at: 8, by: 'ann', reason: 'mistake' };
    const said: FormEvent = { kind: 'commented', at: 9, by: 'ann', text: 'sorry' };
    expect(formStateOf([...approved, revoked, said])).toMatchObject({ submittedAt: 1, endedAt: 8 });
  });

  test('is the template version it was handed in on, and the form it takes up again', () => {
    const again: FormEvent = { ...drafted, resubmits: 'earlier' };
    const state = formStateOf([again, submitted(step('one', 'any', 'ann'))]);
    expect([state.resubmits, state.templateVersion]).toEqual(['earlier', 1]);
  });

  test('is nobody to ask only where its template says so', () => {
    const alone = submitted();
    expect(formStateOf([drafted, alone]).status).toBe('draft');
    expect(formStateOf([drafted, { ...alone, unattended: 'approve' }]).status).toBe('approved');
  });

  test('is each vote with whose it was', () => {
    const state = formStateOf([
      drafted,
      submitted(step('one', 'all', 'ann')),
      vote('dee', 'approve', { whose: 'ann' }),
    ]);
    expect(state.steps[0]?.votes).toEqual([{ by: 'dee', for: 'ann', decision: 'approve', at: 2 }]);
  });

  test('is one approver in the place of another after a transfer, once', () => {
    const waiting = formStateOf([
      drafted,
      submitted(step('one', 'all', 'ann', 'ben'), step('two', 'any', 'cy')),
    ]);
    expect(waitingFor(after(waiting, handed('dee')))).toEqual(['dee', 'ben']);
    for (const to of ['ben', 'applicant']) expect(after(waiting, handed(to))).toBe(waiting);
    const voted = after(waiting, vote('ann', 'approve'));
    expect(after(voted, handed('dee'))).toBe(voted);
  });
});
