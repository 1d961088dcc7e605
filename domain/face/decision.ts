import type { Thresholds } from '#domain/face/threshold';

export interface Candidate {
  readonly personId: string;
  readonly similarity: number;
}

/** What one good frame of a track says about who it is. */
export interface FrameMatch {
  readonly frameId: number;
  readonly atMs: number;
  /** Absent when the gallery is empty. */
  readonly best: Candidate | undefined;
  /** The best of all *other* people. */
  readonly second: Candidate | undefined;
}

/** What the frames of one track say together. */
export type Verdict =
  | { readonly kind: 'pending' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'accepted' | 'doubtful';
      readonly personId: string;
      readonly similarity: number;
      readonly margin: number;
      readonly frameId: number;
    };

/** The last frames that count; a second and a half at five frames a second. */
export const MATCHES_MAX = 8;
const AGREE_CLEAR = 2; // frames, where each is clear
const AGREE = 3;
/** A doubtful face gets this long to become a clear one before anybody is asked. */
export const ASK_AFTER_MS = 1200;
/** Good frames for this long and nobody: say so, and offer a hint. */
export const UNKNOWN_AFTER_MS = 3000;

const PENDING: Verdict = { kind: 'pending' };

/** A frame that names somebody. */
interface Naming extends FrameMatch {
  readonly best: Candidate;
}

/** Similarity to the best minus that to the second-best; with one person enrolled, to nobody at all. */
function marginOf({ best, second }: Naming): number {
  return best.similarity - Math.max(0, second?.similarity ?? 0);
}

/**
 * Decides by the latest frames that name the same person without a break: one that names another
 * starts the count anew, so no two people are ever averaged into a greeting.
 *
 * @param matches oldest first, of one track
 * @param goodForMs since the first frame of this track that could be compared
 */
export function decide(
  matches: readonly FrameMatch[],
  goodForMs: number,
  thresholds: Thresholds,
): Verdict {
  const run = latestRun(matches.slice(-MATCHES_MAX));
  const strength = (match: Naming) => strengthOf(match, thresholds);
  const clear = run.slice(-AGREE_CLEAR);
  if (clear.length === AGREE_CLEAR && clear.every((m) => strength(m) === 'clear'))
    return named('accepted', clear);
  const strong = run.slice(-AGREE);
  if (strong.length < AGREE) return pendingOrUnknown(matches, goodForMs);
  if (strong.every((m) => strength(m) === 'clear' || strength(m) === 'strong'))
    return named('accepted', strong);
  if (goodForMs >= ASK_AFTER_MS && strong.every((m) => strength(m) !== 'none'))
    return named('doubtful', strong);
  return pendingOrUnknown(matches, goodForMs);
}

function pendingOrUnknown(matches: readonly FrameMatch[], goodForMs: number): Verdict {
  const enough = matches.length >= AGREE && goodForMs >= UNKNOWN_AFTER_MS;
  return enough ? { kind: 'unknown' } : PENDING;
}

/** The latest frames that name one person, without one between them that names another or nobody. */
function latestRun(matches: readonly FrameMatch[]): readonly Naming[] {
  const naming = matches.map(({ best, ...match }) =>
    best === undefined ? null : { ...match, best },
  );
  const whole = naming.slice(naming.lastIndexOf(null) + 1).filter((match) => match !== null);
  const personId = whole.at(-1)?.best.personId;
  return whole.slice(whole.findLastIndex((match) => match.best.personId !== personId) + 1);
}

type Strength = 'clear' | 'strong' | 'weak' | 'none';

function strengthOf(match: Naming, thresholds: Thresholds): Strength {
  const { similarity } = match.best;
  if (similarity < thresholds.ask) return 'none';
  if (similarity < thresholds.accept || marginOf(match) < thresholds.margin) return 'weak';
  return similarity >= thresholds.clear ? 'clear' : 'strong';
}

/** Reported with the weakest of the frames that agreed: what a second look would have to beat. */
function named(kind: 'accepted' | 'doubtful', run: readonly Naming[]): Verdict {
  const weakest = run.reduce((p, q) => (q.best.similarity < p.best.similarity ? q : p));
  const { personId, similarity } = weakest.best;
  return { kind, personId, similarity, margin: marginOf(weakest), frameId: weakest.frameId };
}
