import { describe, expect, test } from 'vitest';
import { answer, D, day, HOUR, on } from '#tests/attendance/facts/fact-bench';

// Goal: when somebody was there, where rounding, open ends and midnight meet. Method: days in hours.

type Json = Readonly<Record<string, unknown>>;

const TWO_SECTIONS = {
  sections: [
    { on: '09:00', off: '12:00' },
    { on: '13:00', off: '18:00' },
  ],
};
const there = (document: Json): readonly string[] =>
  day(document).presence.map(({ from, to }) => `${from.slice(11, 16)}–${to.slice(11, 16)}`);
const hoursOn = (dates: readonly string[], document: Json): readonly number[] =>
  dates.map((date) => day({ period: { from: date, to: date }, ...document }).workedSeconds / HOUR);

describe('presence', () => {
  test('each section has its own on and off', () => {
    const punches = on(D, '08:58', '12:05', '12:12', '18:01');
    expect(there({ rule: TWO_SECTIONS, punches })).toEqual(['08:58–12:05', '12:12–18:01']);
  });

  test('an on without an off is closed only if nothing came after it', () => {
    const rule = { ...TWO_SECTIONS, presence: { unclosed: { minutes: 600 } } };
    const whole = [{ at: `${D}T09:00`, direction: 'in' }, ...on(D, '13:00', '18:00')];
    expect(there({ rule, punches: whole })).toEqual(['13:00–18:00']);
    expect(there({ rule, punches: on(D, '09:00', '12:00', '13:00') })).toEqual([
      '09:00–12:00',
      '13:00–20:00',
    ]);
  });

  test('an out that is drawn to a later mark has ended the day', () => {
    const rounding = { off: { mode: 'up', unitMinutes: 30 } };
    const rule = { kind: 'free', rounding, presence: { unclosed: { minutes: 600 } } };
    expect(there({ rule, punches: on(D, '09:00', '17:50') })).toEqual(['09:00–18:00']);
    expect(there({ rule, punches: on(D, '09:00') })).toEqual(['09:00–19:00']);
  });

  test('a stray punch of last week turns no in into an out', () => {
    const rule = { kind: 'free', presence: { date: 'midnight', pairing: 'pairs' } };
    const punches = ['2026-02-20T12:00', ...on(D, '09:00', '18:00')];
    expect(hoursOn([D], { rule, punches })).toEqual([9]);
  });

  test('a shift of more than a day is cut at every midnight', () => {
    const rule = {
      week: [{ days: [0, 1, 2, 3, 4, 5, 6] }],
      kind: 'free',
      presence: { date: 'midnight', pairing: 'pairs' },
    };
    const punches = ['2026-02-28T23:00', '2026-03-02T01:00'];
    const dates = ['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03'];
    expect(hoursOn(dates, { rule, punches })).toEqual([1, 24, 1, 0]);
  });

  test('several pairs make one shift, from the first in to the last out', () => {
    const punches = on(D, '20:00', '23:00', '00:30+1', '04:30+1');
    const booked = (date: string): readonly number[] =>
      hoursOn([D, '2026-03-03'], { rule: { kind: 'free', presence: { date } }, punches });
    expect(booked('started')).toEqual([7, 0]);
    expect(booked('ended')).toEqual([0, 7]);
    expect(booked('mostWorked')).toEqual([0, 7]);
  });

  test('what ends at midnight has ended that day', () => {
    const rule = { kind: 'free', presence: { date: 'ended' } };
    const punches = on(D, '18:00', '00:00+1');
    expect(hoursOn([D, '2026-03-03'], { rule, punches })).toEqual([6, 0]);
  });

  test('make-ups say in and out', () => {
    const rule = { kind: 'free', presence: { pairing: 'pairs', direction: 'stated' } };
    const approvals = ['on 09:00', 'off 17:00'].map((text) => {
      const [duty = '', time = ''] = text.split(' ');
      return { kind: 'makeup', date: D, duty, at: `${D}T${time}` };
    });
    expect(there({ rule, approvals })).toEqual(['09:00–17:00']);
  });
});

const night = (sections: readonly Json[], ...times: readonly string[]): number =>
  day({ rule: { sections }, punches: on(D, ...times) }).nightSeconds / HOUR;

describe('lengths', () => {
  test('rest is owed from the length on that earns it', () => {
    const rule = {
      sections: [{ on: '09:00', off: '18:00' }],
      autoRest: [{ reachedMinutes: 360, restMinutes: 30 }],
    };
    const worked = (off: string): number =>
      day({ rule, punches: on(D, '09:00', off) }).workedSeconds / 60;
    expect([worked('14:59'), worked('15:00')]).toEqual([359, 330]);
  });

  test('all of a free day is payable', () => {
    const its = day({ rule: { kind: 'free' }, punches: on(D, '06:00', '20:00') });
    expect(its.payableSeconds).toBe(14 * HOUR);
  });

  test('a night belongs to whoever is there: last night’s end, tonight, and the next', () => {
    expect(night([{ on: '05:00', off: '13:00' }], '05:00', '13:00')).toBe(1);
    expect(night([{ on: '14:00', off: '23:00' }], '14:00', '23:00')).toBe(1);
    const shifts = [{ id: 'long', sections: [{ on: '23:30', off: '46:30' }] }];
    const its = day({
      rule: { kind: 'shift', shifts },
      roster: [{ date: D, shift: 'long' }],
      punches: on(D, '23:30', '22:30+1'),
    });
    expect(its.nightSeconds / HOUR).toBe(7);
  });
});

describe('which date a punch belongs to', () => {
  const late = {
    kind: 'shift',
    shifts: [
      { id: 'late', sections: [{ on: '14:00', off: '24:00' }] },
      { id: 'day', sections: [{ on: '12:00', off: '20:00' }] },
    ],
  };
  const roster = [
    { date: D, shift: 'late' },
    { date: '2026-03-03', shift: 'day' },
  ];

  test('until the last minute of the windows of the eve, to the eve', () => {
    const punches = on(D, '14:00', '00:00+1', '04:00:59+1', '04:01:00+1');
    const { days } = answer({
      rule: late,
      roster,
      punches,
      period: { from: D, to: '2026-03-03' },
    });
    const times = days.map((its) => its.punches.map(({ at }) => at.slice(11, 19)));
    expect(times).toEqual([['14:00:00', '00:00:00', '04:00:59'], ['04:01:00']]);
  });
});
