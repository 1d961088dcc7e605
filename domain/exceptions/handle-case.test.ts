import { describe, expect, test } from 'vitest';
import {
  type CaseEvent,
  type CaseState,
  caseStateOf,
  NO_CASE,
} from '#domain/exceptions/case-state';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { Finding } from '#domain/exceptions/finding';
import { type CaseAct, fits, handleCase, handleCases } from '#domain/exceptions/handle-case';

function found(kind: CaseKind, more: Partial<Finding> = {}): CaseEvent {
  const base = { key: 'a', personId: 'wang', date: 10, terminalId: null, siteId: null };
  const rest = { detail: null, duty: null, punchId: null, seconds: 60, count: 1 };
  return { kind: 'found', at: 1, finding: { ...base, ...rest, kind, ...more } };
}

const LATE = caseStateOf([found('late')]);
const DONE: CaseEvent = { kind: 'resolved', at: 2, by: 'li', resolution: 'excused', note: 'rain' };
const RESOLVED = caseStateOf([found('late'), DONE]);
const GONE = caseStateOf([found('late'), { kind: 'vanished', at: 2, healedBy: [] }]);
const STRANGERS = caseStateOf([found('strangers', { personId: null })]);

const assign = (to: string | null): CaseAct => ({ kind: 'assign', to });
const reopen = (reason: string): CaseAct => ({ kind: 'reopen', reason });
const explain: CaseAct = { kind: 'resolve', resolution: 'explained', note: 'the bus' };
const makeup: CaseAct = { kind: 'resolve', resolution: 'makeupAsked', note: '' };

describe('handling a case', () => {
  test.each([
    [LATE, assign('li'), 'boss', 'assigned', 'given to somebody'],
    [LATE, assign(null), 'boss', 'open', 'given to nobody'],
    [LATE, explain, 'boss', 'resolved', 'explained'],
    [LATE, makeup, 'boss', 'resolved', 'a make-up speaks for itself'],
    [RESOLVED, reopen('it was sunny'), 'boss', 'open', 'opened again'],
    [STRANGERS, assign('wang'), 'boss', 'assigned', 'nobody’s case is anybody’s'],
    [
      STRANGERS,
      { kind: 'resolve', resolution: 'confirmed', note: '' },
      'li',
      'resolved',
      'a visit',
    ],
    [LATE, explain, 'wang', 'caseOwn', 'one’s own'],
    [LATE, assign('wang'), 'boss', 'caseOwn', 'given to whom it is about'],
    [RESOLVED, explain, 'boss', 'caseClosed', 'decided already'],
    [GONE, assign('li'), 'boss', 'caseClosed', 'gone'],
    [LATE, reopen('x'), 'boss', 'caseNotResolved', 'open anyway'],
    [RESOLVED, reopen(' '), 'boss', 'caseNote', 'does not say why'],
    [LATE, { ...explain, note: '' }, 'boss', 'caseNote', 'does not say why'],
    [LATE, { ...makeup, resolution: 'confirmed' }, 'boss', 'caseResolution', 'makes no sense'],
    [NO_CASE, explain, 'boss', 'caseAbsent', 'there is none'],
  ] as readonly [CaseState, CaseAct, string, string, string][])(
    'case %#',
    (...[state, act, by, expected]) => {
      const handled = handleCase(state, act, { by, at: 9 });
      const came = handled.ok
        ? caseStateOf([...eventsOf(state), handled.value]).status
        : handled.failure.code;
      expect(came).toBe(expected);
    },
  );

  test('a punch without a time is placed, a face is confirmed, neither is excused', () => {
    expect([fits('punchPlaced', 'clock'), fits('confirmed', 'lowScore')]).toEqual([true, true]);
    expect([fits('excused', 'clock'), fits('makeupAsked', 'notMe')]).toEqual([false, false]);
  });
});

function eventsOf(state: CaseState): readonly CaseEvent[] {
  const stories = new Map<CaseState, readonly CaseEvent[]>([
    [LATE, [found('late')]],
    [RESOLVED, [found('late'), DONE]],
    [STRANGERS, [found('strangers', { personId: null })]],
  ]);
  return stories.get(state) ?? [];
}

describe('handling many', () => {
  test('does what fits and tells of the rest', () => {
    const cases = new Map([
      ['a', LATE],
      ['b', RESOLVED],
      ['c', caseStateOf([found('missing', { personId: 'li' })])],
    ]);
    const outcome = handleCases(cases, explain, { by: 'li', at: 9 });
    expect(outcome.events.map(({ key, event }) => [key, event.kind])).toEqual([['a', 'resolved']]);
    expect(outcome.refused.map(({ key, fault }) => [key, fault.code])).toEqual([
      ['b', 'caseClosed'],
      ['c', 'caseOwn'],
    ]);
  });
});
