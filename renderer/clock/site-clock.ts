import type { Locale } from '#contracts/wire/v1/ids';

/** The screen's one look at the wall clock, in milliseconds since 1970. */
export function nowMs(): number {
  return Temporal.Now.instant().epochMilliseconds;
}

/** What a clock at this door shows. */
export interface DoorTime {
  readonly hours: string;
  readonly minutes: string;
  readonly second: number;
  readonly date: string;
  readonly hour: number;
}

export function doorTime(atMs: number, zone: string, locale: Locale): DoorTime {
  const wall = wallAt(atMs, zone);
  return {
    hours: twoDigits(wall.hour),
    minutes: twoDigits(wall.minute),
    second: wall.second,
    date: dateText(wall, locale),
    hour: wall.hour,
  };
}

/** `08:52`, as the door reads it. */
export function clockText(instant: string, zone: string): string {
  const wall = wallAt(Temporal.Instant.from(instant).epochMilliseconds, zone);
  return `${twoDigits(wall.hour)}:${twoDigits(wall.minute)}`;
}

/** Minutes since the door's midnight. */
export function minuteOfDay(instant: string, zone: string): number {
  const wall = wallAt(Temporal.Instant.from(instant).epochMilliseconds, zone);
  return wall.hour * 60 + wall.minute;
}

/** ISO: 1 is Monday. */
export function weekdayOf(instant: string, zone: string): number {
  return wallAt(Temporal.Instant.from(instant).epochMilliseconds, zone).dayOfWeek;
}

function wallAt(atMs: number, zone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(atMs);
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    // A zone this browser does not know must not blank the door; UTC is at least the same everywhere.
    return instant.toZonedDateTimeISO('UTC');
  }
}

const WEEKDAYS_ZH = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];

function dateText(wall: Temporal.ZonedDateTime, locale: Locale): string {
  if (locale === 'zh-CN')
    return `${wall.month}月${wall.day}日 ${WEEKDAYS_ZH[wall.dayOfWeek - 1] ?? ''}`;
  // "Monday 23 November", whatever comma this browser's data would put in.
  const weekday = wall.toLocaleString('en-GB', { weekday: 'long' });
  const month = wall.toLocaleString('en-GB', { month: 'long' });
  return `${weekday} ${wall.day} ${month}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
