import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isQuiet, nextQuiet, type QuietTime } from '#domain/notice/quiet-time';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function nightly(zone: string, from = '22:00', to = '07:00'): QuietTime {
  const hours = { from: Temporal.PlainTime.from(from), to: Temporal.PlainTime.from(to) };
  return { zone, hours, weekdays: EVERY_DAY };
}

function at(wall: string): Temporal.Instant {
  return Temporal.ZonedDateTime.from(wall).toInstant();
}

describe('isQuiet', () => {
  test.each([
    ['2026-01-05T21:59', false, 'a minute before'],
    ['2026-01-05T22:00', true, 'the beginning is quiet'],
    ['2026-01-06T00:30', true, 'across midnight'],
    ['2026-01-06T07:00', false, 'the end is awake'],
  ])('%s in Shanghai: %s, %s', (wall, quiet) => {
    expect(isQuiet(at(`${wall}[Asia/Shanghai]`), nightly('Asia/Shanghai'))).toBe(quiet);
  });

  test('hours within one day, for whoever works at night', () => {
    const days = nightly('Asia/Shanghai', '09:00', '17:00');
    expect(isQuiet(at('2026-01-05T12:00[Asia/Shanghai]'), days)).toBe(true);
    expect(isQuiet(at('2026-01-05T17:00[Asia/Shanghai]'), days)).toBe(false);
    expect(isQuiet(at('2026-01-05T23:00[Asia/Shanghai]'), days)).toBe(false);
  });

  test('a day that is not among the weekdays is quiet from midnight to midnight', () => {
    const workdays = { ...nightly('Asia/Shanghai'), hours: null, weekdays: [1, 2, 3, 4, 5] };
    expect(isQuiet(at('2026-01-09T23:59[Asia/Shanghai]'), workdays)).toBe(false);
    expect(isQuiet(at('2026-01-10T00:00[Asia/Shanghai]'), workdays)).toBe(true);
    expect(isQuiet(at('2026-01-11T23:59[Asia/Shanghai]'), workdays)).toBe(true);
  });

  test('equal ends are no quiet hours', () => {
    expect(
      isQuiet(at('2026-01-05T22:00[Asia/Shanghai]'), nightly('Asia/Shanghai', '22:00', '22:00')),
    ).toBe(false);
  });

  test('spring forward: 02:30 never happens, and 03:00 is past it', () => {
    const quiet = nightly('Europe/Berlin', '22:00', '02:30');
    expect(isQuiet(at('2026-03-29T01:59[Europe/Berlin]'), quiet)).toBe(true);
    expect(isQuiet(at('2026-03-29T03:00[Europe/Berlin]'), quiet)).toBe(false);
  });
});

describe('nextQuiet', () => {
  test('is the evening', () => {
    const evening = nextQuiet(at('2026-01-05T12:00[Asia/Shanghai]'), nightly('Asia/Shanghai'));
    expect(evening).toEqual(at('2026-01-05T22:00[Asia/Shanghai]'));
  });

  test('is nothing for somebody without quiet time', () => {
    const open = { ...nightly('Asia/Shanghai'), hours: null };
    expect(nextQuiet(at('2026-01-05T12:00[Asia/Shanghai]'), open)).toBeUndefined();
  });

  test('works in a zone whose clock never changes', () => {
    expect(nextQuiet(at('2026-01-05T12:00[UTC]'), nightly('UTC'))).toEqual(
      at('2026-01-05T22:00[UTC]'),
    );
  });

  test('no minute before it is quiet, whatever the clock does that night', () => {
    const nights = fc.constantFrom(
      ['Europe/Berlin', '2026-03-28T20:00'],
      ['Europe/Berlin', '2026-10-24T20:00'],
      ['America/St_Johns', '2026-11-01T00:00'],
      ['Australia/Lord_Howe', '2026-04-04T20:00'],
      ['Asia/Shanghai', '2026-01-05T20:00'],
    );
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) =>
      Temporal.PlainTime.from('00:00')
        .add({ minutes: quarter * 15 })
        .toString(),
    );
    fc.assert(
      fc.property(nights, time, time, fc.nat(600), ([zone = '', night = ''], from, to, offset) => {
        const quiet = nightly(zone, from, to);
        const start = at(`${night}[${zone}]`).add({ minutes: offset });
        fc.pre(!isQuiet(start, quiet));
        const turn = nextQuiet(start, quiet);
        const minutes = Array.from({ length: 24 * 60 }, (_, minute) =>
          start.add({ minutes: minute }),
        );
        const first = minutes.find((minute) => isQuiet(minute, quiet));
        const isFarOff =
          first === undefined && (turn === undefined || turn.since(start).total('hours') >= 24);
        expect(isFarOff || turn?.toString() === first?.toString()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
