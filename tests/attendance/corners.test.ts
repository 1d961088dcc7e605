import { describe, expect, test } from 'vitest';
import { computeDocument } from '#contracts/attendance/compute-document';
import { adjustmentsOf } from '#domain/attendance/finality/adjustment';
import { judgePlace } from '#domain/attendance/punch/place';
import type { Punch } from '#domain/attendance/punch/punch';
import { answer, D, day, HOUR, on } from '#tests/attendance/facts/fact-bench';

// Goal: the corners that no table has a row for, each with the reason it matters.

const NINE_TO_SIX = { sections: [{ on: '09:00', off: '18:00' }] };
const stated = (direction: 'in' | 'out', ...times: readonly string[]): readonly unknown[] =>
  on(D, ...times).map((at) => ({ at, direction }));

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

describe('duties', () => {
  test('only the off may be asked for', () => {
    const rule = { sections: [{ on: '09:00', off: '18:00', required: 'off' }] };
    const it = day({ rule, punches: on(D, '18:00') });
    expect(it.duties.map(({ kind }) => kind)).toEqual(['off']);
    expect(it.workedSeconds).toBe(9 * HOUR);
  });

  test('an off and an on due at one time are filled in that order', () => {
    const rule = {
      sections: [
        { on: '09:00', off: '12:00' },
        { on: '12:00', off: '18:00' },
      ],
    };
    const it = day({ rule, punches: on(D, '09:00', '12:00', '12:01', '18:00') });
    expect(it.duties.map((duty) => duty.punchedAt?.slice(11, 16))).toEqual([
      '09:00',
      '12:00',
      '12:01',
      '18:00',
    ]);
  });

  test('so are those of two dates', () => {
    const week = [{ days: [0, 1, 2, 3, 4, 5, 6], sections: [{ on: '06:00', off: '30:00' }] }];
    const punches = [
      ...on(D, '06:00'),
      ...on('2026-03-03', '06:00', '06:01'),
      ...on('2026-03-04', '06:00'),
    ];
    const { days } = answer({ rule: { week }, punches, period: { from: D, to: '2026-03-03' } });
    expect(days[0]?.duties[1]?.punchedAt).toBe('2026-03-03T06:00:00+08:00');
    expect(days[1]?.duties[0]?.punchedAt).toBe('2026-03-03T06:01:00+08:00');
  });

  test('an hour that the clocks skip asks for nothing', () => {
    const it = day({
      zone: 'America/New_York',
      period: { from: '2026-03-08', to: '2026-03-08' },
      rule: { week: [{ days: [0], sections: [{ on: '02:00', off: '03:00' }] }] },
    });
    expect(it).toMatchObject({ standardSeconds: 0, exceptions: [], dayLengthSeconds: 23 * HOUR });
  });

  test('a chain of windows without end is cut, and ends', () => {
    const rule = {
      week: [{ days: [0, 1, 2, 3, 4, 5, 6], sections: [{ on: '09:00', off: '18:00' }] }],
      windows: { beforeOnMinutes: 300, afterOffMinutes: 900 },
    };
    const punches = on(D, '09:00', '18:00', '09:00+1', '18:00+1');
    const { days } = answer({ rule, punches, period: { from: '2026-03-01', to: '2026-03-03' } });
    const used = days.flatMap((it) => it.duties.flatMap(({ punchId }) => punchId ?? []));
    expect(used).toHaveLength(4);
    expect(new Set(used).size).toBe(4);
  });
});

describe('free days', () => {
  test('a make-up working day has no hours either', () => {
    const calendar = { publishedYears: [2026], days: [{ date: '2026-03-07', kind: 'workday' }] };
    const it = day({
      rule: { kind: 'free' },
      calendar,
      period: { from: '2026-03-07', to: '2026-03-07' },
      punches: on('2026-03-07', '10:00', '12:00'),
    });
    expect(it).toMatchObject({ class: 'workday', duties: [], workedSeconds: 2 * HOUR });
  });

  test('stated directions: an unstated punch, a second in and an out alone count for nothing', () => {
    const rule = { kind: 'free', presence: { pairing: 'pairs', direction: 'stated' } };
    const punches = [
      ...stated('out', '07:00'),
      ...stated('in', '08:00', '08:30'),
      ...on(D, '09:00'),
      ...stated('out', '10:00', '11:00'),
    ];
    expect(day({ rule, punches }).workedSeconds).toBe(2 * HOUR);
    const span = { kind: 'free', presence: { direction: 'stated' } };
    expect(day({ rule: span, punches }).presence.map(({ from }) => from.slice(11, 16))).toEqual([
      '08:00',
    ]);
  });

  test('the span from first to last keeps the pauses', () => {
    const punches = [
      ...on(D, '08:00'),
      ...stated('out', '12:00'),
      ...stated('in', '13:00'),
      ...on(D, '17:00'),
    ];
    const worked = (pairing: string): number =>
      day({ rule: { kind: 'free', presence: { pairing } }, punches }).workedSeconds / HOUR;
    expect([worked('span'), worked('duties')]).toEqual([9, 8]);
  });

  test('what must pass between in and out', () => {
    const rule = { kind: 'free', offAfterOnMinutes: 60 };
    expect(day({ rule, punches: on(D, '09:00', '09:30') }).workedSeconds).toBe(0);
    const pairs = { ...rule, presence: { pairing: 'pairs' } };
    expect(day({ rule: pairs, punches: on(D, '09:00', '09:30', '11:00') }).workedSeconds).toBe(
      2 * HOUR,
    );
  });

  test('an in open for more than two days is forgotten', () => {
    const rule = { kind: 'free', presence: { date: 'midnight', direction: 'stated' } };
    const late = [
      { at: '2026-03-02T08:00', direction: 'in' },
      { at: '2026-03-04T09:00', direction: 'in' },
      { at: '2026-03-04T11:00', direction: 'out' },
      { at: '2026-03-04T12:00', direction: 'in' },
    ];
    const date = { period: { from: '2026-03-04', to: '2026-03-04' } };
    expect(day({ rule, punches: late, ...date }).workedSeconds).toBe(2 * HOUR);
    const out = [late[0], { at: '2026-03-04T09:00', direction: 'out' }];
    expect(day({ rule, punches: out, ...date }).workedSeconds).toBe(0);
  });

  test('a short pause does not make another shift', () => {
    const rule = { kind: 'free', presence: { date: 'mostWorked' } };
    const punches = on(D, '20:00', '23:00', '23:30', '02:00+1', '07:00+1', '09:00+1');
    const { days } = answer({ rule, punches, period: { from: D, to: '2026-03-03' } });
    expect(days.map((it) => it.workedSeconds / HOUR)).toEqual([5.5, 2]);
  });

  test('two hours each side of midnight belong to the earlier date', () => {
    const rule = { kind: 'free', presence: { date: 'mostWorked' } };
    const { days } = answer({
      rule,
      punches: on(D, '22:00', '02:00+1'),
      period: { from: D, to: '2026-03-03' },
    });
    expect(days.map((it) => it.workedSeconds / HOUR)).toEqual([4, 0]);
  });
});

describe('punches', () => {
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

  test('a site that was deleted is nowhere', () => {
    const punch: Punch = {
      id: 'p',
      at: 0,
      method: 'face',
      direction: null,
      terminalId: null,
      siteId: null,
      position: { latitude: 1, longitude: 1 },
      bssid: null,
      liveness: null,
      clock: 'synced',
      uncertaintySeconds: 0,
      voided: false,
      eventId: null,
    };
    const rule = { siteIds: new Set(['gone']), outOfRange: 'exception' } as const;
    expect(judgePlace(punch, rule, new Map())).toEqual({ inside: false, distanceMeters: null });
  });
});

describe('forms', () => {
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

  test('nobody without a rule makes up for anything', () => {
    const approvals = [{ kind: 'makeup', state: 'pending', date: D, duty: 'on', at: `${D}T09:00` }];
    expect(answer({ rules: [], approvals }).makeups[0]?.reason?.code).toBe('notAllowed');
  });
});

describe('a manager’s word', () => {
  test('may say when somebody was there', () => {
    const spans = [{ from: `${D}T10:00`, to: `${D}T12:00` }];
    const it = day({ rule: NINE_TO_SIX, overrides: [{ date: D, spans, attendance: 'half' }] });
    expect(it).toMatchObject({ attendance: 'half', workedSeconds: 2 * HOUR, exceptions: [] });
  });

  test('may make an absence of a day', () => {
    const it = day({
      rule: NINE_TO_SIX,
      punches: on(D, '09:00', '18:00'),
      overrides: [{ date: D, attendance: 'absent' }],
    });
    expect(it.exceptions).toEqual([{ kind: 'absent', count: 1, minutes: 540 }]);
  });
});

describe('events', () => {
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

describe('figures', () => {
  test('an adjustment knows figures that vanished as well', () => {
    expect(adjustmentsOf(1, { worked: 60 }, {})).toEqual([
      { date: 1, column: 'worked', locked: 60, now: 0, difference: -60 },
    ]);
  });

  test('a duration that lies on a mark stays there', () => {
    const rounding = { worked: { mode: 'up', unitMinutes: 30 } };
    const it = day({ rule: { kind: 'free', rounding }, punches: on(D, '09:00', '10:30') });
    expect(it.workedSeconds).toBe(1.5 * HOUR);
  });

  test('rules of one rank and one date are chosen by name', () => {
    const rules = ['z', 'a', 'm'].map((id) => ({ ...NINE_TO_SIX, id }));
    expect(day({ rules }).rule).toBe('a');
  });

  test('a document without any rule or person is answered', () => {
    expect(day({}).outcome.code).toBe('noRule');
  });

  test('sites are refused by their place in several rules', () => {
    const rules = [NINE_TO_SIX, { ...NINE_TO_SIX, id: 'b', place: { sites: ['x'] } }];
    const computed = computeDocument({ zone: 'UTC', period: { from: D, to: D }, rules });
    expect(computed.ok ? [] : computed.failure.map(({ path }) => path)).toEqual([
      'rules[1].place.sites',
    ]);
  });

  test('employment begins on its first day', () => {
    const codes = [D, '2026-03-03'].map(
      (activeFrom) => day({ rule: NINE_TO_SIX, people: [{ id: 'x', activeFrom }] }).outcome.code,
    );
    expect(codes).toEqual(['absent', 'inactive']);
  });
});
