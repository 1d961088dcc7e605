import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterEvent,
  type CaseEvent,
  type CaseState,
  caseStateOf,
  isPending,
  NO_CASE,
} from '#domain/exceptions/case-state';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { Finding } from '#domain/exceptions/finding';
import { reconcile } from '#domain/exceptions/reconcile';

function finding(key: string, kind: CaseKind = 'late', seconds = 60): Finding {
  return {
    key,
    kind,
    seconds,
    detail: null,
    personId: 'wang',
    date: 10,
    terminalId: null,
    siteId: null,
    duty: { section: 0, kind: 'on' },
    punchId: null,
    count: 1,
  };
}

const someFinding = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('late', 'missing'), fc.nat({ max: 3 }))
  .map(([key, kind, minutes]) => finding(key, kind as CaseKind, minutes * 60));

const someEvent: fc.Arbitrary<CaseEvent> = fc.oneof(
  someFinding.map((each): CaseEvent => ({ kind: 'found', at: 1, finding: each })),
  fc
    .tuple(someFinding, fc.boolean())
    .map(([each, worse]): CaseEvent => ({ kind: 'changed', at: 1, finding: each, worse })),
  fc.constant<CaseEvent>({ kind: 'vanished', at: 1, healedBy: ['L'] }),
  fc.constantFrom('li', null).map((to): CaseEvent => ({ kind: 'assigned', at: 1, by: 'boss', to })),
  fc.constant<CaseEvent>({
    kind: 'resolved',
    at: 1,
    by: 'li',
    resolution: 'excused',
    note: 'rain',
  }),
  fc.constant<CaseEvent>({ kind: 'reopened', at: 1, by: 'li', reason: 'no rain' }),
);

const FOUND: CaseEvent = { kind: 'found', at: 1, finding: finding('a') };
const GIVEN: CaseEvent = { kind: 'assigned', at: 2, by: 'boss', to: 'li' };
const DONE: CaseEvent = { kind: 'resolved', at: 3, by: 'li', resolution: 'explained', note: 'bus' };
const GONE: CaseEvent = { kind: 'vanished', at: 4, healedBy: ['L'] };
const changed = (worse: boolean): CaseEvent => {
  return { kind: 'changed', at: 5, finding: finding('a', 'missing'), worse };
};

describe('a case', () => {
  test.each([
    [[FOUND], 'open', 'found'],
    [[FOUND, GIVEN], 'assigned', 'given to somebody'],
    [[FOUND, GIVEN, { ...GIVEN, to: null }], 'open', 'and taken back'],
    [[FOUND, GIVEN, DONE], 'resolved', 'decided'],
    [[FOUND, GONE], 'vanished', 'gone by itself'],
    [[FOUND, DONE, GONE], 'vanished', 'gone after it was decided'],
    [[FOUND, GONE, DONE], 'vanished', 'nothing is decided about what is gone'],
    [[FOUND, GONE, FOUND], 'open', 'come again'],
    [[FOUND, GIVEN, GONE, FOUND], 'assigned', 'come again, to whoever had it'],
    [[FOUND, DONE, { kind: 'reopened', at: 6, by: 'li', reason: 'x' }], 'open', 'opened again'],
    [[FOUND, DONE, changed(true)], 'open', 'worse than what was decided about'],
    [[FOUND, DONE, changed(false)], 'resolved', 'no worse'],
    [[FOUND, changed(true)], 'open', 'open anyway'],
    [[DONE], 'none', 'never found'],
  ] as readonly [CaseEvent[], string, string][])('case %#', (events, status, _why) => {
    expect(caseStateOf(events).status).toBe(status);
  });

  test('keeps the last decision and counts how often it came back', () => {
    const state = caseStateOf([FOUND, DONE, GONE, FOUND, DONE, changed(true)]);
    expect(state).toMatchObject({
      resolution: 'explained',
      note: 'bus',
      reopened: 2,
      healedBy: [],
    });
  });

  test('after any events is found once it is anything, and has somebody when it is assigned', () => {
    fc.assert(
      fc.property(fc.array(someEvent, { maxLength: 30 }), (events) => {
        const state = caseStateOf(events);
        expect(state.finding === null).toBe(state.status === 'none');
        const lacksAssignee = state.status === 'assigned' && state.assigneeId === null;
        const lacksDecision = state.status === 'resolved' && state.resolution === null;
        expect([lacksAssignee, lacksDecision]).toEqual([false, false]);
        expect(isPending(state)).toBe(state.status === 'open' || state.status === 'assigned');
      }),
    );
  });
});

function after(
  known: ReadonlyMap<string, CaseState>,
  found: readonly Finding[],
): ReadonlyMap<string, CaseState> {
  const next = new Map(known);
  for (const { key, event } of reconcile(known, found, { at: 1, healers: [] })) {
    next.set(key, afterEvent(next.get(key) ?? NO_CASE, event));
  }
  return next;
}

describe('a recomputation', () => {
  const lists = fc.array(fc.uniqueArray(someFinding, { selector: ({ key }) => key }), {
    maxLength: 6,
  });

  test('leaves exactly the cases that are found, as they are found', () => {
    fc.assert(
      fc.property(lists, (rounds) => {
        let known: ReadonlyMap<string, CaseState> = new Map();
        for (const found of rounds) {
          known = after(known, found);
          const here = [...known].filter(([, { status }]) => status !== 'vanished');
          expect(new Map(here.map(([key, state]) => [key, state.finding]))).toEqual(
            new Map(found.map((each) => [each.key, each])),
          );
        }
      }),
    );
  });

  test('done twice is done once', () => {
    fc.assert(
      fc.property(lists, (rounds) => {
        let known: ReadonlyMap<string, CaseState> = new Map();
        for (const found of rounds) {
          known = after(known, found);
          expect(reconcile(known, found, { at: 2, healers: [] })).toEqual([]);
        }
      }),
    );
  });

  test('finds a case that was never found as new', () => {
    const events = reconcile(new Map([['a', NO_CASE]]), [finding('a')], { at: 1, healers: [] });
    expect(events.map(({ event }) => event.kind)).toEqual(['found']);
  });

  test.each([
    [finding('a', 'missing', 0), true, 'a worse kind'],
    [finding('a', 'early', 0), false, 'a slighter one'],
    [finding('a', 'late', 120), true, 'longer'],
    [finding('a', 'late', 30), false, 'shorter'],
    [{ ...finding('a'), count: 2 }, true, 'more of them'],
    [{ ...finding('a'), duty: null }, false, 'only said otherwise'],
  ])('case %# says whether it got worse', (now, worse, _why) => {
    const known = new Map([['a', caseStateOf([FOUND])]]);
    const [event] = reconcile(known, [now], { at: 2, healers: [] });
    expect(event?.event).toMatchObject({ kind: 'changed', worse });
  });

  test('says which forms acted when a case goes', () => {
    const known = new Map([['a', caseStateOf([FOUND])]]);
    expect(reconcile(known, [], { at: 2, healers: ['L'] })).toEqual([
      { key: 'a', event: { kind: 'vanished', at: 2, healedBy: ['L'] } },
    ]);
  });
});
