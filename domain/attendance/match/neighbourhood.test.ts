import { describe, expect, test } from 'vitest';
import type { Duty } from '#domain/attendance/duty/duty';
import { clustersNear } from '#domain/attendance/match/neighbourhood';
import { DAY_SECONDS } from '#domain/attendance/time/day-number';

const DATE = 100;
const NOON = DAY_SECONDS / 2;

/** One duty a day at noon; its window reaches as far as it is told. */
function dutyOn(date: number, reachSeconds: number): Duty {
  const target = date * DAY_SECONDS + NOON;
  const span = { from: target, to: target + 1 };
  const window = { from: 0, to: 0 };
  const section = {
    id: '1',
    on: 0,
    off: 1,
    rests: [],
    onWindow: window,
    offWindow: window,
    required: 'on',
  } as const;
  return {
    date,
    section: 0,
    kind: 'on',
    hours: { index: 0, section, span, working: [span] },
    target,
    from: target - reachSeconds,
    to: target + reachSeconds,
    offAfterOnSeconds: 0,
    edge: true,
  };
}

/** The dates of the clusters around `DATE`, where the dates given ask for something. */
function datesNear(
  dates: ReadonlySet<number>,
  reachSeconds: number,
): readonly (readonly number[])[] {
  const near = clustersNear((date) => (dates.has(date) ? [dutyOn(date, reachSeconds)] : []), DATE);
  return near.map((cluster) => cluster.map((duty) => duty.date));
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const always = new Set(range(0, 1000));

describe('the neighbourhood of a date', () => {
  test('is itself and the dates beside it, where windows do not touch', () => {
    expect(datesNear(always, 3600)).toEqual([[99], [100], [101]]);
  });

  test('is empty where nothing is asked for', () => {
    expect(datesNear(new Set(), NOON)).toEqual([]);
    expect(datesNear(new Set([97, 98, 102, 103]), NOON)).toEqual([]);
  });

  test.each([
    [99, 101, 'the neighbours alone'],
    [98, 102, 'one more on each side'],
    [97, 104, 'beyond the first look'],
    [100, 110, 'to one side'],
    [80, 100, 'to the other'],
    [53, 147, 'weeks'],
  ])('follows a chain of windows from %i to its end at %i: %s', (from, to) => {
    expect(datesNear(new Set(range(from, to)), NOON)).toEqual([range(from, to)]);
  });

  test('a chain ends where a date asks for nothing', () => {
    const dates = new Set([...range(90, 96), ...range(98, 100), ...range(102, 120)]);
    expect(datesNear(dates, NOON)).toEqual([[98, 99, 100]]);
  });

  test('a chain without an end is cut, alike on both sides', () => {
    expect(datesNear(always, NOON)).toEqual([range(DATE - 48, DATE + 48)]);
  });
});
