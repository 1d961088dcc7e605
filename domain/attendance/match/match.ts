import type { Duty } from '#domain/attendance/duty/duty';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import { toMinute } from '#domain/attendance/time/rounding';

/** Which punch fills which duty. */
export type Filled = ReadonlyMap<Duty, CleanPunch>;

/**
 * Gives punches to duties, both in order of time, each punch to one duty at most.
 *
 * Of all such assignments it takes the one that fills most duties; of those, the least late and
 * early; of those, the nearest to the inner duties; of those, the earliest first on and the latest
 * last off. Duties of neighbouring dates are matched together, so that a punch after midnight finds
 * the shift it ends.
 *
 * @param duties a cluster of `clustersOf`
 * @param punches sorted by time
 * @see docs/rules/matching.md
 */
export function match(duties: readonly Duty[], punches: readonly CleanPunch[]): Filled {
  const filled = new Map<Duty, CleanPunch>();
  for (let link = bestChain(duties, punches); link !== null; link = link.before) {
    filled.set(link.duty, link.punch);
  }
  return filled;
}

/** Duties whose windows touch must be matched together; others cannot compete for a punch. */
export function clustersOf(duties: readonly Duty[]): readonly (readonly Duty[])[] {
  const byWindow = duties.toSorted((a, b) => a.from - b.from);
  const clusters: Duty[][] = [];
  let closes = -Infinity;
  for (const duty of byWindow) {
    if (duty.from > closes) clusters.push([]);
    clusters.at(-1)?.push(duty);
    closes = Math.max(closes, duty.to);
  }
  return clusters.map((cluster) => cluster.toSorted(inOrder));
}

function inOrder(a: Duty, b: Duty): number {
  return (
    a.target - b.target ||
    a.date - b.date ||
    a.section - b.section ||
    Number(a.kind === 'off') - Number(b.kind === 'off')
  );
}

/** Compared from the left; the first number counts up, the others down. */
type Score = readonly [filled: number, off: number, inner: number, edge: number];

const NOTHING: Score = [0, 0, 0, 0];

/** The last duty of a chain of filled duties, with the chain before it. */
interface Link {
  readonly duty: Duty;
  readonly punch: CleanPunch;
  readonly punchIndex: number;
  readonly score: Score;
  readonly before: Link | null;
}

function bestChain(duties: readonly Duty[], punches: readonly CleanPunch[]): Link | null {
  const links: Link[] = [];
  let best: Link | null = null;
  for (const duty of duties) {
    const earlier = [...links];
    for (const [punchIndex, punch] of punches.entries()) {
      if (!fits(duty, punch)) continue;
      const before = bestBefore(earlier, { duty, punch, punchIndex });
      const score = scoreOf(duty, punch, before?.score ?? NOTHING);
      const link: Link = { duty, punch, punchIndex, score, before };
      links.push(link);
      if (best === null || isBetter(score, best.score)) best = link;
    }
  }
  return best;
}

function bestBefore(
  links: readonly Link[],
  next: Pick<Link, 'duty' | 'punch' | 'punchIndex'>,
): Link | null {
  let best: Link | null = null;
  for (const link of links) {
    if (link.duty === next.duty || link.punchIndex >= next.punchIndex) continue;
    if (!isFarEnough(link, next)) continue;
    if (best === null || isBetter(link.score, best.score)) best = link;
  }
  return best;
}

function isFarEnough(on: Pick<Link, 'duty' | 'punch'>, off: Pick<Link, 'duty' | 'punch'>): boolean {
  const samePair = on.duty.date === off.duty.date && on.duty.section === off.duty.section;
  return !samePair || off.punch.at - on.punch.at >= off.duty.offAfterOnSeconds;
}

function fits(duty: Duty, { at, punch, correction }: CleanPunch): boolean {
  if (correction !== null) {
    const { date, section, kind } = correction;
    return date === duty.date && section === duty.section && kind === duty.kind;
  }
  const minute = toMinute(at);
  if (minute < duty.from || minute > duty.to) return false;
  return punch.direction === null || (punch.direction === 'in') === (duty.kind === 'on');
}

function scoreOf(duty: Duty, { at }: CleanPunch, before: Score): Score {
  const minute = toMinute(at);
  const late = duty.kind === 'on' ? minute - duty.target : duty.target - minute;
  const fromTarget = duty.kind === 'on' ? at - duty.target : duty.target - at;
  return [
    before[0] + 1,
    before[1] + Math.max(0, late),
    before[2] + (duty.edge ? 0 : Math.abs(fromTarget)),
    before[3] + (duty.edge ? fromTarget : 0),
  ];
}

function isBetter(a: Score, b: Score): boolean {
  if (a[0] !== b[0]) return a[0] > b[0];
  if (a[1] !== b[1]) return a[1] < b[1];
  return a[2] === b[2] ? a[3] < b[3] : a[2] < b[2];
}
