/**
 * When somebody does not want to be told anything.
 *
 * Judged by the wall clock of their site, never by subtracting durations: on the night of a clock
 * change "until 07:00" is an hour nearer or farther.
 */
export interface QuietTime {
  /** IANA zone. */
  readonly zone: string;
  /** `to` is awake again; across midnight when `from` is later; equal ends are no quiet hours. */
  readonly hours: { readonly from: Temporal.PlainTime; readonly to: Temporal.PlainTime } | null;
  /** ISO days, 1 is Monday, on which notices are welcome. */
  readonly weekdays: readonly number[];
}

/** A week and a day: whoever is not awake within it never is. */
const LOOK_AHEAD_DAYS = 8;

export function isQuiet(at: Temporal.Instant, quiet: QuietTime): boolean {
  const wall = at.toZonedDateTimeISO(quiet.zone);
  return !quiet.weekdays.includes(wall.dayOfWeek) || isQuietHour(wall.toPlainTime(), quiet.hours);
}

function isQuietHour(time: Temporal.PlainTime, hours: QuietTime['hours']): boolean {
  if (hours === null) return false;
  const { from, to } = hours;
  const begun = Temporal.PlainTime.compare(time, from) >= 0;
  const going = Temporal.PlainTime.compare(time, to) < 0;
  return Temporal.PlainTime.compare(from, to) <= 0 ? begun && going : begun || going;
}

/** @returns undefined when nothing is quiet within the week to come */
export function nextQuiet(at: Temporal.Instant, quiet: QuietTime): Temporal.Instant | undefined {
  return turnsAfter(at, quiet).find((turn) => isQuiet(turn, quiet));
}

/**
 * Every instant at which quiet may begin or end, in order: midnights, both ends of the hours and
 * changes of the zone. An end that the clock passes twice, in autumn, counts both times.
 */
function turnsAfter(at: Temporal.Instant, quiet: QuietTime): readonly Temporal.Instant[] {
  const start = at.toZonedDateTimeISO(quiet.zone);
  const walls = ['00:00', ...(quiet.hours === null ? [] : [quiet.hours.from, quiet.hours.to])];
  const turns = Array.from({ length: LOOK_AHEAD_DAYS + 1 }, (_, days) =>
    start.toPlainDate().add({ days }),
  ).flatMap((date) => walls.flatMap((wall) => momentsOf(date.toPlainDateTime(wall), quiet.zone)));
  const change = start.getTimeZoneTransition('next');
  return [...turns, ...(change === null ? [] : [change.toInstant()])]
    .filter((turn) => Temporal.Instant.compare(turn, at) > 0)
    .toSorted((one, other) => Temporal.Instant.compare(one, other));
}

function momentsOf(wall: Temporal.PlainDateTime, zone: string): Temporal.Instant[] {
  return (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(zone, { disambiguation }).toInstant(),
  );
}
