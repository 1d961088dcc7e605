import { z } from 'zod';
import type { WallSpan } from '#domain/attendance/rule/section';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** `09:00`; `26:30` is half past two next morning. */
export const wallTime = z
  .string()
  .regex(/^([0-3]\d|4[0-7]):[0-5]\d$/)
  .meta({ description: 'Wall clock time of the business date, 00:00 to 47:59.' });

/** A wall time that may also lie on the eve: `-00:30` is 23:30 the evening before. */
export const windowTime = z
  .string()
  .regex(/^(-([01]\d|2[0-3])|[0-3]\d|4[0-7]):[0-5]\d$/)
  .meta({ description: 'Wall clock time, -23:59 to 47:59; -00:30 is 23:30 of the day before.' });

export const date = z.iso.date({ abort: true }); // as with a moment

/** `2026-03-02T08:55`, on the clock of the place, or with an offset: `2026-03-02T00:55:00Z`. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/, {
    abort: true,
  })
  .refine(isRealMoment, {
    abort: true, // nothing can be held against a time that does not exist
    message: 'no calendar and no clock shows this time',
    params: { zh: '不存在的日期或时刻' },
  })
  .meta({ description: 'ISO 8601; without an offset it is read on the wall clock of the zone.' });

function isRealMoment(text: string): boolean {
  try {
    return Temporal.PlainDateTime.from(text.replace(/(Z|[+-]\d{2}:\d{2})$/, '')).year > 0;
  } catch {
    return false; // Temporal throws RangeError for a day or an hour that does not exist
  }
}

/** IANA zone this runtime knows. */
export const zoneName = z
  .string()
  .refine(isKnownZone, {
    abort: true,
    message: 'not a time zone of this system, for example Asia/Shanghai',
    params: { zh: '系统不认识的时区，例如应写 Asia/Shanghai' },
  })
  .meta({ description: 'IANA time zone, for example Asia/Shanghai.' });

function isKnownZone(candidate: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(candidate).year > 0;
  } catch {
    return false; // Temporal throws RangeError for an unknown zone
  }
}

/** Wall seconds of a checked wall time. */
export function wallSecondsOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0] = text.replace('-', '').split(':').map(Number);
  return sign * (hours * 3600 + minutes * 60);
}

export function wallSpanOf({ from, to }: { from: string; to: string }): WallSpan {
  return { from: wallSecondsOf(from), to: wallSecondsOf(to) };
}

/** Epoch second of a checked moment; parts of a second are dropped. */
export function epochOf(text: string, clock: ZoneClock): number {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    return Math.floor(Temporal.Instant.from(text).epochMilliseconds / 1000);
  }
  const [day = '', time = ''] = text.split('T');
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return clock.at(dayNumberOf(day), hours * 3600 + minutes * 60 + Math.floor(seconds));
}
