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

const WEEK_DAYS = 7; // after which everything comes again

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
  const today = at.toZonedDateTimeISO(quiet.zone).toPlainDate();
  for (let days = 0; days < WEEK_DAYS; days += 1) {
    const turn = turnsOf(today.add({ days }), quiet).find(
      (moment) => Temporal.Instant.compare(moment, at) > 0 && isQuiet(moment, quiet),
    );
    if (turn !== undefined) return turn;
  }
  return undefined;
}

/**
 * Every instant of a date at which quiet may begin or end, in order: midnight, both ends of the
 * hours and a change of the zone. An end that the clock passes twice, in autumn, counts both times.
 */
function turnsOf(date: Temporal.PlainDate, quiet: QuietTime): readonly Temporal.Instant[] {
  const start = date.toZonedDateTime(quiet.zone);
  const ends = quiet.hours === null ? [] : [quiet.hours.from, quiet.hours.to];
  const isEven = start.hoursInDay === 24;
  const change = isEven ? null : start.getTimeZoneTransition('next');
  return [
    start.toInstant(),
    ...ends.flatMap((end) => momentsOf(date.toPlainDateTime(end), quiet.zone)),
    ...(change === null ? [] : [change.toInstant()]),
  ].toSorted((one, other) => Temporal.Instant.compare(one, other));
}

function momentsOf(wall: Temporal.PlainDateTime, zone: string): Temporal.Instant[] {
  return (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(zone, { disambiguation }).toInstant(),
  );
}
