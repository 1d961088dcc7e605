import type { Position, Punch, Site } from '#domain/attendance/punch/punch';
import type { PlaceRule } from '#domain/attendance/rule/rule';

const EARTH_RADIUS_METERS = 6_371_000; // mean radius; the error is far below any fence

/** Great-circle distance (haversine). */
export function distanceMeters(a: Position, b: Position): number {
  const radians = Math.PI / 180;
  const north = (b.latitude - a.latitude) * radians;
  const east = (b.longitude - a.longitude) * radians;
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export interface PlaceVerdict {
  readonly inside: boolean;
  readonly distanceMeters: number | null;
}

/**
 * Whether a punch was given at a site of the rule: by the site of its terminal, by an access point of
 * a site, or by a position inside a fence. A punch that tells none of the three is not inside: a
 * place that cannot be shown is no place.
 */
export function judgePlace(
  punch: Punch,
  rule: PlaceRule,
  sites: ReadonlyMap<string, Site>,
): PlaceVerdict {
  let nearest: number | null = null;
  let inside = punch.siteId !== null && rule.siteIds.has(punch.siteId);
  for (const siteId of rule.siteIds) {
    const site = sites.get(siteId);
    if (site === undefined) continue;
    if (punch.bssid !== null && site.bssids.has(punch.bssid)) inside = true;
    if (punch.position === null || site.position === null) continue;
    const distance = distanceMeters(punch.position, site.position);
    nearest = Math.min(nearest ?? Infinity, distance);
    if (distance <= site.radiusMeters) inside = true;
  }
  return { inside, distanceMeters: nearest === null ? null : Math.round(nearest) };
}
