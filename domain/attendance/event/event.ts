import { distanceMeters } from '#domain/attendance/punch/place';
import type { CleanPunch, Position, Punch, Site } from '#domain/attendance/punch/punch';
import type { PunchMethod } from '#domain/attendance/rule/rule';

/** A meeting, a drill, a shared site: many people punch at one place within one window. */
export interface GroupEvent {
  readonly id: string;
  /** Both ends inside, epoch seconds. */
  readonly from: number;
  readonly to: number;
  /** After this, whoever comes is late; null: nobody is. */
  readonly lateAfter: number | null;
  readonly siteIds: ReadonlySet<string>;
  readonly position: Position | null;
  readonly radiusMeters: number;
  /** Empty: any method. */
  readonly methods: ReadonlySet<PunchMethod>;
  /** Who is expected, in the order of the list. */
  readonly roster: readonly string[];
}

export type EventStatus = 'present' | 'late' | 'absent' | 'uninvited';

export interface EventAttendance {
  readonly personId: string;
  readonly status: EventStatus;
  readonly punchId: string | null;
  readonly at: number | null;
}

/**
 * The attendance list of a group event: everybody expected, then whoever came without being expected.
 * The punches it reads count as ordinary punches as well; reading them takes nothing away.
 *
 * @see docs/rules/event.md
 */
export function attendanceListOf(
  event: GroupEvent,
  punchesOf: ReadonlyMap<string, readonly CleanPunch[]>,
  sites: ReadonlyMap<string, Site>,
): readonly EventAttendance[] {
  const expected = new Set(event.roster);
  const others = [...punchesOf.keys()].filter((personId) => !expected.has(personId)).toSorted();
  return [...expected, ...others].flatMap((personId): readonly EventAttendance[] => {
    const punch = punchesOf.get(personId)?.find((each) => belongs(each, event, sites));
    if (punch === undefined) {
      if (!expected.has(personId)) return [];
      return [{ personId, status: 'absent', punchId: null, at: null }];
    }
    const late = event.lateAfter !== null && punch.at > event.lateAfter;
    const status = expected.has(personId) ? (late ? 'late' : 'present') : 'uninvited';
    return [{ personId, status, punchId: punch.punch.id, at: punch.at }];
  });
}

function belongs(
  { at, lapse, punch }: CleanPunch,
  event: GroupEvent,
  sites: ReadonlyMap<string, Site>,
): boolean {
  const usable = lapse === null || lapse === 'duplicate' || lapse === 'fieldNotCounted';
  const method = event.methods.size === 0 || event.methods.has(punch.method);
  const named = punch.eventId === null || punch.eventId === event.id;
  return (
    usable && method && named && event.from <= at && at <= event.to && isThere(punch, event, sites)
  );
}

function isThere(punch: Punch, event: GroupEvent, sites: ReadonlyMap<string, Site>): boolean {
  if (punch.eventId === event.id) return true; // the terminal was running this very event
  if (event.siteIds.size === 0 && event.position === null) return true;
  if (punch.siteId !== null && event.siteIds.has(punch.siteId)) return true;
  const fences = [...event.siteIds].flatMap((id) => sites.get(id) ?? []);
  const own = event.position === null ? [] : [{ ...event, position: event.position }];
  return [...fences, ...own].some(
    ({ position, radiusMeters }) =>
      position !== null &&
      punch.position !== null &&
      distanceMeters(position, punch.position) <= radiusMeters,
  );
}
