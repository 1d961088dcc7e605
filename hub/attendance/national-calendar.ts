import {
  type Calendar,
  type CalendarSource,
  NO_CALENDAR,
} from '#domain/attendance/calendar/calendar';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';

const EVERY_DATE = { from: '0001-01-01', to: '9999-12-31' } as const;

/** Where China's notices hold. Elsewhere there is no national calendar to follow, and no guess. */
const CHINA = new Set([
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Asia/Chongqing',
  'Asia/Chungking',
  'Asia/Harbin',
  'Asia/Kashgar',
  'PRC',
]);

const [FIRST_YEAR, LAST_YEAR] = [2014, 2100]; // of these the source knows which are published

/** The national calendar of a site, by its zone. */
export function nationalCalendar(zone: string, source: CalendarSource): Calendar {
  if (!CHINA.has(zone)) return NO_CALENDAR;
  const years = Array.from(
    { length: LAST_YEAR - FIRST_YEAR + 1 },
    (_, index) => FIRST_YEAR + index,
  );
  return source.calendarOf(years);
}

/** A newer version of the product may know another calendar: what it changes is computed again. One transaction, of the caller. */
export async function noteCalendar(
  calendar: Calendar,
  work: AttendanceWorkRepository,
): Promise<void> {
  const known = JSON.stringify([[...calendar.publishedYears], [...calendar.days.values()]]);
  if (known === (await work.state()).nationalDays) return;
  await work.markExisting(EVERY_DATE);
  await work.saveNationalDays(known);
}
