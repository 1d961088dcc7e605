import { type FrameMatch, MATCHES_MAX, type Verdict } from '#domain/face/decision';
import type { FaceDecision } from '#terminal/face/face-observation';
import { similarity } from '#terminal/face/template';

/** As many frames as a decision takes; more would cost time and change no verdict. */
const LIVENESS_SCORES_MAX = 3;

/**
 * What is known of one track while it lasts. The only template kept is the latest one, so that a
 * face that leaves is forgotten with it.
 */
export class TrackMemory {
  #matches: FrameMatch[] = [];
  #liveness: number[] = [];
  #latest: Float32Array | undefined;
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #verdict: Verdict = { kind: 'pending' };
  #goodSinceMs: number | undefined;
  embeddedAtMs: number | undefined;
  stableSinceMs: number | undefined;

  get matches(): readonly FrameMatch[] {
    return this.#matches;
  }

  /** The verdict on the track, with the mean liveness of the frames it was compared in. */
  get decision(): FaceDecision {
    const verdict = this.#verdict;
    if (verdict.kind === 'pending' || verdict.kind === 'unknown') return { kind: verdict.kind };
    return { ...verdict, liveness: meanOf(this.#liveness) };
  }

  get wantsLiveness(): boolean {
    return this.#liveness.length < LIVENESS_SCORES_MAX;
  }

  passed(nowMs: number): void {
    this.stableSinceMs ??= nowMs;
  }

  goodForMs(nowMs: number): number {
    return nowMs - (this.#goodSinceMs ?? nowMs);
  }

  isQuiet(nowMs: number): boolean {
    return nowMs < this.#quietUntilMs;
  }

  /** @param sameMin similarity below which two templates of one place in the picture are two people */
  isSomebodyElse(embedding: Float32Array, sameMin: number): boolean {
    return this.#latest !== undefined && similarity(this.#latest, embedding) < sameMin;
  }

  /** A copy: the one handed out belongs to whoever asked for it. */
  keep(embedding: Float32Array, nowMs: number): void {
    this.#latest?.fill(0);
    this.#latest = embedding.slice();
    this.embeddedAtMs = nowMs;
  }

  note(match: FrameMatch, liveness: number | undefined): void {
    this.#goodSinceMs ??= match.atMs;
    this.#matches = [...this.#matches, match].slice(-MATCHES_MAX);
    if (liveness !== undefined) this.#liveness.push(liveness);
  }

  conclude(verdict: Verdict): void {
    this.#verdict = verdict;
  }

  /** Rests, then decides anew from frames yet to come. */
  settle(quietUntilMs: number): void {
    this.#quietUntilMs = quietUntilMs;
    this.#matches = [];
    this.#liveness = [];
    this.#goodSinceMs = undefined;
    this.#verdict = { kind: 'pending' };
  }

  wipe(): void {
    this.#latest?.fill(0);
    this.#latest = undefined;
    this.settle(Number.NEGATIVE_INFINITY);
  }
}

function meanOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
