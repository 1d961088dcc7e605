import type { Duty } from '#domain/attendance/duty/duty';
import { clustersOf } from '#domain/attendance/match/match';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** Windows reach two dates at most, so a cluster that stays this far from the edge is whole. */
const REACH_DAYS = 3;

/** A chain of overlapping windows this long is cut: no roster means it, and a loop must end. */
const REACH_DAYS_MAX = 48;

/**
 * The clusters of duties that a date and its neighbours belong to.
 *
 * A chain of overlapping windows, as a rotation from night to day can make one, is followed to its
 * end: otherwise two dates of the chain could each take the same punch.
 */
export function clustersNear(
  dutiesOn: (date: DayNumber) => readonly Duty[],
  date: DayNumber,
): readonly (readonly Duty[])[] {
  for (let reach = REACH_DAYS; ; reach *= 2) {
    const duties: Duty[] = [];
    for (let day = date - reach; day <= date + reach; day += 1) duties.push(...dutiesOn(day));
    const near = clustersOf(duties).filter((cluster) =>
      cluster.some((duty) => Math.abs(duty.date - date) <= 1),
    );
    const cut = near.some((cluster) =>
      cluster.some((duty) => Math.abs(duty.date - date) >= reach - 1),
    );
    if (!cut || reach >= REACH_DAYS_MAX) return near;
  }
}
