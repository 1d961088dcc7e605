import { describe, expect, test } from 'vitest';
import { attendanceListOf } from '#domain/attendance/event/event';
import { judgePlace } from '#domain/attendance/punch/place';
import type { Punch } from '#domain/attendance/punch/punch';
import { PUNCH } from '#tests/attendance/clean-punch';
import { answer, D, day, HOUR, on } from '#tests/attendance/facts/fact-bench';

// Goal: the corners of punches, forms and events, each with the reason it matters.

const NINE_TO_SIX = { sections: [{ on: '09:00', off: '18:00' }] };

/** Somewhere, at some time. */
const SOMEWHERE: Punch = { ...PUNCH, position: { latitude: 1, longitude: 1 } };

const atHq = (time: string, latitude: number): object => ({
  at: `${D}T${time}`,
  site: 'hq',
  position: { latitude, longitude: 72 },
});
const pending = (id: string, date: string): object => ({
  id,
  kind: 'makeup',
  state: 'pending',
  date,
  submittedOn: '2026-03-04',
  duty: 'off',
  at: `${date}T18:00`,
});

const makeup = (duty: string, time: string): unknown => ({
  kind: 'makeup',
  date: D,
  duty,
  at: `${D}T${time}`,
});

const effects = (punches: readonly string[], from: string, to: string): unknown =>
  day({
    rule: NINE_TO_SIX,
    punches,
    approvals: [{ kind: 'leave', from: `${D}T${from}`, to: `${D}T${to}` }],
  }).approvals.map(({ coveredMinutes, healedMinutes }) => [coveredMinutes, healedMinutes]);

const placed = (time: string, latitude: number, more: object = {}): object => ({
  at: `${D}T${time}`,
  position: { latitude, longitude: 100 },
  ...more,
});

const lapses = (first: object, second: object): unknown =>
  day({
    rule: NINE_TO_SIX,
    punches: [
      { at: `${D}T18:00:00`, ...first },
      { at: `${D}T18:00:05`, ...second },
    ],
  }).punches.map(({ lapse }) => lapse);

describe('punches', () => {
  test('are only recorded where a rule wants no more', () => {
    const rule = {
      sections: [{ on: '09:00', off: '18:00', required: 'none' }],
      presence: { pairing: 'none', date: 'mostWorked' },
    };
    expect(day({ rule })).toMatchObject({
      attendance: 'present',
      exceptions: [],
      workedSeconds: 0,
    });
  });

  test('are kept where no rule holds', () => {
    const it = day({ rules: [], punches: on(D, '09:00', '18:00') });
    expect(it.punches.map(({ lapse, duty }) => [lapse, duty])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('a live face beats one whose life nobody measured', () => {
    const punches = [
      { id: 'a', at: `${D}T09:00:00` },
      { id: 'b', at: `${D}T09:00:03`, liveness: 0.9 },
      { id: 'c', at: `${D}T09:00:05`, liveness: 0.9, uncertaintySeconds: 3 },
    ];
    const it = day({ rule: NINE_TO_SIX, punches });
    expect(it.punches.map(({ id, lapse }) => `${id} ${lapse}`)).toEqual([
      'a duplicate',
      'b null',
      'c duplicate',
    ]);
  });

  test('a surer clock beats a less sure one', () => {
    const punches = [
      { id: 'a', at: `${D}T09:00:00`, uncertaintySeconds: 9 },
      { id: 'b', at: `${D}T09:00:03`, uncertaintySeconds: 1 },
    ];
    expect(day({ rule: NINE_TO_SIX, punches }).duties[0]?.punchId).toBe('b');
  });

  test('three places in a minute flag every one of them once', () => {
    const sites = [0, 1, 2].map((index) => ({
      id: `s${index}`,
      position: { latitude: 20 + index, longitude: 100 },
    }));
    const punches = sites.map(({ id }, index) => ({ at: `${D}T09:0${index}`, site: id }));
    const it = day({ rule: NINE_TO_SIX, sites, punches });
    expect(it.punches.map(({ flags }) => flags)).toEqual(
      Array.from({ length: 3 }, () => ['impossibleTravel']),
    );
  });

  test('two readings inside one site are no journey', () => {
    const sites = [{ id: 'hq', radiusMeters: 500, position: { latitude: 24, longitude: 72 } }];
    const it = day({
      rule: NINE_TO_SIX,
      sites,
      punches: [atHq('09:00:00', 24), atHq('09:00:11', 24.004)],
    });
    expect(it.punches.flatMap(({ flags }) => flags)).toEqual([]);
  });

  test('of two places far apart, without a site, are flagged all the same', () => {
    const punches = [20, 21].map((latitude, index) => ({
      at: `${D}T09:0${index}`,
      position: { latitude, longitude: 100 },
    }));
    const it = day({ rule: NINE_TO_SIX, punches });
    expect(it.punches.map(({ flags }) => flags)).toEqual([
      ['impossibleTravel'],
      ['impossibleTravel'],
    ]);
  });

  test('what somebody withdrew neither travels nor repeats', () => {
    const it = day({
      rule: NINE_TO_SIX,
      punches: [
        placed('08:59:55', 30, { voided: true }),
        placed('09:00:00', 20),
        placed('18:00:00', 20),
      ],
    });
    expect(it.punches.map(({ lapse, flags }) => [lapse, flags])).toEqual([
      ['voided', []],
      [null, []],
      [null, []],
    ]);
  });

  test('a word said twice is said once, also if only one of them said it', () => {
    expect(lapses({}, { direction: 'out' })).toEqual([null, 'duplicate']);
    expect(lapses({ direction: 'out' }, {})).toEqual([null, 'duplicate']);
    expect(lapses({ direction: 'out' }, { direction: 'in' })).toEqual([null, null]);
  });

  test('a manager’s entry has no place, and a synced clock no doubt', () => {
    const sites = [{ id: 'hq' }];
    const rule = { ...NINE_TO_SIX, place: { sites: ['hq'], outOfRange: 'refuse' } };
    const punches = [
      { at: `${D}T09:00`, method: 'manager' },
      { at: `${D}T18:00`, site: 'hq', uncertaintySeconds: 90 },
    ];
    const it = day({ rule, sites, punches });
    expect(it.punches.map(({ lapse, flags }) => [lapse, flags])).toEqual([
      [null, []],
      [null, []],
    ]);
  });

  test('a site that was deleted is nowhere', () => {
    const rule = { siteIds: new Set(['gone']), outOfRange: 'exception' } as const;
    expect(judgePlace(SOMEWHERE, rule, new Map())).toEqual({ inside: false, distanceMeters: null });
  });
});

describe('forms', () => {
  test('cover working time, and heal only what was missing of it', () => {
    expect(effects(on(D, '09:00', '16:00'), '15:00', '19:00')).toEqual([[180, 120]]);
    expect(effects(on(D, '10:00', '18:00'), '08:00', '11:00')).toEqual([[120, 60]]);
    expect(effects(on(D, '09:00'), '09:00', '10:00')).toEqual([[60, 60]]);
    expect(effects(on(D, '09:00', '18:00'), '09:00', '10:00')).toEqual([[60, 0]]);
    expect(effects([], '09:00', '10:00')).toEqual([[60, 60]]);
  });

  test('a trip lets field punches count, by the day as well; leave does not', () => {
    const punches = [{ at: `${D}T09:00`, method: 'field' }];
    const lapse = (kind: string): unknown =>
      day({
        rule: { ...NINE_TO_SIX, fieldPunches: 'approved' },
        punches,
        approvals: [{ kind, from: D, to: D }],
      }).punches[0]?.lapse;
    expect([lapse('trip'), lapse('leave')]).toEqual([null, 'fieldNotCounted']);
  });

  test('two make-ups of one minute are put in order by their number', () => {
    const forms = ['b', 'a'].map((id) => ({
      id,
      kind: 'makeup',
      date: D,
      duty: 'on',
      at: `${D}T09:00`,
    }));
    expect(day({ rule: NINE_TO_SIX, approvals: forms }).duties[0]?.punchId).toBe('a');
  });

  test('make-ups of one day take their places in the quota by date, then by number', () => {
    const { makeups } = answer({
      rule: { ...NINE_TO_SIX, makeup: { countPerMonth: 1 } },
      approvals: [pending('c', '2026-03-03'), pending('b', D), pending('a', D)],
    });
    expect(makeups.map(({ id, accepted }) => `${id} ${accepted}`)).toEqual([
      'a true',
      'b false',
      'c false',
    ]);
  });

  test('the earlier application takes its place first, whatever its date and number', () => {
    const { makeups } = answer({
      rule: { ...NINE_TO_SIX, makeup: { countPerMonth: 1 } },
      approvals: [
        { ...pending('a', D), submittedOn: '2026-03-06' },
        { ...pending('b', '2026-03-03'), submittedOn: '2026-03-05' },
        { kind: 'leave', state: 'pending', from: D, to: D },
      ],
    });
    expect(makeups.map(({ id, accepted }) => `${id} ${accepted}`)).toEqual(['b true', 'a false']);
  });

  test('nobody without a rule makes up for anything', () => {
    const approvals = [{ kind: 'makeup', state: 'pending', date: D, duty: 'on', at: `${D}T09:00` }];
    expect(answer({ rules: [], approvals }).makeups[0]?.reason?.code).toBe('notAllowed');
  });
});

describe('make-ups on a day without duties', () => {
  test('are punches like any other', () => {
    const it = day({
      rule: { kind: 'free' },
      approvals: [makeup('on', '09:00'), makeup('off', '17:00')],
    });
    expect(it.workedSeconds).toBe(8 * HOUR);
    expect(it.approvals.map(({ acted }) => acted)).toEqual([true, true]);
  });
});

describe('events', () => {
  test('at a site that was deleted have only the people who name the event', () => {
    const event = {
      id: 'e',
      from: 0,
      to: 10,
      lateAfter: null,
      siteIds: new Set(['gone']),
      position: null,
      radiusMeters: 1,
      methods: new Set<never>(),
      roster: ['a'],
    };
    expect(attendanceListOf(event, new Map(), new Map())).toEqual([
      { personId: 'a', status: 'absent', punchId: null, at: null },
    ]);
    const punch = { punch: SOMEWHERE, at: 5, lapse: null, duplicateOf: null };
    const clean = { ...punch, flags: [], distanceMeters: null, correction: null };
    const [entry] = attendanceListOf(event, new Map([['a', [clean]]]), new Map());
    expect(entry?.status).toBe('absent');
  });

  test('count what is no ordinary punch: a repeated one, a field punch', () => {
    const event = { id: 'e', from: `${D}T09:00:03`, to: `${D}T10:00`, roster: ['a', 'b'] };
    const { events } = answer({
      rule: NINE_TO_SIX,
      events: [event],
      people: [
        { id: 'a', punches: [`${D}T09:00:00`, `${D}T09:00:05`] },
        { id: 'b', punches: [{ at: `${D}T09:30`, method: 'field' }] },
        { id: 'c', punches: [{ at: `${D}T09:30`, voided: true }] },
        { id: 'd' },
      ],
    });
    expect(events[0]?.list.map(({ personId, status }) => [personId, status])).toEqual([
      ['a', 'present'],
      ['b', 'present'],
    ]);
  });
});
