import { describe, expect, test } from 'vitest';
import { attendanceListOf, type GroupEvent } from '#domain/attendance/event/event';
import { distanceMeters } from '#domain/attendance/punch/place';
import type { CleanPunch, Punch, Site } from '#domain/attendance/punch/punch';
import { cleanPunch } from '#tests/attendance/clean-punch';

const YARD = { latitude: 24, longitude: 72 };
const NEAR = { latitude: 24.001, longitude: 72 };
const EVENT: GroupEvent = {
  id: 'drill',
  from: 100,
  to: 200,
  lateAfter: 150,
  siteIds: new Set(['yard']),
  position: null,
  radiusMeters: 0,
  methods: new Set(),
  roster: ['a'],
};
const yard = (more: Partial<Site> = {}): Site => ({
  id: 'yard',
  position: YARD,
  radiusMeters: 200,
  bssids: new Set(),
  ...more,
});

const punch = (at: number, more: Partial<Punch> = {}): CleanPunch =>
  cleanPunch(at, { siteId: 'yard', ...more });

const statusOf = (its: CleanPunch, event: GroupEvent, ...sites: readonly Site[]): unknown => {
  const known = new Map(sites.map((each) => [each.id, each]));
  return attendanceListOf(event, new Map([['a', [its]]]), known)[0]?.status;
};

interface Changes {
  readonly event?: Partial<GroupEvent>;
  readonly fence?: Partial<Site>;
}

/** By no terminal of the site, a hundred and eleven metres from its middle. */
const NOT_THERE = { siteId: null, position: NEAR };
const around = (radiusMeters: number): Partial<GroupEvent> => ({
  siteIds: new Set(),
  position: YARD,
  radiusMeters,
});

describe('the attendance list', () => {
  test.each([
    [99, 'absent', 'before the window'],
    [100, 'present', 'as it opens'],
    [150, 'present', 'the mark itself is in time'],
    [151, 'late', 'after the mark'],
    [200, 'late', 'as it closes'],
    [201, 'absent', 'after the window'],
  ])('at %i somebody is %s: %s', (at, status) => {
    expect(statusOf(punch(at), EVENT, yard())).toBe(status);
  });

  test.each<[string, string, Partial<Punch>, Changes?]>([
    ['at its site', 'present', {}],
    ['at another site', 'absent', { siteId: 'hall' }],
    ['nowhere', 'absent', { siteId: null }],
    ['inside the fence', 'present', NOT_THERE],
    ['outside the fence', 'absent', NOT_THERE, { fence: { radiusMeters: 100 } }],
    ['where no fence is known', 'absent', NOT_THERE, { fence: { position: null } }],
    ['without a position', 'absent', { siteId: null }, { event: around(1e9) }],
    ['around its point', 'present', NOT_THERE, { event: around(200) }],
    ['far from its point', 'absent', NOT_THERE, { event: around(100) }],
    [
      'anywhere, as it has no place',
      'present',
      { siteId: null },
      { event: { siteIds: new Set() } },
    ],
  ])('%s: %s', (_where, status, its, { event = {}, fence = {} } = {}) => {
    expect(statusOf(punch(120, its), { ...EVENT, ...event }, yard(fence))).toBe(status);
  });

  test('the fence itself is inside', () => {
    const fence = yard({ radiusMeters: distanceMeters(YARD, NEAR) });
    expect(statusOf(punch(120, NOT_THERE), EVENT, fence)).toBe('present');
  });
});
