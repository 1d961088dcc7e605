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
const judge = (punch: Partial<Punch>, ...sites: readonly Site[]) =>
  judgePlace(
    { ...PUNCH, ...punch },
    { siteIds: new Set(sites.map(({ id }) => id)), outOfRange: 'exception' },
    new Map(sites.map((each) => [each.id, each])),
  );

describe('a punch is at a site', () => {
  test.each<[string, ReturnType<typeof judge>, boolean, number | null]>([
    ['by its terminal', judge({ siteId: 'a' }, site('a')), true, null],
    ['not by the terminal of another', judge({ siteId: 'b' }, site('a')), false, null],
    ['not by saying nothing', judge({}, site('a')), false, null],
    [
      'by an access point',
      judge({ bssid: 'x' }, site('a', { bssids: new Set(['x']) })),
      true,
      null,
    ],
    [
      'not by the access point of nobody',
      judge({ bssid: 'x' }, site('a', { bssids: new Set(['y']) })),
      false,
      null,
    ],
    ['by a position inside the fence', judge({ position: HERE }, site('a')), true, 0],
    ['not by one outside', judge({ position: NEAR }, site('a')), false, 111],
    [
      'by one inside a wider fence',
      judge({ position: NEAR }, site('a', { radiusMeters: 112 })),
      true,
      111,
    ],
    [
      'not where the site is nowhere',
      judge({ position: HERE }, site('a', { position: null })),
      false,
      null,
    ],
    [
      'by the nearest of several',
      judge({ position: NEAR }, site('far', { position: FAR }), site('a', { radiusMeters: 200 })),
      true,
      111,
    ],
    [
      'and how near is told of the nearest',
      judge({ position: NEAR }, site('a'), site('far', { position: FAR })),
      false,
      111,
    ],
  ])('%s', (_why, verdict, inside, distance) => {
    expect(verdict).toEqual({ inside, distanceMeters: distance });
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
