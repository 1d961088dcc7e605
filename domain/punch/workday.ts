/** How one site turns instants into booking dates. */
export interface WorkdayPolicy {
  /** IANA zone of the door, never the machine's. */
  readonly zone: string;
  /** Wall-clock time at which a new workday opens. */
  readonly cutover: Temporal.PlainTime;
}

/** 04:00 books a clock-out at 02:10 under the day before. */
export const CUTOVER_DEFAULT = Temporal.PlainTime.from('04:00');

/**
 * The date a punch is booked under.
 *
 * Compares wall clocks instead of subtracting the cutover as a duration: on a spring-forward night
 * four hours before 04:30 is 23:30 the day before, and the punch would land on the wrong date.
 *
 * @throws RangeError if `policy.zone` is unknown to this runtime; zones are checked when received
 */
export function workdayOf(punchedAt: Temporal.Instant, policy: WorkdayPolicy): Temporal.PlainDate {
  const wall = punchedAt.toZonedDateTimeISO(policy.zone);
  const opensLater = Temporal.PlainTime.compare(wall.toPlainTime(), policy.cutover) < 0;
  const date = wall.toPlainDate();
  return opensLater ? date.subtract({ days: 1 }) : date;
}
