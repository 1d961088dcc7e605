import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  type IdentificationFigure,
  identify,
  type MeasuredPerson,
  type Verification,
  verify,
} from '#domain/face/accuracy';
import { failed, ok, type Result } from '#domain/result';
import { decodeJpeg, type Picture, type PictureFailure } from '#platform/image/jpeg';
import type { FaceSet } from '#terminal/face/evaluation/face-set';
import type { DetectedFace, FaceEngine } from '#terminal/face/face-engine';

/** A picture that could not be measured, and why. */
export interface SkippedPicture {
  readonly path: string;
  readonly reason: PictureFailure | 'absent';
}

/** How good an engine is on one set of faces. */
export interface FaceEvaluation {
  readonly modelId: string;
  readonly dataSet: string;
  readonly pictures: number;
  /** Pictures whose subject the detector found. */
  readonly found: number;
  readonly recall: number;
  readonly skipped: readonly SkippedPicture[];
  readonly verification: Verification;
  readonly identification: readonly IdentificationFigure[];
  /** Mean milliseconds of detection, landmarks and template, without decoding. */
  readonly millisecondsPerPicture: number;
}

/** What measuring needs of an engine; a benchmark puts another recogniser in its place. */
export interface MeasuredEngine {
  readonly modelId: string;
  /** The template of the picture's subject, or undefined where it is not found. */
  template(picture: Picture, frameId: number): Promise<Float32Array | undefined>;
}

export interface EvaluationOptions {
  readonly engine: MeasuredEngine;
  readonly faces: FaceSet;
  readonly onProgress?: (done: number, total: number) => void;
}

const ENROLLED = [1, 2, 3];

/** The subject is the largest face that covers the middle of the picture. */
export function subjectOf(
  faces: readonly DetectedFace[],
  { width, height }: Picture,
): DetectedFace | undefined {
  return faces.find(
    ({ box }) =>
      box.x <= width / 2 &&
      box.x + box.width >= width / 2 &&
      box.y <= height / 2 &&
      box.y + box.height >= height / 2,
  );
}

export function measured(engine: FaceEngine): MeasuredEngine {
  return {
    modelId: engine.card.id,
    template: async (picture, frameId) => {
      const frame = { ...picture, frameId, capturedAtMs: 0 };
      const face = subjectOf(await engine.detect(frame), picture);
      return face && (await engine.embed(frame, face));
    },
  };
}

export async function evaluateFaces(options: EvaluationOptions): Promise<FaceEvaluation> {
  const { engine, faces } = options;
  const tally = new Tally(options);
  const people: MeasuredPerson[] = [];
  for (const paths of faces.people) people.push({ templates: await tally.templatesOf(paths) });
  const strangers = await tally.templatesOf(faces.strangers);
  return {
    modelId: engine.modelId,
    dataSet: faces.source,
    ...tally.figures(),
    verification: verify(people, strangers),
    identification: ENROLLED.map((enrolled) => identify(people, strangers, enrolled)),
  };
}

/** Goes through pictures one by one and keeps count. */
class Tally {
  readonly #options: EvaluationOptions;
  readonly #total: number;
  readonly #skipped: SkippedPicture[] = [];
  #done = 0;
  #found = 0;
  #engineMs = 0;

  constructor(options: EvaluationOptions) {
    this.#options = options;
    this.#total = options.faces.people.flat().length + options.faces.strangers.length;
  }

  async templatesOf(paths: readonly string[]): Promise<readonly Float32Array[]> {
    const templates: Float32Array[] = [];
    for (const path of paths) {
      const picture = await readPicture(path);
      if (picture.ok) templates.push(...(await this.#measure(picture.value)));
      else this.#skipped.push({ path, reason: picture.failure });
      this.#done += 1;
      this.#options.onProgress?.(this.#done, this.#total);
    }
    return templates;
  }

  async #measure(picture: Picture): Promise<readonly Float32Array[]> {
    const startedAt = performance.now();
    const template = await this.#options.engine.template(picture, this.#done);
    this.#engineMs += performance.now() - startedAt;
    if (template === undefined) return [];
    this.#found += 1;
    return [template];
  }

  figures() {
    const pictures = this.#done - this.#skipped.length;
    return {
      pictures,
      found: this.#found,
      recall: pictures === 0 ? 0 : this.#found / pictures,
      skipped: this.#skipped,
      millisecondsPerPicture: pictures === 0 ? 0 : this.#engineMs / pictures,
    };
  }
}

async function readPicture(path: string): Promise<Result<Picture, SkippedPicture['reason']>> {
  if (!existsSync(path)) return failed('absent');
  const decoded = await decodeJpeg(await readFile(path));
  return decoded.ok ? ok(decoded.value) : decoded;
}
