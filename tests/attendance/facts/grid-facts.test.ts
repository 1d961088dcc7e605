import { describe, expect, test } from 'vitest';
import { roundingOf } from '#contracts/attendance/rule-mapper';
import { roundTo } from '#domain/attendance/time/rounding';
import { D, day, HOUR, on } from '#tests/attendance/facts/fact-bench';

// Goal: agree on grids, meals and open ends with what other systems' own tests state.

const drawn = (rounding: object, begin: string, end: string): unknown => {
  const it = day({ rule: { kind: 'free', rounding }, punches: on(D, begin, end) });
  const [span] = it.presence;
  return [span?.from.slice(11, 19), span?.to.slice(11, 19), it.workedSeconds];
};

const grid = (mode: string, unitMinutes: number): object => ({ mode, unitMinutes });

const secondsOf = (time: string): number => {
  const [h = 0, m = 0, s = 0] = time.split(':').map(Number);
  return h * 3600 + m * 60 + s;
};

describe('grids', () => {
  test.each([
    [
      'V096',
      { on: grid('down', 15), off: grid('up', 15) },
      ['12:17:35', '13:32:52'],
      ['12:15:00', '13:45:00', 5400],
    ],
    [
      'V097',
      { on: grid('down', 1), off: grid('up', 1) },
      ['12:17:35', '13:32:52'],
      ['12:17:00', '13:33:00', 4560],
    ],
    [
      'V099',
      { off: grid('up', 1), worked: grid('up', 30) },
      ['12:27:35', '14:32:52'],
      ['12:27:35', '14:33:00', 9000],
    ],
    [
      'V102',
      { on: grid('up', 1), off: grid('up', 1) },
      ['12:17:35', '13:32:52'],
      ['12:18:00', '13:33:00', 4500],
    ],
    [
      'V108',
      { off: grid('nearest', 1), worked: grid('nearest', 30) },
      ['12:27:35', '14:32:52'],
      ['12:27:35', '14:33:00', 7200],
    ],
  ])('%s', (_id, rounding, [begin = '', end = ''], expected) => {
    expect(drawn(rounding, begin, end)).toEqual(expected);
  });

  test.each([
    ['V109', { mode: 'down', unitMinutes: 15 }, '08:06:00', '08:00:00'],
    ['V110', { mode: 'down', unitMinutes: 15, graceMinutes: 3 }, '16:58:00', '17:00:00'],
    ['V110', { mode: 'down', unitMinutes: 15, graceMinutes: 3 }, '16:56:00', '16:45:00'],
    ['V110', { mode: 'down', unitMinutes: 15, graceMinutes: 3 }, '17:11:00', '17:00:00'],
    ['V111', { mode: 'nearest', unitMinutes: 15 }, '08:07:29', '08:00:00'],
    ['V111', { mode: 'nearest', unitMinutes: 15 }, '08:07:30', '08:15:00'],
    ['V111', { mode: 'nearest', unitMinutes: 15 }, '08:08:01', '08:15:00'],
    ['V112', { mode: 'nearest', unitMinutes: 5 }, '08:07:29', '08:05:00'],
    ['V112', { mode: 'nearest', unitMinutes: 5 }, '08:07:30', '08:10:00'],
    ['V113', { mode: 'nearest', unitMinutes: 1 }, '08:00:29', '08:00:00'],
    ['V113', { mode: 'nearest', unitMinutes: 1 }, '08:00:30', '08:01:00'],
    ['V114', { mode: 'nearestPartialDown', unitMinutes: 15 }, '17:07:59', '17:00:00'],
    ['V114', { mode: 'nearestPartialDown', unitMinutes: 15 }, '17:08:00', '17:15:00'],
    ['V115', { mode: 'nearestPartialUp', unitMinutes: 15 }, '08:06:59', '08:00:00'],
    ['V115', { mode: 'nearestPartialUp', unitMinutes: 15 }, '08:07:00', '08:15:00'],
  ] as const)('%s %j %s', (_id, text, from, to) => {
    expect(roundTo(secondsOf(from), roundingOf(text))).toBe(secondsOf(to));
  });

  test('V129 drawn to ten minutes nobody is late or early', () => {
    const ten = { mode: 'nearest', unitMinutes: 10, cutoffMinutes: 5 };
    const it = day({
      rule: { sections: [{ on: '08:00', off: '18:00' }], rounding: { on: ten, off: ten } },
      punches: on(D, '08:02', '17:55'),
    });
    expect(it.exceptions).toEqual([]);
    expect(it.presence[0]).toMatchObject({
      from: `${D}T08:00:00+08:00`,
      to: `${D}T18:00:00+08:00`,
    });
  });

  test('V130 what was not taken of a meal is deducted', () => {
    const it = day({
      rule: {
        kind: 'free',
        presence: { pairing: 'pairs' },
        meal: { from: '11:00', to: '13:00', restMinutes: 60 },
      },
      punches: on(D, '08:00', '11:30', '12:15', '17:00'),
    });
    expect(it.restSeconds).toBe(15 * 60);
  });

  test('V066 an open on is closed by the standard of its week', () => {
    const wide = { onWindow: { from: '05:00', to: '16:59' } };
    const rule = {
      week: [
        { days: [3], weeks: 'odd', sections: [{ on: '13:00', off: '17:00', ...wide }] },
        {
          days: [3],
          weeks: 'even',
          sections: [
            { on: '08:00', off: '12:00' },
            { on: '13:00', off: '17:00' },
          ],
        },
      ],
      presence: { unclosed: 'standard' },
    };
    const closing = (date: string): unknown => {
      const it = day({ rule, period: { from: date, to: date }, punches: on(date, '08:00') });
      return [it.presence.at(-1)?.to.slice(11, 16), it.workedSeconds / HOUR];
    };
    expect(closing('2026-03-11')).toEqual(['12:00', 4]);
    expect(closing('2026-03-04')).toEqual(['17:00', 8]);
  });
});
