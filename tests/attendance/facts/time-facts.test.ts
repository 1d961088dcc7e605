import { describe, expect, test } from 'vitest';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { zoneClock } from '#domain/attendance/time/zone-clock';
import {
  answer,
  BY_PUNCHES,
  BY_QUANTITY,
  D,
  day,
  HOUR,
  MORNING,
  OFFICE,
  on,
} from '#tests/attendance/facts/fact-bench';

// Goal: agree with what other systems' own tests state. Method: each fact of facts.json about hours,
// overtime, nights and rounding is put as a document and asked for its numbers.

const SATURDAY = '2026-03-07';
const ago = (minutes: number): string =>
  Temporal.PlainDateTime.from(`${D}T18:00`).subtract({ minutes }).toString();

const split = { ...OFFICE, ...BY_QUANTITY, presence: { date: 'midnight' } };

const hours = (document: Readonly<Record<string, unknown>>): number =>
  day(document).overtime.seconds / HOUR;

const form = (from: string, to: string): unknown => ({
  kind: 'overtime',
  from: `${D}T${from}`,
  to: `${D}T${to}`,
});

const said = (out: string): unknown[] => [
  ...['08:00', '19:00', '21:00'].map((t) => ({ at: `${D}T${t}`, direction: 'in' })),
  ...['19:00', '20:00', out].map((t) => ({ at: `${D}T${t}`, direction: 'out' })),
];

const balance = (times: readonly string[], more: object = {}): number =>
  day({ rule: { ...OFFICE, ...more }, punches: on(D, ...times) }).balanceSeconds / 60;

const splitHours = (...times: string[]): number[] =>
  answer({
    zone: 'Europe/Brussels',
    rule: split,
    period: { from: '2026-03-06', to: SATURDAY },
    punches: on('2026-03-06', ...times),
  }).days.map((it) => it.overtime.seconds / HOUR);

describe('pairs', () => {
  const rule = { kind: 'free' };
  const five = [390, 300, 270, 90, 0].map(ago);
  const pairs = { ...rule, presence: { pairing: 'pairs' } };
  const stated = { ...rule, presence: { pairing: 'pairs', direction: 'stated' } };

  test('V028 first in to last out', () => {
    expect(day({ rule, punches: five }).workedSeconds).toBe(6.5 * HOUR);
  });

  test('V029 every pair, the odd last punch counts for nothing', () => {
    expect(day({ rule: pairs, punches: five }).workedSeconds).toBe(4.5 * HOUR);
  });

  test('V032 stated directions', () => {
    const punches = [
      { at: ago(360), direction: 'in' },
      { at: ago(60), direction: 'out' },
    ];
    expect(day({ rule: stated, punches }).workedSeconds).toBe(5 * HOUR);
  });
});

describe('overtime', () => {
  const timed = { ...OFFICE, ...BY_PUNCHES };
  const weighed = { ...OFFICE, ...BY_QUANTITY };

  test('V002 小张: ten hours on a non-working day, approved', () => {
    const it = day({
      rule: OFFICE,
      period: { from: SATURDAY, to: SATURDAY },
      punches: on(SATURDAY, '08:00', '18:00'),
      approvals: [{ kind: 'overtime', from: `${SATURDAY}T08:00`, to: `${SATURDAY}T18:00` }],
    });
    expect(it.overtime).toMatchObject({ code: 1, seconds: 10 * HOUR });
    expect(it.outcome['zh-CN']).toBe('加班正常');
  });

  test('V050 six hours worked in a shift of four', () => {
    const rule = { ...MORNING, ...BY_PUNCHES };
    const it = day({ rule, punches: on(D, '07:00', '13:00') });
    expect(it).toMatchObject({ workedSeconds: 6 * HOUR, standardSeconds: 4 * HOUR });
    expect(it.overtime.seconds).toBe(2 * HOUR);
  });

  test('V051 three hours by punches; with approval needed, none before it and three after', () => {
    const punches = on(D, '08:00', '20:00');
    expect(hours({ rule: timed, punches })).toBe(3);
    expect(hours({ rule: OFFICE, punches })).toBe(0);
    expect(hours({ rule: OFFICE, punches, approvals: [form('17:00', '20:00')] })).toBe(3);
  });

  test.each([
    ['V053', ['08:00', '12:00', '13:00', '18:00'], 1],
    ['V058 open', ['08:00'], 0],
    ['V058 closed', ['08:00', '20:00'], 3],
    ['V062', ['08:00', '21:00'], 4],
    ['V072 no holiday', ['08:00', '17:00'], 0],
  ])('%s', (_id, times, expected) => {
    expect(hours({ rule: timed, punches: on(D, ...times) })).toBe(expected);
  });

  test('V055 a Saturday and an early Monday', () => {
    const document = {
      rule: timed,
      period: { from: SATURDAY, to: '2026-03-09' },
      punches: [...on(SATURDAY, '08:00', '19:00'), ...on('2026-03-09', '07:00', '17:00')],
    };
    const total = (punches: readonly string[]): number =>
      answer({ ...document, punches }).days.reduce((sum, it) => sum + it.overtime.seconds, 0);
    expect(total(document.punches)).toBe(12 * HOUR);
    expect(total(document.punches.slice(2))).toBe(HOUR);
  });

  test('V059 five minutes at either end do not reach ten', () => {
    const workday = { source: 'punches', minMinutes: 10 };
    const punches = on(D, '07:55', '12:00', '13:00', '17:05');
    expect(hours({ rule: { ...OFFICE, overtime: { workday } }, punches })).toBe(0);
  });

  test.each([
    ['V061', ['08:00', '17:00'], 0],
    ['V061', ['07:00', '16:00'], 0],
    ['V061', ['09:00', '18:00'], 0],
  ])('%s by quantity %j', (_id, times, expected) => {
    expect(hours({ rule: weighed, punches: on(D, ...times) })).toBe(expected);
  });

  test('V063 pauses after work are no overtime', () => {
    expect(hours({ rule: timed, punches: said('23:00') })).toBe(5);
    expect(hours({ rule: timed, punches: said('22:30') })).toBe(4.5);
    const pairs = { ...timed, presence: { pairing: 'pairs' } };
    const it = day({ rule: pairs, punches: said('23:00') });
    expect(it.overtime.spans).toHaveLength(2);
    expect(it.overtime.seconds).toBe(5 * HOUR);
  });

  test('V067 a flexible day of eight hours, by quantity', () => {
    const rule = { kind: 'free', free: { requiredMinutes: 480 }, ...BY_QUANTITY };
    const of = (...times: string[]): number => hours({ rule, punches: on(D, ...times) });
    expect([of('08:00', '16:00'), of('12:00', '18:00'), of('10:00', '22:00')]).toEqual([0, 0, 4]);
  });

  test('V068 no hours at all: no overtime either', () => {
    const rule = { kind: 'free', ...BY_PUNCHES };
    const punches = [...on(D, '08:00', '16:00'), ...on(D, '16:00:30', '09:00+1')];
    const { days } = answer({ rule, punches, period: { from: D, to: '2026-03-03' } });
    expect(days.map((it) => it.overtime.seconds)).toEqual([0, 0]);
  });

  test('V070 hours that are always overtime', () => {
    const workday = { source: 'punches', always: [{ from: '14:00', to: '15:00' }] };
    const it = day({
      rule: { ...OFFICE, overtime: { workday } },
      punches: on(D, '07:00', '16:00'),
    });
    const walls = it.overtime.spans.map(({ from, to }) => [from.slice(11, 16), to.slice(11, 16)]);
    expect(walls).toEqual([
      ['07:00', '08:00'],
      ['14:00', '15:00'],
    ]);
  });

  test('V072 lunch is not deducted on a holiday', () => {
    const calendar = { publishedYears: [2026], days: [{ date: D, kind: 'holiday' }] };
    expect(hours({ rule: timed, calendar, punches: on(D, '08:00', '17:00') })).toBe(9);
  });

  test('V073 an overtime window from 14:00 past midnight', () => {
    const workday = { source: 'punches', always: [{ from: '14:00', to: '29:00' }] };
    const it = day({
      rule: { ...OFFICE, overtime: { workday } },
      punches: on(D, '08:00', '18:00'),
    });
    expect([it.workedSeconds / HOUR, it.overtime.seconds / HOUR]).toEqual([9, 4]);
  });

  test('V128 a meal deducted by itself, and what lies beyond eight hours', () => {
    const rule = {
      kind: 'free',
      free: { requiredMinutes: 480 },
      autoRest: [{ reachedMinutes: 360, restMinutes: 60 }],
      ...BY_QUANTITY,
    };
    const it = day({ rule, punches: on(D, '08:00', '17:30') });
    expect(it).toMatchObject({ presenceSeconds: 9.5 * HOUR, restSeconds: HOUR });
    expect(it.overtime.seconds).toBe(0.5 * HOUR);
  });
});

describe('balance', () => {
  test('V076 four hours instead of eight', () => {
    expect(balance(['09:00', '14:00'])).toBe(-240);
  });

  test('V078 ten minutes, tolerated or not', () => {
    const times = ['08:05', '12:00', '13:00', '16:55'];
    expect(balance(times, { balanceToleranceMinutes: 10 })).toBe(0);
    expect(balance(times, { balanceToleranceMinutes: 4 })).toBe(-10);
  });

  test.each([
    ['V064', '2024-05-28T13:30:00Z', 5],
    ['V080', '2024-05-28T04:30:00Z', -3],
  ])('%s the date is that of the zone', (_id, out, expected) => {
    const it = day({
      zone: 'Europe/Brussels',
      rule: { ...OFFICE, ...BY_QUANTITY, presence: { date: 'midnight' } },
      period: { from: '2024-05-28', to: '2024-05-28' },
      punches: ['2024-05-27T23:30:00Z', out],
    });
    expect(it.balanceSeconds / HOUR).toBe(expected);
    expect(it.overtime.seconds / HOUR).toBe(Math.max(0, expected));
  });
});

describe('nights', () => {
  test('V069 cut at midnight: six hours and four', () => {
    const { days } = answer({
      zone: 'Europe/Brussels',
      rule: split,
      period: { from: D, to: '2026-03-03' },
      punches: on(D, '09:00', '13:00+1'),
    });
    expect(days.map((it) => it.overtime.seconds / HOUR)).toEqual([6, 4]);
  });

  test('V079 Friday into Saturday: ten hours in two parts', () => {
    expect(splitHours('09:00', '04:00+1')).toEqual([6, 4]);
    expect(splitHours('09:00', '21:00')).toEqual([3, 0]);
  });

  test('V081 diverges: a night stays on the date it begins on', () => {
    const { days } = answer({
      zone: 'Europe/Brussels',
      rule: { kind: 'free', free: { dayBoundary: '06:00' } },
      period: { from: '2025-11-04', to: '2025-11-05' },
      punches: ['2025-11-04T20:00:00Z', '2025-11-05T04:00:00Z'],
    });
    expect(days.map((it) => it.workedSeconds / HOUR)).toEqual([8, 0]);
  });

  test.each([
    ['V089', ['23:00', '02:00+1'], 3],
    ['V090', ['09:00', '17:00'], 0],
  ])('%s', (_id, times, expected) => {
    const rule = { kind: 'free', free: { dayBoundary: '06:00' } };
    expect(day({ zone: 'UTC', rule, punches: on(D, ...times) }).nightSeconds).toBe(expected * HOUR);
  });
});

describe('zones and clock changes', () => {
  test('V082 the break is deducted in the zone of the schedule', () => {
    const rule = {
      sections: [{ on: '09:00', off: '17:00', rests: [{ from: '12:00', to: '13:00' }] }],
    };
    for (const zone of ['UTC', 'Asia/Tokyo', 'Pacific/Honolulu', 'America/Mexico_City']) {
      const punches = on(D, '09:00', '18:00');
      expect(day({ zone, rule, punches }).workedSeconds).toBe(8 * HOUR);
    }
  });

  test('V083 a schedule without a break deducts nothing', () => {
    const rule = { sections: [{ on: '09:00', off: '16:00' }] };
    const it = day({ zone: 'Asia/Tokyo', rule, punches: on(D, '09:00', '18:00') });
    expect(it.workedSeconds).toBe(9 * HOUR);
  });

  test('V119 a range is cut at the midnight of its zone', () => {
    const { days } = answer({
      zone: 'America/Vancouver',
      rule: { kind: 'free', presence: { date: 'midnight' } },
      period: { from: '2016-03-13', to: '2016-03-14' },
      punches: ['2016-03-13T08:00', '2016-03-14T20:00'],
    });
    const parts = days.map((it) =>
      it.presence.map(({ from, to }) => [from.slice(5, 16), to.slice(5, 16)]),
    );
    expect(parts).toEqual([[['03-13T08:00', '03-14T00:00']], [['03-14T00:00', '03-14T20:00']]]);
  });

  test('V120 02:00 that does not exist is 03:00', () => {
    const clock = zoneClock('America/Vancouver');
    const eve = dayNumberOf('2016-03-12');
    const wall = (second: number): number => clock.wallOf(clock.at(eve, second)).second / HOUR;
    expect([wall(23 * HOUR), wall(24 * HOUR), wall(26 * HOUR)]).toEqual([23, 0, 3]);
  });
});
