import type { CleanPunch } from '#domain/attendance/punch/punch';
import type { PresenceRule } from '#domain/attendance/rule/rule';
import { type Span, type Spans, spanOf, union } from '#domain/attendance/time/span';

/** Between an in and its out: what must pass, and what cannot. */
export interface PairTerms {
  readonly direction: PresenceRule['direction'];
  readonly offAfterOnSeconds: number;
}

/** Longer than any shift: an out this late ends nothing. */
const OPEN_MAX_SECONDS = 48 * 3600;

/** Every in with the out after it; what is left open counts for nothing. */
export function pairsOf(punches: readonly CleanPunch[], terms: PairTerms): readonly Span[] {
  const pairs: Span[] = [];
  let open: number | null = null;
  for (const { at, punch } of punches) {
    const direction = statedOr(punch.direction, open === null ? 'in' : 'out', terms);
    const elapsed = open === null ? 0 : at - open;
    if (direction === 'in') {
      if (open === null || elapsed > OPEN_MAX_SECONDS) open = at;
    } else if (direction === 'out' && open !== null && elapsed >= terms.offAfterOnSeconds) {
      if (elapsed <= OPEN_MAX_SECONDS) pairs.push({ from: open, to: at });
      open = null;
    }
  }
  return pairs;
}

function statedOr(
  stated: 'in' | 'out' | null,
  expected: 'in' | 'out',
  terms: PairTerms,
): 'in' | 'out' | null {
  return stated ?? (terms.direction === 'alternating' ? expected : null);
}

/** From the first punch to the last, without the times somebody said to be away. */
export function spanOfPunches(punches: readonly CleanPunch[], terms: PairTerms): Spans {
  const usable =
    terms.direction === 'stated' ? punches.filter((p) => p.punch.direction !== null) : punches;
  const first = usable.find((p) => p.punch.direction !== 'out');
  const last = usable.findLast((p) => p.punch.direction !== 'in');
  if (first === undefined || last === undefined) return [];
  if (last.at - first.at < terms.offAfterOnSeconds) return [];
  return spanOf(first.at, last.at);
}

/** Stretches between a stated out and the stated in that follows it. */
export function awayOf(punches: readonly CleanPunch[]): Spans {
  const away: Span[] = [];
  let out: number | null = null;
  for (const { at, punch } of punches) {
    if (punch.direction === 'out') out ??= at;
    if (punch.direction === 'in' && out !== null) {
      away.push({ from: out, to: at });
      out = null;
    }
  }
  return union(away);
}

/** Pairs grouped into shifts: a long pause begins another. */
export function shiftsOf(pairs: readonly Span[], newShiftSeconds: number): readonly Spans[] {
  const shifts: Span[][] = [];
  let endedAt = -Infinity;
  for (const pair of pairs) {
    if (pair.from - endedAt >= newShiftSeconds) shifts.push([]);
    shifts.at(-1)?.push(pair);
    endedAt = pair.to;
  }
  return shifts;
}
