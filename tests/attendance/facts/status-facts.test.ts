import { describe, expect, test } from 'vitest';
import { clustersOf } from '#domain/attendance/match/match';
import { isInScope } from '#domain/attendance/scope/scope';
import {
  answer,
  D,
  day,
  HOUR,
  MORNING,
  on,
  refusedPaths,
} from '#tests/attendance/facts/fact-bench';

// Goal: agree with what other systems' own tests state. Method: each fact of facts.json about statuses,
// windows, dates and places is put as a document and asked for its numbers.

const leave = (from: string, to: string): unknown => ({
  kind: 'leave',
  from: `${D}T${from}`,
  to: `${D}T${to}`,
});
const NINE_TO_SIX = {
  sections: [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }],
};

const isFilled = (time: string): boolean =>
  day({ rule: MORNING, punches: on(D, time) }).duties.some((duty) => duty.punchId !== null);

const hoursOf = (date: string): number =>
  day({ zone: 'America/Santiago', rule: MORNING, period: { from: date, to: date } })
    .dayLengthSeconds / HOUR;

const fence = (center: number[], radiusMeters: number, at: number[]): unknown => {
  const [latitude, longitude] = center;
  const [north, east] = at;
  const it = day({
    sites: [{ id: 's', position: { latitude, longitude }, radiusMeters }],
    rule: { ...MORNING, place: { sites: ['s'] } },
    punches: [{ at: `${D}T08:00`, position: { latitude: north, longitude: east } }],
  });
  return it.punches[0];
};

describe('calibration', () => {
  test('V001 小王: two hours early and two hours of leave are a normal day', () => {
    const it = day({
      rule: NINE_TO_SIX,
      punches: on(D, '08:55', '16:00'),
      approvals: [leave('16:00', '18:00')],
    });
    expect(it.rawExceptions).toEqual([{ kind: 'early', count: 1, minutes: 120 }]);
    expect(it.outcome['zh-CN']).toBe('正常');
  });

  test('V005 leave over on and off: normal with any punches or none', () => {
    for (const punches of [[], on(D, '10:00'), on(D, '11:00', '13:30')]) {
      const it = day({ rule: NINE_TO_SIX, punches, approvals: [leave('08:00', '19:00')] });
      expect(it.outcome.code).toBe('normal');
    }
  });

  test('V006 leave in the middle: both punches are needed', () => {
    const approvals = [leave('14:00', '15:00')];
    const both = { rule: NINE_TO_SIX, approvals, punches: on(D, '09:00', '18:00') };
    expect(day(both).outcome.code).toBe('normal');
    expect(day({ ...both, punches: on(D, '09:00') }).outcome.code).toBe('missing');
  });

  test('V009 leave at the start: a punch on return and one at the end', () => {
    const punches = on(D, '11:00', '18:00');
    const it = day({ rule: NINE_TO_SIX, punches, approvals: [leave('09:00', '11:00')] });
    expect(it.outcome.code).toBe('normal');
  });
});

describe('absence', () => {
  test('V004 a month: absence lasts as long as the standard of the absent days', () => {
    const long = [{ on: '08:00', off: '12:01' }];
    const official = [{ on: '10:46', off: '10:48' }];
    const rule = {
      week: [
        { days: [1], sections: official },
        { days: [2, 3], sections: long },
      ],
    };
    const month = answer({
      rule,
      period: { from: D, to: '2026-03-04' },
      punches: on(D, '10:47:07', '10:47:38'),
    }).months[0];
    expect(month).toMatchObject({
      workDays: 3,
      exceptionDays: 3,
      regularSeconds: 31,
      standardSeconds: 120 + 28_920,
    });
    expect(month?.exceptions).toEqual([
      { kind: 'absent', count: 2, minutes: 28_920 / 60 },
      { kind: 'early', count: 1, minutes: 1 },
      { kind: 'late', count: 1, minutes: 1 },
    ]);
  });

  test('V019 five days without punches are absent, today is undecided', () => {
    const { days } = answer({
      rule: { ...MORNING, week: undefined },
      period: { from: '2026-03-09', to: '2026-03-13' },
      asOf: '2026-03-13T10:00',
      watermarks: [{ terminal: 't', through: '2026-03-13T10:00' }],
    });
    const states = days.map((each) => each.attendance);
    expect(states).toEqual(['absent', 'absent', 'absent', 'absent', 'undecided']);
  });

  test('V022 punched in full, synced an hour after the shift', () => {
    const it = day({
      rule: {
        sections: [{ on: '15:00', off: '23:30' }],
        windows: { beforeOnMinutes: 60, afterOffMinutes: 60 },
      },
      punches: on(D, '15:00', '23:30'),
      asOf: '2026-03-03T01:00',
      watermarks: [{ terminal: 't', through: '2026-03-03T01:00' }],
    });
    expect(it).toMatchObject({ attendance: 'present', state: 'provisional' });
  });

  test('V023 a weekly day off without punches is nothing', () => {
    const it = day({ rule: MORNING, period: { from: '2026-03-01', to: '2026-03-01' } });
    expect(it).toMatchObject({ attendance: 'none', exceptions: [] });
  });

  test('V025 somebody who is not employed is not absent', () => {
    const it = day({ rule: MORNING, people: [{ id: 'x', activeTo: '2026-03-01' }] });
    expect(it).toMatchObject({ attendance: 'none', exceptions: [] });
  });
});

describe('status', () => {
  test('V010 on time at both ends: present for four hours', () => {
    const it = day({ rule: MORNING, punches: on(D, '08:00', '12:00') });
    expect(it).toMatchObject({ attendance: 'present', workedSeconds: 4 * HOUR });
  });

  test('V012 beyond an hour of grace at either end: late and early, and present', () => {
    const it = day({
      rule: { ...MORNING, tolerance: { lateMinutes: 60, earlyMinutes: 60 } },
      punches: on(D, '09:30', '10:30'),
    });
    expect(it.exceptions.map(({ kind }) => kind)).toEqual(['late', 'early']);
    expect(it.attendance).toBe('present');
  });

  test.each([
    ['V013', '09:30', { halfDayBelowMinutes: 120 }, ['half', 1.5]],
    ['V016', '08:45', { halfDayBelowMinutes: 120, absentBelowMinutes: 60 }, ['absent', 0.75]],
  ])('%s a day too short until %s', (_id, off, thresholds, expected) => {
    const it = day({ rule: { ...MORNING, thresholds }, punches: on(D, '08:00', off) });
    expect([it.attendance, it.workedSeconds / HOUR]).toEqual(expected);
  });

  test('V017 punched on a holiday: present, and a candidate for overtime', () => {
    const it = day({
      rule: MORNING,
      calendar: { publishedYears: [2026], days: [{ date: D, kind: 'holiday' }] },
      punches: on(D, '08:00', '12:00'),
    });
    expect(it).toMatchObject({
      attendance: 'present',
      overtime: { class: 'holiday', seconds: 0, candidateSeconds: 4 * HOUR },
    });
  });

  test('V024 the roster beats the default shift', () => {
    const rule = {
      kind: 'shift',
      defaultShift: 'default',
      shifts: [
        { id: 'default', sections: MORNING.sections },
        { id: 'other', sections: [{ on: '08:00', off: '10:00' }] },
      ],
    };
    const it = day({
      rule,
      roster: [{ date: D, shift: 'other' }],
      punches: on(D, '08:00', '10:00'),
    });
    expect(it).toMatchObject({ shift: 'other', attendance: 'present', exceptions: [] });
  });

  test('V027 a manager’s word lies over the calculation, punches are kept', () => {
    const it = day({
      rule: MORNING,
      punches: on(D, '09:00', '11:00'),
      overrides: [{ date: D, attendance: 'present', reason: 'meeting outside' }],
    });
    expect(it).toMatchObject({ attendance: 'present', exceptions: [] });
    expect(it.rawExceptions).toHaveLength(2);
    expect(it.punches).toHaveLength(2);
  });
});

describe('windows and dates', () => {
  test('V011 a shift at 00:30 whose window opens on the eve keeps its date', () => {
    const rule = { ...MORNING, sections: [{ on: '00:30', off: '10:00' }] };
    const it = day({ rule, punches: on(D, '00:30', '10:00') });
    expect(it).toMatchObject({ date: D, attendance: 'present', exceptions: [] });
  });

  test('V035 V036 the window holds its last minute and not the next', () => {
    expect(isFilled('13:00')).toBe(true);
    expect(isFilled('13:01')).toBe(false);
  });

  test.each([
    ['V037', { on: '23:00', off: '25:00' }, 60, ['23:00', '01:30+1']],
    ['V038', { on: '23:00', off: '31:00' }, 60, ['23:00', '07:00+1']],
    ['V042', { on: '15:00', off: '23:00' }, 120, ['14:00', '01:00+1']],
    ['V043', { on: '00:30', off: '10:00' }, 60, ['23:30+-1', '11:00']],
  ])('%s both punches belong to the date of the on', (_id, section, afterOffMinutes, times) => {
    const rule = {
      kind: 'shift',
      shifts: [{ id: 's', sections: [section] }],
      windows: { beforeOnMinutes: 60, afterOffMinutes },
    };
    const it = day({ rule, roster: [{ date: D, shift: 's' }], punches: on(D, ...times) });
    expect(it.duties.map((duty) => duty.punchId === null)).toEqual([false, false]);
  });

  test('V044 diverges: neighbours share the break, and order decides', () => {
    const rule = { ...MORNING, sections: [...MORNING.sections, { on: '12:30', off: '16:30' }] };
    const punches = on(D, '07:55', '12:00', '12:01', '12:30', '16:30');
    const [, off1, on2] = day({ rule, punches }).duties;
    expect([off1?.punchedAt, on2?.punchedAt]).toEqual([
      `${D}T12:00:00+08:00`,
      `${D}T12:30:00+08:00`,
    ]);
    expect(clustersOf([])).toEqual([]);
  });

  test('V084 a later version of the rule in another zone re-dates nothing', () => {
    const rule = { id: 'r', zone: 'Asia/Tokyo', sections: [{ on: '07:00', off: '15:00' }] };
    const document = {
      zone: 'Asia/Tokyo',
      period: { from: '2026-09-08', to: '2026-09-08' },
      punches: ['2026-09-07T22:00:00Z', '2026-09-08T06:00:00Z'],
    };
    const later = { ...rule, zone: 'Pacific/Honolulu', effectiveFrom: '2026-09-12' };
    const before = day({ ...document, rules: [rule] });
    expect(day({ ...document, rules: [rule, later] })).toEqual(before);
    expect(before).toMatchObject({ date: '2026-09-08', workedSeconds: 8 * HOUR });
  });

  test('V085 V086 a day of 25 hours, and an ordinary one', () => {
    expect(hoursOf('2026-04-04')).toBe(25);
    expect(hoursOf('2026-04-06')).toBe(24);
  });

  test('V121 V122 a free shift is booked where most of it lies', () => {
    const rule = { kind: 'free', presence: { date: 'mostWorked' } };
    const hours = (date: string, punches: readonly string[]): number =>
      day({ rule, punches, period: { from: date, to: date } }).workedSeconds / HOUR;
    const late = on(D, '18:00', '01:00+1');
    const night = on(D, '23:00', '06:00+1');
    expect([hours(D, late), hours('2026-03-03', late)]).toEqual([7, 0]);
    expect([hours(D, night), hours('2026-03-03', night)]).toEqual([0, 7]);
  });
});

describe('places, records and scope', () => {
  test('V045 150 metres away, inside 500', () => {
    expect(fence([24, 72], 500, [24.001, 72.001])).toMatchObject({
      distanceMeters: 151,
      flags: [],
    });
  });

  test('V047 1500 metres away, inside 2000', () => {
    expect(fence([25, 75], 2000, [25.01, 75.01])).toMatchObject({
      distanceMeters: 1501,
      flags: [],
    });
  });

  test('V049 diverges: an open period is computed anew, so the punch moves', () => {
    const shifts = [
      { id: 'a', sections: [{ on: '08:00', off: '12:00' }] },
      { id: 'b', sections: [{ on: '12:30', off: '16:30' }] },
    ];
    const rule = { kind: 'shift', shifts };
    const filled = (shift: string): readonly string[] =>
      day({ rule, roster: [{ date: D, shift }], punches: on(D, '12:30') }).duties.flatMap((duty) =>
        duty.punchId === null ? [] : [duty.kind],
      );
    expect([filled('a'), filled('b')]).toEqual([['off'], ['on']]);
  });

  test('V091 a record that ends before it begins is refused', () => {
    const spans = [{ from: `${D}T12:00`, to: `${D}T11:00` }];
    expect(refusedPaths({ rule: MORNING, overrides: [{ date: D, spans }] })).toEqual([
      'overrides[0].spans[0].to',
    ]);
  });

  test('V093 records that overlap are refused; punches never are', () => {
    const spans = [
      { from: `${D}T07:30`, to: `${D}T09:00` },
      { from: `${D}T08:30`, to: `${D}T09:30` },
    ];
    expect(refusedPaths({ rule: MORNING, overrides: [{ date: D, spans }] })).toEqual([
      'overrides[0].spans[1]',
    ]);
  });

  test('V092 diverges: a second in is accepted, matching decides', () => {
    const punches = on(D, '10:00', '11:00').map((at) => ({ at, direction: 'in' }));
    const it = day({ rule: MORNING, punches });
    expect(it.punches.every((punch) => punch.lapse === null)).toBe(true);
    expect(it.exceptions.map(({ kind }) => kind)).toContain('missing');
  });

  test('V095 diverges: an open on is worth nothing, unless the rule closes it', () => {
    const open = { rule: { ...MORNING, sections: [{ on: '09:00', off: '23:00' }] } };
    const punches = on(D, '09:00');
    expect(day({ ...open, punches }).workedSeconds).toBe(0);
    const rule = { ...open.rule, presence: { unclosed: { minutes: 600 } } };
    expect(day({ rule, punches }).workedSeconds).toBe(10 * HOUR);
  });

  test('V094 a manager sees whom they manage', () => {
    const scope = { people: new Set(['A']), departments: new Set<string>() };
    const visible = ['A', 'B'].filter((id) => isInScope({ id, departments: ['dev'] }, scope));
    expect(visible).toEqual(['A']);
    const dev = { people: new Set<string>(), departments: new Set(['dev']) };
    expect(isInScope({ id: 'B', departments: ['dev'] }, dev)).toBe(true);
  });
});
