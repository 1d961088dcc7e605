import { randomUUID } from 'node:crypto';
import type { ModelCard } from '#contracts/models/model-card';
import type { PersonBody } from '#contracts/wire/v1/down-log';
import { assert } from '#domain/assert';
import { thresholdsFor } from '#domain/face/threshold';
import { maskedName } from '#domain/punch/masked-name';
import { failed, ok, type Result } from '#domain/result';
import {
  judgeCapture,
  POSES,
  type Pose,
  type Problem,
  type Progress,
  poseOf,
} from '#terminal/enrolment/capture-gate';
import type { FrameObservation, ObservedFace } from '#terminal/face/face-observation';
import type { FaceGallery } from '#terminal/face/gallery/face-gallery';
import { meanTemplate, similarity } from '#terminal/face/template';

const FRAMES_PER_CAPTURE = 2; // the sharper of two in a row: one may be a blink
/** After this long at one pose any angle will do: not everybody can turn their head. */
const POSE_PATIENCE_MS = 4000;
/** A second face this much smaller than the first is somebody at the far end of the hall. */
const BYSTANDER_SHARE = 0.5;
/** Two captures of one person are far above; strangers hardly reach it. */
const SAME_PERSON_MIN = 0.3;
const TEST_FRAMES = 2;
const TEST_PATIENCE_MS = 15_000;

/** One good picture's template, held in memory until it is saved or thrown away. */
export interface Capture {
  readonly templateId: string;
  /** The pose measured, which may not be the one asked for. */
  readonly pose: Pose;
  readonly quality: number;
  readonly vector: Float32Array;
}

export interface EnrolmentSubject {
  readonly enrolmentId: string;
  readonly consentId: string;
  readonly person: PersonBody;
  readonly witnessPersonId: string;
}

interface EnrolmentParts {
  readonly subject: EnrolmentSubject;
  readonly card: ModelCard;
  readonly gallery: FaceGallery;
  readonly find: (personId: string) => PersonBody | undefined;
  readonly monotonicMs: () => number;
  /** Commits entry and templates together. */
  readonly save: (
    subject: EnrolmentSubject,
    captures: readonly Capture[],
    lookalikePersonId: string | undefined,
  ) => Result<void, 'disk-full' | 'gone'>;
  readonly tell: (progress: Progress) => void;
  /** Somebody is at it. */
  readonly onCaptured: () => void;
}

type Step = Progress['step'];
interface Candidate {
  readonly trackId: number;
  readonly capture: Capture;
  readonly frames: number;
}
interface Lookalike {
  readonly personId: string;
  readonly maskedName: string;
  readonly similarity: number;
}

/** One person's way from the first picture to being recognised; frames in, progress out. */
export class Enrolment {
  readonly #parts: EnrolmentParts;
  #step: Step = 'capture';
  #captures: Capture[] = [];
  #candidate: Candidate | undefined;
  #lookalike: Lookalike | undefined;
  #poseSinceMs: number;
  #testSinceMs = 0;
  #testMatches = 0;
  paused = false;

  constructor(parts: EnrolmentParts) {
    this.#parts = parts;
    this.#poseSinceMs = parts.monotonicMs();
  }

  get step(): Step {
    return this.#step;
  }

  get subject(): EnrolmentSubject {
    return this.#parts.subject;
  }

  /** Says where we are, for a screen that has just begun or come back. */
  announce(): void {
    this.#tell({});
  }

  observe({ faces }: FrameObservation): void {
    if (this.#step === 'capture') this.#capture(faces);
    else if (this.#step === 'test') this.#test(faces);
  }

  /** Throws the pictures away and begins with the first; what was saved stands until it is replaced. */
  retake(): void {
    this.#forget();
    this.#lookalike = undefined;
    this.#step = 'capture';
    this.#nextPose();
    this.announce();
  }

  acceptLookalike(): Result<void, 'not-enrolling' | 'disk-full'> {
    if (this.#step !== 'lookalike') return failed('not-enrolling');
    const saved = this.#save();
    if (saved.ok) return saved;
    if (saved.failure === 'gone') {
      this.#fail(undefined);
      return failed('not-enrolling');
    }
    this.#step = 'lookalike'; // the question stands until there is room
    this.#tell({ problem: 'disk-full' });
    return failed('disk-full');
  }

  /** The templates held here are overwritten, not left to the garbage collector. */
  close(): void {
    this.#forget();
  }

  #capture(faces: readonly ObservedFace[]): void {
    const face = onlyFace(faces);
    if (typeof face === 'string') {
      this.#candidate = undefined;
      this.#tell({ problem: face });
      return;
    }
    const { monotonicMs } = this.#parts;
    const patient = monotonicMs() - this.#poseSinceMs >= POSE_PATIENCE_MS;
    const judged = judgeCapture(face.measures, this.#pose(), patient ? 'any' : 'as-asked');
    const seen = { meters: judged.meters, box: boxOf(face) };
    const another = face.embedding !== undefined && !this.#isSamePerson(face.embedding);
    const problem = another ? 'another-person' : judged.problem;
    if (!judged.pass || another || face.embedding === undefined) {
      this.#candidate = undefined;
      this.#tell({ ...seen, ...(problem && { problem }) });
      return;
    }
    this.#consider(face, face.embedding, judged.quality);
    if (this.#step === 'capture') this.#tell(seen);
  }

  #consider(face: ObservedFace, embedding: Float32Array, quality: number): void {
    const before = this.#candidate?.trackId === face.trackId ? this.#candidate : undefined;
    const capture =
      before !== undefined && before.capture.quality >= quality
        ? before.capture
        : {
            templateId: randomUUID(),
            pose: poseOf(face.measures.yawDegrees),
            quality,
            vector: embedding.slice(),
          };
    const frames = (before?.frames ?? 0) + 1;
    this.#candidate = { trackId: face.trackId, capture, frames };
    if (frames < FRAMES_PER_CAPTURE) return;
    this.#captures.push(capture);
    this.#nextPose();
    this.#parts.onCaptured();
    if (this.#captures.length === POSES.length) this.#checkDuplicate();
  }

  #checkDuplicate(): void {
    const { gallery, card, find, subject } = this.#parts;
    const mean = meanTemplate(this.#captures.map((capture) => capture.vector));
    const { best, second } = gallery.search(mean);
    const other = best?.personId === subject.person.personId ? second : best;
    const { ask } = thresholdsFor(gallery.templateCount, card.thresholds);
    const person = other && find(other.personId);
    if (other === undefined || person === undefined || other.similarity < ask) {
      const saved = this.#save();
      if (!saved.ok) this.#fail(saved.failure === 'gone' ? undefined : saved.failure);
      return;
    }
    this.#lookalike = {
      personId: other.personId,
      maskedName: maskedName(person.name),
      similarity: other.similarity,
    };
    this.#step = 'lookalike';
    this.announce();
  }

  #save(): Result<void, 'disk-full' | 'gone'> {
    this.#step = 'saving';
    this.announce();
    const saved = this.#parts.save(this.subject, this.#captures, this.#lookalike?.personId);
    if (!saved.ok) return saved;
    this.#step = 'test';
    this.#testSinceMs = this.#parts.monotonicMs();
    this.#testMatches = 0;
    this.announce();
    return ok(undefined);
  }

  /** The proof of the pudding: is this person now recognised, by what was just saved? */
  #test(faces: readonly ObservedFace[]): void {
    const { gallery, card, monotonicMs, subject } = this.#parts;
    const face = onlyFace(faces);
    if (typeof face !== 'string' && face.embedding !== undefined) {
      const { best } = gallery.search(face.embedding);
      const { accept } = thresholdsFor(gallery.templateCount, card.thresholds);
      const matches = best?.personId === subject.person.personId && best.similarity >= accept;
      this.#testMatches = matches ? this.#testMatches + 1 : 0;
    }
    if (this.#testMatches >= TEST_FRAMES) {
      this.#step = 'done';
      this.#parts.onCaptured();
      this.#forget('keep-count');
      this.announce();
    } else if (monotonicMs() - this.#testSinceMs >= TEST_PATIENCE_MS) {
      this.#fail(typeof face === 'string' ? face : undefined);
    } else {
      this.#tell(typeof face === 'string' ? { problem: face } : { box: boxOf(face) });
    }
  }

  #fail(problem: Problem | undefined): void {
    this.#step = 'failed';
    this.#tell(problem === undefined ? {} : { problem });
  }

  #isSamePerson(embedding: Float32Array): boolean {
    const first = this.#captures[0];
    return first === undefined || similarity(first.vector, embedding) >= SAME_PERSON_MIN;
  }

  #pose(): Pose {
    const pose = POSES[this.#captures.length];
    assert(pose !== undefined, 'captures stop at the last pose');
    return pose;
  }

  #nextPose(): void {
    this.#candidate = undefined;
    this.#poseSinceMs = this.#parts.monotonicMs();
  }

  #forget(what: 'all' | 'keep-count' = 'all'): void {
    for (const capture of this.#captures) capture.vector.fill(0);
    this.#candidate?.capture.vector.fill(0);
    this.#candidate = undefined;
    if (what === 'all') this.#captures = [];
  }

  #tell(more: Pick<Progress, 'meters' | 'box' | 'problem'>): void {
    const taken = POSES.slice(0, this.#captures.length);
    const pose = this.#step === 'capture' ? POSES[taken.length] : undefined;
    this.#parts.tell({
      enrolmentId: this.subject.enrolmentId,
      step: this.#step,
      taken,
      ...(pose && { pose }),
      ...(this.#step === 'lookalike' &&
        this.#lookalike && {
          lookalike: this.#lookalike.maskedName,
          similarity: this.#lookalike.similarity,
        }),
      ...more,
    });
  }
}

/** The one face a wizard may look at, or why there is none. */
function onlyFace(faces: readonly ObservedFace[]): ObservedFace | 'no-face' | 'two-faces' {
  const [first, second] = faces.toSorted((a, b) => b.box.height - a.box.height);
  if (first === undefined) return 'no-face';
  const close = second !== undefined && second.box.height >= first.box.height * BYSTANDER_SHARE;
  return close ? 'two-faces' : first;
}

function boxOf({ box }: ObservedFace): NonNullable<Progress['box']> {
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}
