import type { Frame } from '#contracts/ipc/frame-codec';
import { assert } from '#domain/assert';
import type { Box } from '#domain/face/box';
import { decide } from '#domain/face/decision';
import type { QualityMeasures } from '#domain/face/quality';
import { COMPARE_LIMITS, ENROL_LIMITS, hintFor } from '#domain/face/quality';
import { similarityAt, thresholdsFor } from '#domain/face/threshold';
import { EMPTY_BOOK, follow, renew, type TrackBook } from '#domain/face/tracker';
import type { DetectedFace, FaceEngine } from '#terminal/face/face-engine';
import { measureFace } from '#terminal/face/face-measures';
import type {
  FaceDecision,
  FaceWatcher,
  FrameObservation,
  ObservedFace,
} from '#terminal/face/face-observation';
import type { FaceSearch } from '#terminal/face/gallery/face-gallery';
import { pixelsOf, wordAligned } from '#terminal/face/image/pixels';
import { TrackMemory } from '#terminal/face/track-memory';

export interface FaceWatcherOptions {
  readonly engine: FaceEngine;
  readonly gallery: FaceSearch;
  /** `off` spares the network; `advise` scores the frames of a decision and blocks nothing. */
  readonly liveness: 'off' | 'advise';
}

/** How long a track rests after a decision on it was acted on, or refused, before it decides anew. */
const QUIET_MS = { done: 30_000, refused: 5_000 } as const;
const EMBEDS_PER_FRAME_MAX = 6; // some 80 ms of one core; those left out come first in the next frame
const UNKNOWN_EVERY_MS = 300; // a face that is nobody's is asked less often than one still undecided
const QUIET_EVERY_MS = 1000; // a settled one only to notice that somebody else has taken the place
/** Of strangers who take somebody's place, this share looks like them at first; frames of one face, none. */
const SAME_PLACE_FMR = 0.03;
/** Every trace of a face goes this long after its last frame, even if no further frame comes. */
const FORGET_AFTER_MS = 1500;

/** One face on its way through a frame. */
interface Seen {
  trackId: number;
  readonly face: DetectedFace;
  readonly box: Box;
  readonly measures: QualityMeasures;
  readonly comparable: boolean;
}

export function createFaceWatcher(options: FaceWatcherOptions): FaceWatcher {
  return new TrackingWatcher(options);
}

class TrackingWatcher implements FaceWatcher {
  readonly #options: FaceWatcherOptions;
  readonly #memories = new Map<number, TrackMemory>();
  #book: TrackBook = EMPTY_BOOK;
  #nowMs = 0;
  #busy = false;
  #forgetting: NodeJS.Timeout | undefined;

  constructor(options: FaceWatcherOptions) {
    this.#options = options;
  }

  async observe(
    frame: Frame,
    { searching }: { readonly searching: boolean },
  ): Promise<FrameObservation> {
    assert(!this.#busy, 'one frame at a time');
    this.#busy = true;
    try {
      return await this.#observe(wordAligned(frame), searching ? 'search' : 'embed-only');
    } finally {
      this.#busy = false;
      this.#forgetLater();
    }
  }

  settle(trackId: number, outcome: 'done' | 'refused'): void {
    this.#memories.get(trackId)?.settle(this.#nowMs + QUIET_MS[outcome]);
  }

  async #observe(frame: Frame, purpose: 'search' | 'embed-only'): Promise<FrameObservation> {
    const detected = await this.#options.engine.detect(frame);
    this.#moveOn(frame.capturedAtMs);
    const seen = this.#follow(frame, detected);
    const chosen = this.#choose(seen, purpose);
    const embeddings = new Map<Seen, Float32Array>();
    for (const item of chosen) embeddings.set(item, await this.#embed(frame, item, purpose));
    const faces = seen.map((item) => this.#report(item, embeddings.get(item), purpose));
    return { frameId: frame.frameId, capturedAtMs: frame.capturedAtMs, faces };
  }

  /** Time is the screen's; a clock set back would freeze every track, so all of them begin anew. */
  #moveOn(capturedAtMs: number): void {
    if (capturedAtMs < this.#nowMs) this.#forgetAll();
    this.#nowMs = capturedAtMs;
  }

  #follow(frame: Frame, detected: readonly DetectedFace[]): readonly Seen[] {
    const boxes = detected.map(({ box }) => inFractions(box, frame));
    const { book, trackIds } = follow(this.#book, boxes, this.#nowMs);
    this.#book = book;
    const alive = new Set(book.tracks.map((track) => track.trackId));
    for (const [trackId, memory] of this.#memories) {
      if (alive.has(trackId)) continue;
      memory.wipe();
      this.#memories.delete(trackId);
    }
    const pixels = pixelsOf(frame);
    return detected.map((face, index) => {
      const box = boxes[index];
      const trackId = trackIds[index];
      assert(box !== undefined && trackId !== undefined, 'every face has a track');
      const measures = measureFace(pixels, face);
      const comparable = hintFor(measures, box, COMPARE_LIMITS) === null;
      return { trackId, face, box, measures, comparable };
    });
  }

  /** Whose turn it is to be embedded: everybody at enrolment, else those due, longest ago first. */
  #choose(seen: readonly Seen[], purpose: 'search' | 'embed-only'): readonly Seen[] {
    const comparable = seen.filter((item) => item.comparable);
    const due = comparable.filter(
      (item) => purpose === 'embed-only' || this.#isDue(this.#memoryOf(item.trackId)),
    );
    const lastOf = (item: Seen) => this.#memoryOf(item.trackId).embeddedAtMs ?? 0;
    return due.toSorted((p, q) => lastOf(p) - lastOf(q)).slice(0, EMBEDS_PER_FRAME_MAX);
  }

  #isDue(memory: TrackMemory): boolean {
    if (memory.embeddedAtMs === undefined) return true;
    const waitedMs = this.#nowMs - memory.embeddedAtMs;
    if (memory.isQuiet(this.#nowMs)) return waitedMs >= QUIET_EVERY_MS;
    if (memory.decision.kind === 'unknown') return waitedMs >= UNKNOWN_EVERY_MS;
    return true;
  }

  async #embed(frame: Frame, item: Seen, purpose: 'search' | 'embed-only'): Promise<Float32Array> {
    const { engine, gallery, liveness } = this.#options;
    const embedding = await engine.embed(frame, item.face);
    const sameMin = similarityAt(SAME_PLACE_FMR, engine.card.thresholds);
    if (this.#memoryOf(item.trackId).isSomebodyElse(embedding, sameMin)) this.#renew(item);
    const memory = this.#memoryOf(item.trackId);
    memory.keep(embedding, this.#nowMs);
    if (purpose === 'embed-only' || memory.isQuiet(this.#nowMs)) return embedding;
    const scored = liveness === 'advise' && memory.wantsLiveness;
    const live = scored ? await engine.liveness(frame, item.face) : undefined;
    memory.note({ frameId: frame.frameId, atMs: this.#nowMs, ...gallery.search(embedding) }, live);
    const thresholds = thresholdsFor(gallery.templateCount, engine.card.thresholds);
    memory.conclude(decide(memory.matches, memory.goodForMs(this.#nowMs), thresholds));
    return embedding;
  }

  #renew(item: Seen): void {
    this.#memories.get(item.trackId)?.wipe();
    this.#memories.delete(item.trackId);
    const { book, trackId } = renew(this.#book, item.trackId, this.#nowMs);
    this.#book = book;
    item.trackId = trackId;
  }

  #report(
    item: Seen,
    embedding: Float32Array | undefined,
    purpose: 'search' | 'embed-only',
  ): ObservedFace {
    const memory = this.#memoryOf(item.trackId);
    const track = this.#book.tracks.find((candidate) => candidate.trackId === item.trackId);
    assert(track !== undefined, 'a face that is seen has a track');
    if (item.comparable) memory.passed(this.#nowMs);
    const resting = purpose === 'embed-only' || memory.isQuiet(this.#nowMs);
    const decision: FaceDecision = resting ? { kind: 'pending' } : memory.decision;
    // A face that nobody knows may be good enough to compare and still could be better.
    const limits = decision.kind === 'unknown' ? ENROL_LIMITS : COMPARE_LIMITS;
    return {
      trackId: item.trackId,
      box: item.box,
      measures: item.measures,
      hint: hintFor(item.measures, item.box, limits),
      trackedMs: this.#nowMs - track.startedAtMs,
      stableSinceMs: memory.stableSinceMs,
      decision,
      embedding,
    };
  }

  #memoryOf(trackId: number): TrackMemory {
    const memory = this.#memories.get(trackId) ?? new TrackMemory();
    this.#memories.set(trackId, memory);
    return memory;
  }

  /** The camera may be unplugged, or the screen asleep: then no frame comes to make us forget. */
  #forgetLater(): void {
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#forgetAll(), FORGET_AFTER_MS);
    this.#forgetting.unref();
  }

  #forgetAll(): void {
    for (const memory of this.#memories.values()) memory.wipe();
    this.#memories.clear();
    this.#book = { ...this.#book, tracks: [] };
  }
}

function inFractions(box: DetectedFace['box'], { width, height }: Frame): Box {
  return {
    x: box.x / width,
    y: box.y / height,
    width: box.width / width,
    height: box.height / height,
  };
}
