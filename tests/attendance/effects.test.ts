import { describe, expect, test } from 'vitest';
import type { AnswerDay } from '#contracts/attendance/answer-contract';
import { isInScope } from '#domain/attendance/scope/scope';
import { byCodePoint } from '#domain/attendance/text-order';
import { D, day, on } from '#tests/attendance/facts/fact-bench';

// Goal: of every form of a date it is told whether it acted, what it covered and what it healed; of
// every day, who was seen and what its lines say. Method: days with one thing to find out each.

type Json = Readonly<Record<string, unknown>>;

const NINE_TO_SIX = { sections: [{ on: '09:00', off: '18:00' }] };
const TWO_SECTIONS = {
  sections: [
    { on: '09:00', off: '12:00' },
    { on: '13:00', off: '18:00' },
  ],
};
const form = (kind: string, from: string, to: string, more: Json = {}): Json => ({
  id: kind,
  kind,
  from: `${D}T${from}`,
  to: `${D}T${to}`,
  ...more,
});
const makeup = (duty: string, time: string, more: Json = {}): Json => ({
  id: 'makeup',
  kind: 'makeup',
  date: D,
  duty,
  at: `${D}T${time}`,
  ...more,
});

/** `leave acted 60/60`: covered and healed, in minutes. */
const effects = (its: AnswerDay): readonly string[] =>
  its.approvals.map(
    ({ kind, acted, coveredMinutes, healedMinutes }) =>
      `${kind} ${acted ? 'acted' : 'idle'} ${coveredMinutes}/${healedMinutes}`,
  );

describe('a form', () => {
  test.each<[string, readonly string[], Json, readonly string[]]>([
    [
      'of another time is not of this date',
      ['09:00', '18:00'],
      form('leave', '09:00+1', '10:00+1'),
      [],
    ],
    [
      'heals what was missing',
      ['10:00', '18:00'],
      form('leave', '09:00', '11:00'),
      ['leave acted 120/60'],
    ],
    [
      'that waits heals nothing',
      ['10:00', '18:00'],
      form('leave', '09:00', '11:00', { state: 'pending' }),
      ['leave idle 120/0'],
    ],
    [
      'over a missing on heals the hours that nobody showed',
      ['18:00'],
      form('leave', '09:00', '11:00'),
      ['leave acted 120/120'],
    ],
    [
      'outside the hours covers none of them',
      ['09:00', '18:00'],
      form('leave', '19:00', '20:00'),
      ['leave idle 0/0'],
    ],
    [
      'for overtime covers what was worked of it, and heals nothing',
      ['09:00', '19:00'],
      form('overtime', '17:00', '20:00'),
      ['overtime acted 60/0'],
    ],
    [
      'for overtime heals nothing where somebody left early',
      ['09:00', '16:00'],
      form('overtime', '16:00', '20:00'),
      ['overtime idle 0/0'],
    ],
    [
      'for overtime that waits does not act',
      ['09:00', '19:00'],
      form('overtime', '18:00', '20:00', { state: 'pending' }),
      ['overtime idle 0/0'],
    ],
    [
      'that makes up acts by filling its duty',
      ['09:00'],
      makeup('off', '18:00'),
      ['makeup acted 0/0'],
    ],
    [
      'that makes up for what was there does not act',
      ['08:55', '18:00'],
      makeup('on', '09:00'),
      ['makeup idle 0/0'],
    ],
    [
      'that makes up for another date is not of this one',
      ['09:00', '18:00'],
      makeup('on', '09:00', { date: '2026-03-03', at: '2026-03-03T09:00' }),
      [],
    ],
  ])('%s', (_what, times, approval, told) => {
    const approvals = [{ ...approval, ...moved(approval) }];
    expect(effects(day({ rule: NINE_TO_SIX, punches: on(D, ...times), approvals }))).toEqual(told);
  });

  test('for overtime by quantity acts without a place in the day', () => {
    const rule = { ...NINE_TO_SIX, overtime: { basis: 'quantity' } };
    const approvals = [form('overtime', '18:00', '20:00')];
    const its = day({ rule, punches: on(D, '09:00', '19:00'), approvals });
    expect(effects(its)).toEqual(['overtime acted 0/0']);
  });

  test('heals nothing of a delay that is forgiven anyway', () => {
    const rule = { ...NINE_TO_SIX, tolerance: { lateMinutes: 10, earlyMinutes: 10 } };
    const approvals = [form('leave', '09:00', '10:00'), form('outing', '17:00', '18:00')];
    const its = day({ rule, punches: on(D, '09:08', '17:55'), approvals });
    expect(effects(its)).toEqual(['leave acted 60/0', 'outing acted 60/0']);
  });
});

/** `10:00+1` is a time of the next day. */
const next = (text: unknown): unknown =>
  String(text).endsWith('+1') ? `2026-03-03T${String(text).slice(11, 16)}` : text;

function moved(approval: Json): Json {
  return 'from' in approval ? { from: next(approval['from']), to: next(approval['to']) } : {};
}

const at = (time: string, site: string): Json => ({ at: `${D}T${time}`, site });

describe('a refused attempt', () => {
  const sites = [{ id: 'hq' }, { id: 'far' }];
  const rule = { ...NINE_TO_SIX, place: { sites: ['hq'], outOfRange: 'refuse' } };
  const kinds = (document: Json): unknown =>
    day({ rule, sites, ...document }).exceptions.map(({ kind }) => kind);

  test('is shown with the duty that is left, not with one that was filled', () => {
    const punches = [at('09:00', 'hq'), at('10:00', 'far')];
    expect(kinds({ punches })).toEqual(['missing', 'outside']);
  });

  test('says nothing where forms excuse the duty', () => {
    const punches = [at('09:00', 'hq'), at('12:00', 'hq'), at('17:00', 'far')];
    const approvals = [form('leave', '13:00', '18:00')];
    const document = { rule: { ...rule, ...TWO_SECTIONS }, punches, approvals };
    expect(kinds(document)).toEqual([]);
    expect(kinds({ ...document, approvals: [] })).toContain('outside');
  });
});

const unruledState = (asOf: string): string => day({ rules: [], asOf, watermarks: [] }).state;

describe('who was seen', () => {
  test('punches are refused on days off only', () => {
    const rule = { ...NINE_TO_SIX, offdayPunches: 'refused' };
    const its = day({ rule, punches: on(D, '09:00', '18:00') });
    expect(its).toMatchObject({ attendance: 'present', workedSeconds: 9 * 3600 });
  });

  test.each<[string, Json]>([
    ['a free day', { kind: 'free' }],
    ['a day of hours', { sections: [{ on: '09:00', off: '18:00', required: 'none' }] }],
  ])('whoever is there from the eve to the day after has come, on %s', (_what, rule) => {
    const its = day({
      rule: { ...rule, presence: { pairing: 'pairs', date: 'midnight' } },
      punches: ['2026-03-01T20:00', '2026-03-03T06:00'],
    });
    expect(its).toMatchObject({ attendance: 'present', workedSeconds: 24 * 3600, exceptions: [] });
  });

  test('a free day under a trip is excused, and one under leave in part is not long', () => {
    const rule = { kind: 'free', free: { requiredMinutes: 480 } };
    expect(day({ rule, approvals: [form('trip', '09:00', '18:00')] }).attendance).toBe('excused');
    const strict = { ...rule, thresholds: { absentBelowMinutes: 360 } };
    const its = day({
      rule: strict,
      punches: on(D, '12:00', '15:00'),
      approvals: [form('leave', '09:00', '11:00')],
    });
    expect(its.exceptions).toEqual([{ kind: 'absent', count: 1, minutes: 180 }]);
  });

  test('nothing is owed on a free day off', () => {
    const date = { period: { from: '2026-03-07', to: '2026-03-07' } };
    const its = day({ rule: { kind: 'free', free: { requiredMinutes: 480 } }, ...date });
    expect(its).toMatchObject({ standardSeconds: 0, balanceSeconds: 0, attendance: 'none' });
  });

  test('one punch is enough where nothing is required', () => {
    const rule = { kind: 'free', free: { shortage: 'absent' } };
    expect(day({ rule, punches: on(D, '09:00') })).toMatchObject({
      attendance: 'present',
      exceptions: [],
    });
  });

  test('a day without a rule is open until it is over', () => {
    expect(unruledState(`${D}T23:59:59`)).toBe('open');
    expect(unruledState('2026-03-03T00:00:00')).toBe('provisional');
  });
});

describe('the first line', () => {
  const lines = (document: Json): readonly string[] =>
    day(document).explanation.map(({ code, en }) => `${code}: ${en}`);
  const shifts = {
    kind: 'shift',
    defaultShift: 'a',
    shifts: [{ id: 'a', name: '早班', ...NINE_TO_SIX }],
  };
  const unknownYear = { calendar: { publishedYears: [2025] } };

  test('names the shift, and no shift on a day of rest', () => {
    expect(lines({ rule: shifts })[0]).toBe('day: workday by roster 早班, rule rule');
    const roster = [{ date: D, shift: null }];
    expect(lines({ rule: shifts, roster })[0]).toBe('day: rest day by roster, rule rule');
  });

  test.each<[string, Json]>([
    ['a roster', { rule: shifts }],
    ['a special day', { rule: NINE_TO_SIX, companyDays: [{ date: D, kind: 'workday' }] }],
  ])('%s does not wait for holidays to be published', (_what, document) => {
    const told = lines({ ...document, ...unknownYear });
    expect(told.filter((line) => line.startsWith('calendarUnpublished'))).toEqual([]);
  });
});

test('somebody in several departments is in the scope of each', () => {
  const scope = { people: new Set<string>(), departments: new Set(['dev']) };
  expect(isInScope({ id: 'a', departments: ['ops', 'dev'] }, scope)).toBe(true);
  expect(isInScope({ id: 'a', departments: ['ops'] }, scope)).toBe(false);
  expect(isInScope({ id: 'a', departments: [] }, scope)).toBe(false);
});

test('texts are put in the order of their code points', () => {
  const texts = ['b', 'B', '张', 'a', 'ä', 'a'];
  expect(texts.toSorted(byCodePoint)).toEqual(['B', 'a', 'a', 'b', 'ä', '张']);
  expect([byCodePoint('a', 'a'), byCodePoint('a', 'b'), byCodePoint('b', 'a')]).toEqual([0, -1, 1]);
});
