import { describe, expect, test } from 'vitest';
import { distanceMeters, judgePlace } from '#domain/attendance/punch/place';
import type { Punch, Site } from '#domain/attendance/punch/punch';
import { PUNCH } from '#tests/attendance/clean-punch';

const HERE = { latitude: 24, longitude: 72 };
const NEAR = { latitude: 24.001, longitude: 72 };
const FAR = { latitude: 25, longitude: 72 };

const site = (id: string, more: Partial<Site> = {}): Site => ({
  id,
  position: HERE,
  radiusMeters: 100,
  bssids: new Set(),
  ...more,
});
const wide = site('a', { radiusMeters: 112 });
const lost = site('a', { position: null });
const far = site('far', { position: FAR });
const served = site('a', { bssids: new Set(['x']) });

interface Place {
  readonly punch: Partial<Punch>;
  readonly sites: readonly Site[];
}

const judge = (punch: Partial<Punch>, ...sites: readonly Site[]) =>
  judgePlace(
    { ...PUNCH, ...punch },
    { siteIds: new Set(sites.map(({ id }) => id)), outOfRange: 'exception' },
    new Map(sites.map((each) => [each.id, each])),
  );

describe('a punch is at a site', () => {
  test.each<[string, boolean, number | null, Place]>([
    ['by its terminal', true, null, { punch: { siteId: 'a' }, sites: [site('a')] }],
    ['not by another’s terminal', false, null, { punch: { siteId: 'b' }, sites: [site('a')] }],
    ['not by saying nothing', false, null, { punch: {}, sites: [site('a')] }],
    ['by an access point', true, null, { punch: { bssid: 'x' }, sites: [served] }],
    ['not by an access point of nobody', false, null, { punch: { bssid: 'z' }, sites: [served] }],
    ['by a position inside the fence', true, 0, { punch: { position: HERE }, sites: [site('a')] }],
    ['not by one outside', false, 111, { punch: { position: NEAR }, sites: [site('a')] }],
    ['by one inside a wider fence', true, 111, { punch: { position: NEAR }, sites: [wide] }],
    ['not where the site is nowhere', false, null, { punch: { position: HERE }, sites: [lost] }],
    ['by any of several', true, 111, { punch: { position: NEAR }, sites: [far, wide] }],
    ['and the nearest is told', false, 111, { punch: { position: NEAR }, sites: [site('a'), far] }],
  ])('%s', (_why, inside, distance, { punch, sites }) => {
    expect(judge(punch, ...sites)).toEqual({ inside, distanceMeters: distance });
  });

  test('on the fence itself', () => {
    const radiusMeters = distanceMeters(HERE, NEAR);
    expect(judge({ position: NEAR }, site('a', { radiusMeters })).inside).toBe(true);
  });
});

describe('distances', () => {
  test.each([
    [HERE, HERE, 0, 'nowhere to go'],
    [
      { latitude: 0, longitude: 0 },
      { latitude: 0, longitude: 1 },
      111_195,
      'a degree of the equator',
    ],
    [
      { latitude: 60, longitude: 0 },
      { latitude: 60, longitude: 1 },
      55_597,
      'half of it at 60° north',
    ],
    [
      { latitude: 0, longitude: 0 },
      { latitude: 0, longitude: 180 },
      20_015_087,
      'half around the earth',
    ],
    [{ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 }, 20_015_087, 'pole to pole'],
  ])('%j to %j are %i m: %s', (a, b, meters) => {
    expect(Math.round(distanceMeters(a, b))).toBe(meters);
    expect(distanceMeters(b, a)).toBeCloseTo(distanceMeters(a, b), 6);
  });
});
