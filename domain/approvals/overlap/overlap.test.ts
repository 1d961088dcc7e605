import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormSubject } from '#domain/approvals/form/form';
import {
  overlapFaults,
  overlapsOf,
  overlapVerdict,
  spanOfExtent,
} from '#domain/approvals/overlap/overlap';
import type { Extent } from '#domain/attendance/approval/approval';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { zoneClock } from '#domain/attendance/time/zone-clock';

const clock = zoneClock('Asia/Shanghai');
const MONDAY = dayNumberOf('2026-03-02');
const at = (hour: number): number => clock.at(MONDAY, hour * 3600);

function days(
  from: number,
  to: number,
  starts: 'am' | 'pm' = 'am',
  ends: 'am' | 'pm' = 'pm',
): Extent {
  return { unit: 'day', from: MONDAY + from, to: MONDAY + to, starts, ends };
}

function hours(from: number, to: number): Extent {
  return { unit: 'time', from: at(from), to: at(to) };
}

const leave = (extent: Extent): FormSubject => ({ kind: 'leave', leaveTypeId: 'annual', extent });
const trip = (extent: Extent): FormSubject => ({ kind: 'trip', extent });
const outing = (extent: Extent): FormSubject => ({ kind: 'outing', extent });
const overtime = (extent: Extent): FormSubject => ({
  kind: 'overtime',
  extent,
  compensation: null,
});
const makeup = (hour: number, duty: 'on' | 'off' = 'on'): FormSubject => ({
  kind: 'makeup',
  date: MONDAY,
  duty,
  section: 0,
  at: at(hour),
  reason: 'missing',
});

describe('two forms of one person', () => {
  test.each([
    [leave(days(0, 0)), leave(days(0, 2)), 'refuse', 'the same day is leave once'],
    [leave(days(0, 0, 'am', 'am')), leave(days(0, 0, 'pm')), 'fine', 'two halves make a day'],
    [leave(days(0, 0, 'pm')), leave(hours(11, 13)), 'refuse', 'twelve to one is the afternoon’s'],
    [leave(days(0, 0)), leave(days(1, 1)), 'fine', 'one day after the other'],
    [leave(hours(9, 12)), leave(hours(12, 14)), 'fine', 'one hour after the other'],
    [leave(days(0, 2)), trip(days(2, 3)), 'refuse', 'away for work and off work'],
    [leave(days(0, 0)), outing(hours(9, 10)), 'refuse', 'out for work and off work'],
    [trip(days(0, 2)), outing(hours(9, 10)), 'warn', 'an outing on a trip'],
    [leave(days(0, 6)), overtime(hours(19, 21)), 'warn', 'overtime while on leave'],
    [trip(days(0, 6)), overtime(hours(19, 21)), 'fine', 'overtime on a trip'],
    [overtime(hours(18, 20)), overtime(hours(19, 21)), 'refuse', 'an hour is overtime once'],
    [makeup(9), makeup(10), 'refuse', 'one duty is made up for once'],
    [makeup(9), makeup(18, 'off'), 'fine', 'on and off are two duties'],
    [makeup(9), leave(hours(9, 10)), 'warn', 'punching while on leave'],
    [makeup(10), leave(hours(9, 10)), 'fine', 'coming back from it'],
    [makeup(9), outing(hours(8, 10)), 'fine', 'a punch on the way'],
  ])('case %#', (mine, other, verdict, _why) => {
    for (const [a, b] of [
      [mine, other],
      [other, mine],
    ] as const) {
      const [found] = overlapsOf(a, [{ id: 'f2', subject: b }], clock);
      expect(found?.verdict ?? 'fine').toBe(verdict);
    }
  });

  test('say which forms they meet, the refusing ones first', () => {
    const met = overlapsOf(
      leave(days(0, 6)),
      [
        { id: 'f1', subject: overtime(hours(19, 20)) },
        { id: 'f2', subject: trip(days(3, 3)) },
      ],
      clock,
    );
    expect(met.map(({ formId, verdict }) => [formId, verdict])).toEqual([
      ['f2', 'refuse'],
      ['f1', 'warn'],
    ]);
    expect(overlapFaults(met)).toMatchObject([{ code: 'overlap', path: 'subject' }]);
  });

  test('are judged alike from either side', () => {
    const kind = fc.constantFrom('leave', 'trip', 'outing', 'overtime', 'makeup');
    fc.assert(
      fc.property(kind, kind, (a, b) => {
        expect(overlapVerdict(a, b)).toBe(overlapVerdict(b, a));
      }),
    );
  });
});

describe('the time a form claims', () => {
  test('is whole days from midnight to midnight, halves to noon', () => {
    expect(spanOfExtent(days(0, 0), clock)).toEqual({ from: at(0), to: at(24) });
    expect(spanOfExtent(days(0, 0, 'pm'), clock)).toEqual({ from: at(12), to: at(24) });
    expect(spanOfExtent(days(0, 0, 'am', 'am'), clock)).toEqual({ from: at(0), to: at(12) });
  });
});
