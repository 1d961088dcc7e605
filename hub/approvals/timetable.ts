import type { Timetable, WorkHalves } from '#domain/approvals/form/length';
import { halfDayOf } from '#domain/attendance/approval/extent';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import { intersect, spanOf } from '#domain/attendance/time/span';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { Timeline } from '#domain/attendance/timeline';

const NOON = 12 * 3600;
const NOTHING: WorkHalves = { morning: [], afternoon: [] };

/** A person's own hours, as leave is measured against them. */
export function timetableOf(timeline: Timeline, clock: ZoneClock): Timetable {
  return {
    clock,
    hoursOn(date) {
      const frame = timeline.frameOn(date);
      if (frame.rule === null) return NOTHING;
      const isFree = frame.rule.kind === 'free' && frame.standardSeconds > 0;
      return isFree ? aroundNoon(frame) : halvesOf(frame);
    },
  };
}

function halvesOf(frame: DayFrame): WorkHalves {
  const [first, last] = [frame.working.at(0), frame.working.at(-1)];
  if (first === undefined || last === undefined) return NOTHING;
  const split = Math.min(Math.max(halfDayOf(frame), first.from), last.to);
  return {
    morning: intersect(frame.working, spanOf(first.from, split)),
    afternoon: intersect(frame.working, spanOf(split, last.to)),
  };
}

/** A free day asks for so many hours and not when: they are laid around noon, to be counted. */
function aroundNoon({ clock, date, standardSeconds }: DayFrame): WorkHalves {
  const noon = clock.at(date, NOON);
  const half = Math.floor(standardSeconds / 2);
  return {
    morning: spanOf(noon - half, noon),
    afternoon: spanOf(noon, noon + standardSeconds - half),
  };
}
