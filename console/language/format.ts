import type { Locale } from '#contracts/wire/v1/ids';

/** 24-hour clock to the second: what a punch is argued about. */
export function timeOf(instant: string, zone: string): string {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime();
  return wall.toString({ smallestUnit: 'second' });
}

/** The civil date of an instant at the site. */
export function dateOf(instant: string, zone: string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
}

/**
 * In words. Through an instant, because some runtimes write a Chinese `PlainDate` in figures only,
 * whatever is asked for.
 */
export function dateWords(
  date: Temporal.PlainDate,
  locale: Locale,
  parts: Intl.DateTimeFormatOptions,
): string {
  const tag = locale === 'en' ? 'en-GB' : locale; // day before month, as the rest of the page has it
  const words = new Intl.DateTimeFormat(tag, { ...parts, timeZone: 'UTC' });
  return words.format(date.toZonedDateTime('UTC').epochMilliseconds);
}

/** `11月23日 星期一`, `Monday, 23 November`; the year only where it is not this one. */
export function dayOf(date: Temporal.PlainDate, today: Temporal.PlainDate, locale: Locale): string {
  const year = date.year === today.year ? undefined : ('numeric' as const);
  const weekday = dateWords(date, locale, { weekday: 'long' });
  const day = dateWords(date, locale, { year, month: 'long', day: 'numeric' });
  return locale === 'en' ? `${weekday}, ${day}` : `${day} ${weekday}`;
}

const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** `3 minutes ago`; the largest unit that is not zero. */
export function agoOf(instant: string, now: Temporal.Instant, locale: Locale): string {
  const pastMs = Math.max(
    0,
    now.epochMilliseconds - Temporal.Instant.from(instant).epochMilliseconds,
  );
  const step = STEPS.find(({ ms }) => pastMs >= ms) ?? STEPS[3];
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return words.format(-Math.floor(pastMs / step.ms), step.unit);
}

/** `340 ms`, `2.4 s`, `3 min`, `5 h`: a duration somebody reads at a glance. */
export function spanOf(durationMs: number): string {
  const size = Math.abs(durationMs);
  if (size < 1_000) return `${durationMs} ms`;
  if (size < 60_000) return `${(durationMs / 1_000).toFixed(1)} s`;
  if (size < 3_600_000) return `${Math.round(durationMs / 60_000)} min`;
  return `${Math.round(durationMs / 3_600_000)} h`;
}
