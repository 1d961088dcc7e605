import { expect, test } from 'vitest';
import { NO_CALENDAR } from '#domain/attendance/calendar/calendar';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { nationalCalendar } from '#hub/attendance/national-calendar';
import { chinaCalendar } from '#platform/calendar/china-calendar';

test('China’s notices hold where China’s clocks are, and nowhere else', () => {
  const newYear = dayNumberOf('2026-02-17');
  for (const zone of ['Asia/Shanghai', 'Asia/Urumqi']) {
    expect(nationalCalendar(zone, chinaCalendar()).days.get(newYear)?.statutory).toBe(true);
  }
  expect(nationalCalendar('America/Vancouver', chinaCalendar())).toBe(NO_CALENDAR);
});
