import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  directionOf,
  punchesOfDay,
  type StandingPunch,
  workedMinutes,
} from '#domain/punch/punch-day';
import { CUTOVER_DEFAULT, workdayOf } from '#domain/punch/workday';

function policyIn(zone: string) {
  return { zone, cutover: CUTOVER_DEFAULT };
}

function punchAt(wall: string, zone: string): StandingPunch {
  const punchedAt = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant();
  return { seq: 1, punchedAt, direction: 'in' };
}

describe('workdayOf', () => {
  test.each([
    ['Asia/Shanghai', '2026-03-02T04:00:00', '2026-03-02', 'the cutover itself opens the new day'],
    ['Asia/Shanghai', '2026-03-02T03:59:59', '2026-03-01', 'a second before it is yesterday'],
    ['Asia/Shanghai', '2026-03-02T23:59:59', '2026-03-02', 'midnight opens nothing'],
    [
      'Europe/Berlin',
      '2026-03-29T04:30:00',
      '2026-03-29',
      'spring forward: 02:00–03:00 is missing',
    ],
    ['Europe/Berlin', '2026-10-25T04:30:00', '2026-10-25', 'fall back: 02:00–03:00 comes twice'],
    ['America/St_Johns', '2026-03-08T04:15:00', '2026-03-08', 'half-hour zone, spring forward'],
  ])('%s %s is booked under %s: %s', (zone, wall, date) => {
    expect(workdayOf(punchAt(wall, zone).punchedAt, policyIn(zone)).toString()).toBe(date);
  });

  test('never books a punch under tomorrow, nor further back than yesterday', () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Chatham'];
    fc.assert(
      fc.property(fc.integer({ min: 1.7e12, max: 2e12 }), fc.constantFrom(...zones), (ms, zone) => {
        const at = Temporal.Instant.fromEpochMilliseconds(ms);
        const wallDate = at.toZonedDateTimeISO(zone).toPlainDate();
        const days = workdayOf(at, policyIn(zone)).until(wallDate).days;
        expect([0, 1]).toContain(days);
      }),
    );
  });
});

describe('a day of punches', () => {
  const zone = 'Asia/Shanghai';
  const morning = punchAt('2026-03-02T08:59:10', zone);
  const noon = punchAt('2026-03-02T12:01:00', zone);
  const lastNight = punchAt('2026-03-02T02:10:00', zone);
  const evening = punchAt('2026-03-02T18:05:09', zone).punchedAt;

  test('holds the workday’s punches in order, and last night’s overtime is not among them', () => {
    const today = punchesOfDay([noon, lastNight, morning], evening, policyIn(zone));
    expect(today).toEqual([morning, noon]);
  });

  test('a punch that a wrong clock put in the future is not yet today’s', () => {
    const later = punchAt('2026-03-02T19:00:00', zone);
    expect(punchesOfDay([later], evening, policyIn(zone))).toEqual([]);
  });

  test('the first punch arrives, every later one leaves', () => {
    expect(directionOf([])).toBe('in');
    expect(directionOf([morning])).toBe('out');
    expect(directionOf([morning, noon])).toBe('out');
  });

  test('worked minutes run from the first punch and drop the part minute', () => {
    expect(workedMinutes([morning, noon], evening)).toBe(545);
    expect(workedMinutes([], evening)).toBeUndefined();
  });
});
