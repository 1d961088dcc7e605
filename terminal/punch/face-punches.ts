import type { Greeting, SeenFace } from '#contracts/ipc/kiosk-ipc';
import { failed, ok, type Result } from '#domain/result';
import type {
  FaceDecision,
  FaceWatcher,
  FrameObservation,
  ObservedFace,
} from '#terminal/face/face-observation';
import type { AskDesk } from '#terminal/punch/ask-desk';
import type { HintTeller } from '#terminal/punch/hint-teller';
import type { PunchClaim, PunchRecorder } from '#terminal/punch/punch-recorder';
import type { Screen } from '#terminal/punch/screen';
import type { Roster } from '#terminal/storage/roster';

const FACES_TOLD_MAX = 20; // what the screen's contract takes
const REFUSED_KEPT_MAX = 200;

interface FacePunchesParts {
  readonly watcher: Pick<FaceWatcher, 'settle'>;
  readonly modelId: string;
  readonly roster: Roster;
  readonly recorder: PunchRecorder;
  readonly asks: AskDesk;
  readonly hints: HintTeller;
  readonly screen: Screen;
}

type Named = Extract<FaceDecision, { personId: string }>;

/** What this door already did about one track. */
interface Track {
  readonly state: SeenFace['state'];
  readonly personId?: string;
  readonly name?: string;
}

const TRACKING: Track = { state: 'tracking' };

/**
 * From what a frame says to punches: every face for itself, so that nobody waits for somebody else.
 * A greeting goes out only for an entry that `record` says is on the disk.
 */
export class FacePunches {
  readonly #parts: FacePunchesParts;
  #tracks = new Map<number, Track>();
  /** "Not me" and "no": this face is not offered this person again while it stays in view. */
  readonly #refused = new Map<number, Set<string>>();

  constructor(parts: FacePunchesParts) {
    this.#parts = parts;
  }

  handle(observation: FrameObservation): void {
    const visible = new Map(observation.faces.map((face) => [face.trackId, face]));
    this.#closeStaleAsk((trackId) => visible.has(trackId));
    const before = this.#tracks;
    this.#tracks = new Map();
    for (const face of observation.faces) {
      this.#tracks.set(face.trackId, this.#decide(face, before.get(face.trackId) ?? TRACKING));
    }
    this.#tell(observation);
  }

  /** Nobody is in view any more as far as this desk is concerned: captures have the camera. */
  rest(): void {
    this.#closeStaleAsk(() => false);
    this.#tracks.clear();
    this.#parts.hints.silence();
  }

  /** Questions expire even when no frame comes. */
  tick(): void {
    this.#closeStaleAsk((trackId) => this.#tracks.has(trackId));
  }

  answer(askId: string, answer: 'yes' | 'no'): Result<void, 'expired' | 'disk-full'> {
    const { asks, recorder } = this.#parts;
    const ask = asks.take(askId);
    if (ask === undefined) return failed('expired');
    const { trackId, person, claim, stableSinceMs } = ask;
    if (answer === 'no') {
      this.refuse(trackId, person.personId);
      return ok(undefined);
    }
    const recorded = recorder.record(person, claim, { trackId, stableSinceMs });
    if (!recorded.ok) {
      this.#settle(trackId, TRACKING, 'refused');
      return recorded;
    }
    this.#settle(trackId, this.#greet(recorded.value, person.personId), 'done');
    return ok(undefined);
  }

  /** This face said it is not that person. */
  refuse(trackId: number, personId: string): void {
    const refused = this.#refused.get(trackId) ?? new Set();
    this.#refused.set(trackId, refused.add(personId));
    for (const old of this.#refused.keys()) {
      if (this.#refused.size <= REFUSED_KEPT_MAX) break;
      this.#refused.delete(old);
    }
    this.#settle(trackId, { state: 'unknown' }, 'refused');
  }

  #settle(trackId: number, track: Track, outcome: 'done' | 'refused'): void {
    if (this.#tracks.has(trackId)) this.#tracks.set(trackId, track);
    this.#parts.watcher.settle(trackId, outcome);
  }

  #decide(face: ObservedFace, before: Track): Track {
    const { decision, trackId } = face;
    if (decision.kind === 'pending') return before;
    if (decision.kind === 'unknown')
      return before.state === 'tracking' ? { state: 'unknown' } : before;
    if (before.personId === decision.personId) {
      // Somebody who stays in front of the door is greeted once.
      if (before.state !== 'ask') this.#parts.watcher.settle(trackId, 'done');
      return before;
    }
    if (this.#refused.get(trackId)?.has(decision.personId) === true) {
      this.#parts.watcher.settle(trackId, 'refused');
      return { state: 'unknown' };
    }
    return decision.kind === 'accepted'
      ? this.#punch(face, decision, before)
      : this.#ask(face, decision, before);
  }

  #punch(face: ObservedFace, decision: Named, before: Track): Track {
    const { roster, recorder, watcher } = this.#parts;
    const { trackId, stableSinceMs } = face;
    const person = roster.find(decision.personId);
    if (person === undefined) {
      watcher.settle(trackId, 'refused'); // erased between two frames
      return TRACKING;
    }
    const recorded = recorder.record(person, this.#claim(decision), { trackId, stableSinceMs });
    if (!recorded.ok) {
      watcher.settle(trackId, 'refused'); // tried again when the track has rested
      return before;
    }
    watcher.settle(trackId, 'done');
    return this.#greet(recorded.value, person.personId);
  }

  #ask(face: ObservedFace, decision: Named, before: Track): Track {
    const { roster, recorder, asks } = this.#parts;
    if (before.state === 'ask' || asks.open !== undefined) return before;
    const person = roster.find(decision.personId);
    // Asking who has just been greeted would only tell a look-alike's name.
    if (person === undefined || recorder.isCoolingDown(person.personId)) return before;
    const { trackId, stableSinceMs } = face;
    asks.ask({ trackId, person, claim: this.#claim(decision), stableSinceMs });
    return { state: 'ask', personId: person.personId };
  }

  #greet(greeting: Greeting, personId: string): Track {
    this.#parts.screen.tell('greeting', greeting);
    return { state: greeting.kind, personId, name: greeting.name };
  }

  #claim({ similarity, margin, liveness, frameId }: Named): PunchClaim {
    return {
      method: 'face',
      modelId: this.#parts.modelId,
      frameId,
      confidence: within(similarity, -1, 1),
      margin: within(margin, 0, 2),
      ...(liveness === undefined ? {} : { liveness: within(liveness, 0, 1) }),
    };
  }

  #closeStaleAsk(visible: (trackId: number) => boolean): void {
    const stale = this.#parts.asks.takeStale(visible);
    if (stale !== undefined) this.#settle(stale.trackId, TRACKING, 'refused');
  }

  #tell({ frameId, faces }: FrameObservation): void {
    const told = faces.slice(0, FACES_TOLD_MAX).map(({ trackId, box }): SeenFace => {
      const { state, name } = this.#tracks.get(trackId) ?? TRACKING;
      return { trackId, box: plainBox(box), state, ...(name === undefined ? {} : { name }) };
    });
    this.#parts.screen.tell('faces', { frameId, faces: told });
    const undecided = faces.filter(({ trackId }) => {
      const state = this.#tracks.get(trackId)?.state;
      return state === 'tracking' || state === 'unknown';
    });
    this.#parts.hints.consider(undecided.toSorted(byHeight), (trackId) =>
      this.#refused.has(trackId),
    );
  }
}

function byHeight(a: ObservedFace, b: ObservedFace): number {
  return b.box.height - a.box.height;
}

function plainBox({ x, y, width, height }: SeenFace['box']): SeenFace['box'] {
  return { x, y, width, height };
}

/** Rounding in the networks may leave a cosine a hair outside. */
function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
