import { type WorkdayPolicy, workdayOf } from '#domain/punch/workday';

/** One punch that still stands: not withdrawn by "not me". */
export interface StandingPunch {
  readonly seq: number;
  readonly punchedAt: Temporal.Instant;
  readonly direction: Direction;
}

export type Direction = 'in' | 'out';

/**
 * One person's punches of the workday that holds `at`, oldest first. Punches of other days, and
 * those a clock put in the future, are not today's.
 */
export function punchesOfDay(
  punches: readonly StandingPunch[],
  at: Temporal.Instant,
  policy: WorkdayPolicy,
): readonly StandingPunch[] {
  const today = workdayOf(at, policy);
  return punches
    .filter((punch) => Temporal.Instant.compare(punch.punchedAt, at) <= 0)
    .filter((punch) => workdayOf(punch.punchedAt, policy).equals(today))
    .toSorted((a, b) => Temporal.Instant.compare(a.punchedAt, b.punchedAt));
}

/**
 * What the screen says: the first punch of a workday arrives, every later one leaves. Provisional;
 * the hub's rules decide what a punch counts as.
 */
export function directionOf(earlierToday: readonly StandingPunch[]): Direction {
  return earlierToday.length === 0 ? 'in' : 'out';
}

/** Whole minutes between the first punch of the day and this one; part minutes are dropped. */
export function workedMinutes(
  earlierToday: readonly StandingPunch[],
  at: Temporal.Instant,
): number | undefined {
  const first = earlierToday[0];
  if (first === undefined) return undefined;
  return Math.max(0, Math.floor(first.punchedAt.until(at).total('minutes')));
}
