import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeDocument } from '#contracts/attendance/compute-document';
import type { Refusal } from '#contracts/attendance/refusal';
import { type Json, weekDocument } from '#tests/attendance/arbitrary-document';
import { merge } from '#tests/attendance/example-document';

// Goal: nothing impossible is computed. Method: one contradiction at a time, and noise.

const NINE_TO_SIX = { on: '09:00', off: '18:00' };
const GOOD: Json = {
  zone: 'Asia/Shanghai',
  period: { from: '2026-03-02', to: '2026-03-02' },
  rule: { sections: [NINE_TO_SIX] },
};

function refusals(changes: Json): readonly Refusal[] {
  const computed = computeDocument(merge(GOOD, changes));
  return computed.ok ? [] : computed.failure;
}

const sections = (...list: readonly object[]): Json => ({ rule: { sections: list } });
const shift = { id: 'a', sections: [NINE_TO_SIX] };
const shifts = { kind: 'shift', sections: undefined, shifts: [shift] };
const leave = (from: string, to: string, more: Json = {}): Json => ({
  approvals: [{ kind: 'leave', from, to, ...more }],
});

describe('a document is refused with path and reason', () => {
  test.each<[string, Json, string]>([
    ['an unknown key', { surprise: 1 }, '$'],
    ['an unknown key inside', { rule: { tolerence: {} } }, 'rule'],
    ['an unknown zone', { zone: 'Asia/Peking' }, 'zone'],
    ['a day that does not exist', { period: { from: '2026-02-30' } }, 'period.from'],
    ['a period that ends first', { period: { to: '2026-03-01' } }, 'period.to'],
    ['a period too long', { period: { to: '2028-03-01' } }, 'period'],
    ['off before on', sections({ on: '18:00', off: '09:00' }), 'rule.sections[0].off'],
    ['more than a day', sections({ on: '09:00', off: '40:00' }), 'rule.sections[0].off'],
    ['an hour of 25:61', sections({ on: '09:00', off: '25:61' }), 'rule.sections[0].off'],
    [
      'a rest of zero length',
      sections({ ...NINE_TO_SIX, rests: [{ from: '12:00', to: '12:00' }] }),
      'rule.sections[0].rests[0]',
    ],
    [
      'a rest outside its section',
      sections({ ...NINE_TO_SIX, rests: [{ from: '08:00', to: '09:30' }] }),
      'rule.sections[0].rests[0]',
    ],
    [
      'rests that overlap',
      sections({
        ...NINE_TO_SIX,
        rests: [
          { from: '12:00', to: '13:00' },
          { from: '12:30', to: '14:00' },
        ],
      }),
      'rule.sections[0].rests[1]',
    ],
    [
      'sections that overlap',
      sections(NINE_TO_SIX, { on: '17:00', off: '20:00' }),
      'rule.sections[1].on',
    ],
    [
      'windows of different sections that overlap',
      sections(
        { on: '09:00', off: '12:00', offWindow: { from: '10:00', to: '12:40' } },
        { on: '13:00', off: '18:00', onWindow: { from: '12:30', to: '14:00' } },
      ),
      'rule.sections[1].onWindow',
    ],
    [
      'a window without its duty',
      sections({ ...NINE_TO_SIX, onWindow: { from: '05:00', to: '08:59' } }),
      'rule.sections[0].onWindow',
    ],
    ['no hours at all', { rule: { sections: undefined } }, 'rule.sections'],
    ['hours twice', { rule: { week: [{ days: [1], sections: [NINE_TO_SIX] }] } }, 'rule.sections'],
    [
      'a weekday without hours',
      { rule: { sections: undefined, week: [{ days: [1] }] } },
      'rule.week[0].sections',
    ],
    [
      'a shift rule without shifts',
      { rule: { kind: 'shift', sections: undefined } },
      'rule.shifts',
    ],
    ['two shifts of one id', { rule: { ...shifts, shifts: [shift, shift] } }, 'rule.shifts'],
    ['an unknown default shift', { rule: { ...shifts, defaultShift: 'z' } }, 'rule.defaultShift'],
    [
      'special days beside a roster',
      { rule: { ...shifts, specialDays: [{ date: '2026-03-02', kind: 'restday' }] } },
      'rule.specialDays',
    ],
    [
      'a roster naming a deleted shift',
      { rule: shifts, roster: [{ date: '2026-03-02', shift: 'gone' }] },
      'roster[0].shift',
    ],
    [
      'a date twice in a roster',
      {
        rule: shifts,
        roster: [
          { date: '2026-03-02', shift: 'a' },
          { date: '2026-03-02', shift: null },
        ],
      },
      'roster[1].date',
    ],
    [
      'thresholds out of order',
      { rule: { thresholds: { seriousLateMinutes: 90, absentLateMinutes: 60 } } },
      'rule.thresholds.seriousLateMinutes',
    ],
    [
      'steps out of order',
      {
        rule: {
          autoRest: [
            { reachedMinutes: 60, restMinutes: 5 },
            { reachedMinutes: 30, restMinutes: 1 },
          ],
        },
      },
      'rule.autoRest',
    ],
    ['a rule without a site', { rule: { place: { sites: [] } } }, 'rule.place.sites'],
    ['an unknown site', { rule: { place: { sites: ['nowhere'] } } }, 'rule.place.sites'],
    ['a special day without a date', { companyDays: [{ kind: 'restday' }] }, 'companyDays[0]'],
    [
      'a special range that ends first',
      { companyDays: [{ kind: 'restday', from: '2026-03-02', to: '2026-03-01' }] },
      'companyDays[0].to',
    ],
    [
      'a calendar that says two things',
      {
        calendar: {
          publishedYears: [2026],
          days: [
            { date: '2026-03-02', kind: 'workday' },
            { date: '2026-03-02', kind: 'holiday' },
          ],
        },
      },
      'calendar.days[1].date',
    ],
    [
      'an approval of negative length',
      leave('2026-03-02T18:00', '2026-03-02T16:00'),
      'approvals[0].to',
    ],
    ['an approval of no length', leave('2026-03-02T18:00', '2026-03-02T18:00'), 'approvals[0].to'],
    ['days in the wrong order', leave('2026-03-02', '2026-03-01'), 'approvals[0].to'],
    [
      'afternoon before morning',
      leave('2026-03-02', '2026-03-02', { fromHalf: 'pm', toHalf: 'am' }),
      'approvals[0].to',
    ],
    ['neither a date nor a time', leave('T;', '2026-03-02T16:00'), 'approvals[0].from'],
    ['a date and a time', leave('2026-03-02', '2026-03-02T12:00'), 'approvals[0].to'],
    [
      'half a day of an hour',
      leave('2026-03-02T09:00', '2026-03-02T10:00', { fromHalf: 'am' }),
      'approvals[0]',
    ],
    ['a form twice', { approvals: [form('x'), form('x')] }, 'approvals[1].id'],
    ['a punch without a time', { punches: ['yesterday'] }, 'punches[0]'],
    ['a punch at 25 o’clock', { punches: ['2026-03-02T25:00'] }, 'punches[0]'],
    [
      'a method nobody has',
      { punches: [{ at: '2026-03-02T09:00', method: 'palm' }] },
      'punches[0].method',
    ],
    ['an unknown rule', { people: [{ id: 'x', rule: 'gone' }] }, 'people[0].rule'],
    ['a person twice', { people: [{ id: 'x' }, { id: 'x' }] }, 'people[1].id'],
    ['punches beside people', { people: [{ id: 'x' }], punches: [] }, 'punches'],
    ['one rule and several', { rules: [] }, 'rules'],
    [
      'two versions of one day',
      { rule: undefined, rules: [{ sections: [NINE_TO_SIX] }, { sections: [NINE_TO_SIX] }] },
      'rules[1].effectiveFrom',
    ],
    [
      'an event that ends first',
      { events: [{ id: 'e', from: '2026-03-02T10:00', to: '2026-03-02T09:00' }] },
      'events[0].to',
    ],
    [
      'an event whose end is earlier by the clock of another offset',
      { events: [{ id: 'e', from: '2026-03-02T10:00Z', to: '2026-03-02T10:30+01:00' }] },
      'events[0].to',
    ],
    [
      'an event at an unknown site',
      { events: [{ id: 'e', from: '2026-03-02T10:00', to: '2026-03-02T11:00', sites: ['x'] }] },
      'events[0].sites',
    ],
  ])('%s', (_what, changes, path) => {
    const found = refusals(changes);
    expect(found.map((each) => each.path)).toContain(path);
    for (const each of found) {
      expect(each.en).not.toBe('');
      expect(each['zh-CN']).toMatch(/\p{Script=Han}/u);
    }
  });

  test('and the good one is not', () => {
    expect(refusals({})).toEqual([]);
  });
});

function form(id: string): Json {
  return { id, kind: 'leave', from: '2026-03-02', to: '2026-03-02' };
}

describe('noise', () => {
  const junk = fc.oneof(
    fc.constantFrom<unknown>(null, -1, 1e9, '', 'x', [], {}, true, '2026-02-30', '99:99', '-05:00'),
    fc.anything({ maxDepth: 1 }),
  );

  test('is refused or computed, and never throws', () => {
    fc.assert(
      fc.property(weekDocument, fc.nat(), junk, (document, pick, value) => {
        const paths = leavesOf(document, []);
        const path = paths[pick % paths.length] ?? [];
        const computed = computeDocument(replaced(document, path, value));
        expect(computed.ok || computed.failure.length > 0).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

type Path = readonly string[];

function leavesOf(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]));
  return [path, ...inner];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((each, index) => (String(index) === key ? replaced(each, rest, by) : each));
  }
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).find(([name]) => name === key)?.[1];
  return { ...value, [key]: replaced(own, rest, by) };
}
