import { describe, expect, test } from 'vitest';
import { questionOf } from '#contracts/attendance/document-mapper';
import { documentShape } from '#contracts/attendance/document-shape';
import { computeDay } from '#domain/attendance/day';
import type { DayResult } from '#domain/attendance/day-result';
import { timelineOf } from '#domain/attendance/timeline';
import { type CaseState, caseStateOf } from '#domain/exceptions/case-state';
import { findingsOf, healersOf } from '#domain/exceptions/day-findings';
import { type KeyedEvent, reconcile } from '#domain/exceptions/reconcile';

// Goal: what days come to is what somebody is asked to look at. Method: real days, computed from
// documents, and the cases that a hub would keep of them while facts arrive.

const MONDAY = '2026-03-02';
const OFFICE = { sections: [{ on: '09:00', off: '18:00' }] };
const at = (time: string): string => `${MONDAY}T${time}`;

function dayOf(document: object): DayResult {
  const question = questionOf(
    documentShape.parse({
      zone: 'Asia/Shanghai',
      period: { from: MONDAY, to: MONDAY },
      rule: OFFICE,
      ...document,
    }),
  );
  const [person] = question.people;
  if (person === undefined) throw new Error('the document has one person');
  return computeDay(timelineOf(person(), question.world), question.from);
}

/** `late on1 20`, `absent 540`, `clock p1`. */
function found(document: object): readonly string[] {
  return findingsOf(dayOf(document)).map(({ kind, duty, punchId, seconds }) => {
    const slot = duty === null ? [] : [`${duty.kind}${duty.section + 1}`];
    const punch = duty === null && punchId !== null ? [punchId] : [];
    return [kind, ...slot, ...punch, ...(seconds > 0 ? [seconds / 60] : [])].join(' ');
  });
}

const leave = (from: string, to: string) => ({
  id: 'L',
  kind: 'leave',
  from: at(from),
  to: at(to),
});
const ATTEMPT = {
  sites: [{ id: 'hq' }, { id: 'depot' }],
  rule: { ...OFFICE, place: { sites: ['hq'], outOfRange: 'refuse' } },
};

describe('a day', () => {
  test.each([
    [{ punches: [at('08:58'), at('18:02')] }, [], 'as it should be'],
    [{ punches: [at('09:20'), at('18:02')] }, ['late on1 20'], 'late'],
    [{ punches: [at('09:20'), at('17:00')] }, ['late on1 20', 'early off1 60'], 'late and early'],
    [{ punches: [at('08:58')] }, ['missing off1'], 'a punch is missing'],
    [{ punches: [] }, ['absent 540'], 'nobody came: one, not three'],
    [{ punches: [], asOf: at('20:00') }, [], 'too early to say'],
    [
      { punches: [at('09:20')], asOf: at('12:00') },
      ['late on1 20'],
      'what is known already is told',
    ],
    [{ punches: [at('09:20'), at('18:02')], approvals: [leave('09:00', '10:00')] }, [], 'healed'],
    [
      {
        punches: [at('12:00'), at('18:00')],
        rule: { ...OFFICE, thresholds: { absentLateMinutes: 120 } },
      },
      ['absent on1 180'],
      'so late that a duty is an absence',
    ],
    [
      { punches: [at('08:58'), { id: 'v', at: at('18:02'), voided: true }] },
      ['missing off1', 'notMe v'],
      'somebody said "not me"',
    ],
    [
      { punches: [at('08:58'), at('18:02'), { id: 'u', at: at('12:00'), clock: 'lost' }] },
      ['clock u'],
      'a punch of no known time',
    ],
    [
      {
        punches: [
          at('08:58'),
          { id: 'd', at: at('18:02'), clock: 'estimated', uncertaintySeconds: 90 },
        ],
      },
      ['clock off1'],
      'a doubtful clock',
    ],
    [
      { punches: [at('08:58'), at('18:02'), { at: at('08:58:05') }] },
      [],
      'a repeated punch is nobody’s concern',
    ],
    [
      {
        ...ATTEMPT,
        rule: { ...OFFICE, place: { sites: ['hq'], outOfRange: 'exception' } },
        punches: [
          { id: 'a', at: at('08:58'), site: 'depot' },
          { id: 'b', at: at('12:00'), site: 'depot' },
          { id: 'c', at: at('18:02'), site: 'hq' },
        ],
      },
      ['outside on1'],
      'at another site, where it counts for something',
    ],
    [
      {
        ...ATTEMPT,
        punches: [
          { id: 'a', at: at('08:58'), site: 'depot' },
          { at: at('18:02'), site: 'hq' },
        ],
      },
      ['missing on1', 'outside on1'],
      'refused there: missing, and tried',
    ],
    [
      { ...ATTEMPT, punches: [{ id: 'a', at: at('08:58'), site: 'depot' }] },
      ['absent 540', 'outside on1'],
      'refused all day: one absence, and the attempt',
    ],
    [
      {
        sites: ['hq', 'depot'].map((id, index) => ({
          id,
          position: { latitude: 31 + index * 8, longitude: 121 },
        })),
        punches: [
          { id: 'a', at: at('08:58'), site: 'hq' },
          { id: 'b', at: at('09:30'), site: 'depot' },
          { id: 'c', at: at('18:02'), site: 'depot' },
        ],
      },
      ['impossibleTravel on1', 'impossibleTravel b'],
      'in two cities at once',
    ],
    [
      {
        rule: { ...OFFICE, fieldPunches: 'counted' },
        punches: [at('08:58'), { at: at('18:02'), method: 'field' }],
      },
      [],
      'field duty is no exception',
    ],
    [
      {
        punches: [at('08:58')],
        approvals: [{ id: 'M', kind: 'makeup', date: MONDAY, duty: 'off', at: at('17:30') }],
      },
      ['early off1 30'],
      'a make-up for an early hour is early still',
    ],
    [{ rule: undefined, rules: [], punches: [at('09:20')] }, [], 'without a rule nothing is asked'],
  ])('case %#', (document, expected, _why) => {
    expect(found(document)).toEqual(expected);
  });

  test('gives the same findings with the same keys when it is computed again', () => {
    const document = { punches: [at('09:20')] };
    expect(findingsOf(dayOf(document))).toEqual(findingsOf(dayOf(document)));
  });
});

class Cases {
  readonly #events = new Map<string, KeyedEvent['event'][]>();

  /** What a hub does after it has computed a day. */
  recompute(document: object): void {
    const day = dayOf(document);
    const now = { at: 1, healers: healersOf(day) };
    this.add(reconcile(this.states(), findingsOf(day), now));
  }

  add(events: readonly KeyedEvent[]): void {
    for (const { key, event } of events) {
      this.#events.set(key, [...(this.#events.get(key) ?? []), event]);
    }
  }

  states(): ReadonlyMap<string, CaseState> {
    return new Map([...this.#events].map(([key, events]) => [key, caseStateOf(events)]));
  }

  resolveAll(): void {
    const act = { kind: 'resolved', at: 2, by: 'li', resolution: 'excused', note: 'rain' } as const;
    this.add([...this.#events.keys()].map((key) => ({ key, event: act })));
  }

  list(): readonly string[] {
    return [...this.states().values()].map(({ status, finding }) => `${finding?.kind} ${status}`);
  }
}

describe('cases while facts arrive', () => {
  const late = { punches: [at('09:20'), at('18:02')] };
  const approved = { ...late, approvals: [leave('09:00', '10:00')] };
  const rejected = { ...late, approvals: [{ ...leave('09:00', '10:00'), state: 'rejected' }] };

  test('are opened once, however often the day is computed', () => {
    const cases = new Cases();
    for (let i = 0; i < 3; i += 1) cases.recompute(late);
    expect(cases.list()).toEqual(['late open']);
    expect([...cases.states().values()][0]?.revision).toBe(1);
  });

  test('go by themselves when an approval heals the day, and come back with its end', () => {
    const cases = new Cases();
    cases.recompute(late);
    cases.recompute(approved);
    expect(cases.list()).toEqual(['late vanished']);
    expect([...cases.states().values()][0]?.healedBy).toEqual(['L']);
    cases.recompute(rejected);
    expect(cases.list()).toEqual(['late open']);
  });

  test('stay one case while a duty turns from late to missing', () => {
    const cases = new Cases();
    cases.recompute(late);
    cases.resolveAll();
    cases.recompute({ punches: [at('09:10'), at('18:02')] });
    expect(cases.list()).toEqual(['late resolved']);
    cases.recompute({ punches: [{ at: at('18:02'), direction: 'out' }] });
    expect(cases.list()).toEqual(['missing open']);
  });
});
