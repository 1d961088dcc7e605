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
  /** How many links there were before it: of equals, the first made stays. */
  readonly order: number;
}

function bestChain(duties: readonly Duty[], punches: readonly CleanPunch[]): Link | null {
  const links: Link[] = [];
  for (const duty of duties) {
    const bestPartner = frontOf(links.filter((link) => isPair(link.duty, duty)));
    const bestOther = frontOf(links.filter((link) => !isPair(link.duty, duty)));
    for (const [punchIndex, punch] of punches.entries()) {
      if (!fits(duty, punch)) continue;
      const farEnough = punch.at - duty.offAfterOnSeconds;
      const before = better(
        bestOther((link) => link.punchIndex < punchIndex),
        bestPartner((link) => link.punchIndex < punchIndex && link.punch.at <= farEnough),
      );
      const score = scoreOf(duty, punch, before?.score ?? NOTHING);
      links.push({ duty, punch, punchIndex, score, before, order: links.length });
    }
  }
  return links.reduce<Link | null>(better, null);
}

/** The on and the off of one section. */
function isPair(a: Duty, b: Duty): boolean {
  return a.date === b.date && a.section === b.section;
}

/**
 * Finds the best link that came soon enough, for one punch after the other. What came soon enough
 * for one does for all after it, so each link is looked at once and not once per punch.
 */
function frontOf(links: readonly Link[]): (isSoonEnough: (link: Link) => boolean) => Link | null {
  const byPunch = links.toSorted((a, b) => a.punchIndex - b.punchIndex);
  let next = 0;
  let best: Link | null = null;
  return (isSoonEnough) => {
    for (let link = byPunch[next]; link !== undefined && isSoonEnough(link); link = byPunch[next]) {
      best = better(best, link);
      next += 1;
    }
    return best;
  };
}

function better(a: Link | null, b: Link | null): Link | null {
  if (a === null || b === null) return a ?? b;
  if (isBetter(a.score, b.score)) return a;
  return isBetter(b.score, a.score) || b.order < a.order ? b : a;
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
