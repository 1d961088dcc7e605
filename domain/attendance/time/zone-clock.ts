import { DAY_SECONDS, type DayNumber } from '#domain/attendance/time/day-number';

/** A moment as a wall clock shows it: a date and the seconds since its 0:00. */
export interface WallTime {
  readonly day: DayNumber;
  readonly second: number;
}

/**
 * The wall clock of one zone over epoch seconds.
 *
 * It asks Temporal once per date and answers from integers afterwards: ten thousand people share the
 * thirty-one days of a month.
 */
export interface ZoneClock {
  readonly zone: string;
  /**
   * Epoch second at which the clock shows `second` of `day`; seconds may lie before 0 or beyond 24 h.
   * A wall time that does not exist moves forward by the gap; one that comes twice is the first.
   */
  at(day: DayNumber, second: number): number;
  /** What the clock shows at an epoch second. */
  wallOf(at: number): WallTime;
  /** Seconds east of UTC at an epoch second. */
  offsetAt(at: number): number;
}

/** Widest offset in the zone database, with room: a day's instants lie within ± this of its UTC day. */
const OFFSET_MAX_SECONDS = 15 * 3600;

/** @throws RangeError if the zone is unknown to this runtime; zones are checked at the edge. */
export function zoneClock(zone: string): ZoneClock {
  const steady = new Map<DayNumber, number | null>();
  /** The zone's offset if it holds all through the day and its neighbourhood, else null. */
  const steadyOffset = (day: DayNumber): number | null => {
    const known = steady.get(day);
    if (known !== undefined) return known;
    const offset = readSteadyOffset(zone, day);
    steady.set(day, offset);
    return offset;
  };
  const offsetAt = (at: number): number =>
    steadyOffset(Math.floor(at / DAY_SECONDS)) ?? readOffset(zone, at);
  return {
    zone,
    offsetAt,
    at(day, second) {
      const date = day + Math.floor(second / DAY_SECONDS);
      const rest = second - (date - day) * DAY_SECONDS;
      const offset = steadyOffset(date);
      return offset === null ? readAt(zone, date, rest) : date * DAY_SECONDS + rest - offset;
    },
    wallOf(at) {
      const wall = at + offsetAt(at);
      const day = Math.floor(wall / DAY_SECONDS);
      return { day, second: wall - day * DAY_SECONDS };
    },
  };
}

/** One clock per zone for one calculation. */
export function zoneClocks(): (zone: string) => ZoneClock {
  const clocks = new Map<string, ZoneClock>();
  return (zone) => {
    const known = clocks.get(zone) ?? zoneClock(zone);
    clocks.set(zone, known);
    return known;
  };
}

function readOffset(zone: string, at: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone);
  return zoned.offsetNanoseconds / 1e9;
}

function readSteadyOffset(zone: string, day: DayNumber): number | null {
  const from = day * DAY_SECONDS - OFFSET_MAX_SECONDS;
  const to = (day + 1) * DAY_SECONDS + OFFSET_MAX_SECONDS;
  const start = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(zone);
  const change = start.getTimeZoneTransition('next');
  const changes = change !== null && change.epochMilliseconds <= to * 1000;
  return changes ? null : start.offsetNanoseconds / 1e9;
}

function readAt(zone: string, day: DayNumber, second: number): number {
  const wall = Temporal.PlainDateTime.from('1970-01-01T00:00').add({ days: day, seconds: second });
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / 1000;
}
