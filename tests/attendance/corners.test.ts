import { describe, expect, test } from 'vitest';
import { computeDocument } from '#contracts/attendance/compute-document';
import { questionOf } from '#contracts/attendance/document-mapper';
import { documentShape } from '#contracts/attendance/document-shape';
import { computeDay } from '#domain/attendance/day';
import { figuresOf } from '#domain/attendance/day-figures';
import { adjustmentsOf } from '#domain/attendance/finality/adjustment';
import { timelineOf } from '#domain/attendance/timeline';
import { answer, D, day, HOUR, on } from '#tests/attendance/facts/fact-bench';

// Goal: the corners that no table has a row for, each with the reason it matters.

const NINE_TO_SIX = { sections: [{ on: '09:00', off: '18:00' }] };
const stated = (direction: 'in' | 'out', ...times: readonly string[]): readonly unknown[] =>
  on(D, ...times).map((at) => ({ at, direction }));

const closedHours = (unclosed: object, ...times: readonly string[]): number =>
  day({
    rule: { kind: 'free', presence: { pairing: 'pairs', unclosed } },
    punches: on(D, ...times),
  }).workedSeconds / HOUR;

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

  test('an open end is closed by the rule, a closed one is left alone', () => {
    expect(closedHours({ minutes: 60 }, '09:00')).toBe(1);
    expect(closedHours({ minutes: 180 }, '09:00', '10:00')).toBe(1);
    expect(closedHours({ minutes: 180 }, '09:00', '10:00', '12:00')).toBe(3);
    const out = { at: `${D}T12:00`, direction: 'out' };
    const rule = { kind: 'free', presence: { unclosed: { minutes: 60 } } };
    expect(day({ rule, punches: [out] }).workedSeconds).toBe(0);
  });

  test('what must pass between in and out', () => {
    const rule = { kind: 'free', offAfterOnMinutes: 60 };
    expect(day({ rule, punches: on(D, '09:00', '09:30') }).workedSeconds).toBe(0);
    expect(day({ rule, punches: on(D, '09:00', '10:00') }).workedSeconds).toBe(HOUR);
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

describe('figures', () => {
  test('of a day are what payroll reads', () => {
    const question = questionOf(
      documentShape.parse({
        zone: 'Asia/Shanghai',
        period: { from: D, to: D },
        rule: { ...NINE_TO_SIX, overtime: { workday: { source: 'punches' } } },
        punches: on(D, '09:20', '19:00'),
      }),
    );
    const [person] = question.people;
    if (person === undefined) throw new Error('the document has one person');
    const computed = computeDay(timelineOf(person(), question.world), question.from);
    expect(figuresOf(computed)).toMatchObject({
      standardSeconds: 9 * HOUR,
      workedSeconds: 34_800,
      'overtime.workday.paySeconds': HOUR,
      'overtime.workday.leaveSeconds': 0,
      'late.count': 1,
      'late.seconds': 1200,
    });
    const none = computeDay(timelineOf(person(), { ...question.world, rules: [] }), question.from);
    expect(figuresOf(none)).toMatchObject({ standardSeconds: 0, workedSeconds: 0 });
  });

  test('an adjustment knows figures that vanished as well', () => {
    expect(adjustmentsOf(1, {}, { worked: 60 })).toHaveLength(1);
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

  test('nobody is absent between two employments, and both their edges are worked', () => {
    const spans = [
      ['2026-02-01', D],
      [D, '2026-03-31'],
      ['2026-02-01', '2026-03-01'],
      ['2026-03-03', '2026-03-31'],
    ];
    const codes = spans.map(
      ([from, to]) =>
        day({ rule: NINE_TO_SIX, people: [{ id: 'x', breaks: [{ from, to }] }] }).outcome.code,
    );
    expect(codes).toEqual(['inactive', 'inactive', 'absent', 'absent']);
  });
});
