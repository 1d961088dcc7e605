/*
 * Goal: what the watcher says over time. Method: the real watcher, gallery, tracker and decision over
 * frames of textured pixels; only the networks are scripted, because what they see is not the point.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Frame } from '#contracts/ipc/frame-codec';
import { assert } from '#domain/assert';
import type { DetectedFace, FaceEngine, Point } from '#terminal/face/face-engine';
import type { FaceWatcher, ObservedFace } from '#terminal/face/face-observation';
import { createFaceWatcher } from '#terminal/face/face-watcher';
import { FaceGallery } from '#terminal/face/gallery/face-gallery';
import { cardOf } from '#terminal/face/models/model-cards';
import { normalised } from '#terminal/face/template';

const [WIDTH, HEIGHT] = [640, 360];
const LENGTH = 512;
const FACE_SIDE = 110;

interface Actor {
  readonly who: string;
  readonly x: number;
  readonly liveness?: number;
}

/** Two people of different seeds are nearly orthogonal; `likeness` mixes one into another. */
function templateOf(who: string): Float32Array {
  const vector = new Float32Array(LENGTH);
  for (const [index, letter] of who.split('').entries()) {
    let state = letter.charCodeAt(0) * 7919;
    for (let i = 0; i < LENGTH; i += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      vector[i] = (vector[i] ?? 0) + (state / 2 ** 31 - 1) / (index + 1);
    }
  }
  return normalised(vector);
}

const TEXTURE = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => 90 + ((i * 7919) % 90));

/** Looking straight: every landmark at the nose but the ones that make eyes and mouth. */
function landmarksAt(x: number): readonly Point[] {
  const place = (px: number, py: number) => ({ x: x + px * FACE_SIDE, y: 100 + py * FACE_SIDE });
  const points = Array.from({ length: 68 }, () => place(0.5, 0.62));
  for (const i of [37, 38, 40, 41]) points[i] = place(0.3, 0.4);
  for (const i of [43, 44, 46, 47]) points[i] = place(0.7, 0.4);
  for (const i of [48, 60]) points[i] = place(0.34, 0.84);
  for (const i of [54, 64]) points[i] = place(0.66, 0.84);
  return points;
}

/** A stage, the watcher in front of it, and how often each network was asked. */
class Stage {
  readonly gallery = new FaceGallery(LENGTH);
  readonly calls = { embed: 0, liveness: 0 };
  readonly watcher: FaceWatcher;
  #actors: readonly Actor[] = [];
  #frameId = 0;
  #nowMs = 1_000_000;

  constructor(liveness: 'off' | 'advise' = 'advise') {
    const engine: FaceEngine = {
      card: cardOf('onnx'),
      detect: async (frame) => await Promise.resolve(this.#detect(frame)),
      embed: async (_, face) => {
        this.calls.embed += 1;
        return await Promise.resolve(templateOf(this.#actorAt(face).who));
      },
      liveness: async (_, face) => {
        this.calls.liveness += 1;
        return await Promise.resolve(this.#actorAt(face).liveness ?? 0.9);
      },
      close: async () => await Promise.resolve(),
    };
    this.watcher = createFaceWatcher({ engine, gallery: this.gallery, liveness });
  }

  enrol(...people: readonly string[]): this {
    for (const personId of people) {
      const added = this.gallery.add({
        personId,
        templateId: personId,
        vector: templateOf(personId),
      });
      assert(added.ok, 'the template fits');
    }
    return this;
  }

  /** Plays frames, 200 ms apart, and returns the faces of the last one. */
  async play(count: number, ...actors: readonly Actor[]): Promise<readonly ObservedFace[]> {
    let faces: readonly ObservedFace[] = [];
    for (let i = 0; i < count; i += 1) faces = await this.frame(200, actors, { searching: true });
    return faces;
  }

  async frame(
    afterMs: number,
    actors: readonly Actor[],
    options: { readonly searching: boolean },
  ): Promise<readonly ObservedFace[]> {
    this.#actors = actors;
    this.#nowMs += afterMs;
    this.#frameId += 1;
    const frame = {
      frameId: this.#frameId,
      capturedAtMs: this.#nowMs,
      width: WIDTH,
      height: HEIGHT,
      rgba: TEXTURE,
    };
    return (await this.watcher.observe(frame, options)).faces;
  }

  #detect(frame: Frame): readonly DetectedFace[] {
    return this.#actors.map(({ x }) => ({
      frameId: frame.frameId,
      box: { x, y: 100, width: FACE_SIDE, height: FACE_SIDE },
      score: 0.9,
      landmarks: landmarksAt(x),
    }));
  }

  #actorAt(face: DetectedFace): Actor {
    const actor = this.#actors.find(({ x }) => x === face.box.x);
    assert(actor !== undefined, 'a face on the stage is an actor’s');
    return actor;
  }
}

describe('createFaceWatcher', () => {
  test('accepts somebody enrolled at the second frame, with the mean liveness of the track', async () => {
    const stage = new Stage().enrol('a', 'b');
    const [first] = await stage.play(1, { who: 'a', x: 200, liveness: 0.2 });
    expect(first).toMatchObject({ hint: null, decision: { kind: 'pending' } });
    const [second] = await stage.play(1, { who: 'a', x: 205, liveness: 0.8 });
    expect(second).toMatchObject({
      trackId: first?.trackId,
      decision: { kind: 'accepted', personId: 'a', liveness: expect.closeTo(0.5, 6) },
    });
    expect(second?.stableSinceMs).toBe(1_000_200);
  });

  test('several faces of one frame are followed and decided each on its own', async () => {
    const stage = new Stage().enrol('a', 'b');
    const faces = await stage.play(
      2,
      { who: 'a', x: 50 },
      { who: 'q', x: 250 },
      { who: 'b', x: 450 },
    );
    expect(new Set(faces.map((face) => face.trackId)).size).toBe(3);
    expect(faces.map(({ decision }) => decision)).toMatchObject([
      { kind: 'accepted', personId: 'a' },
      { kind: 'pending' },
      { kind: 'accepted', personId: 'b' },
    ]);
  });

  test('a stranger is unknown after three seconds and never somebody', async () => {
    const stage = new Stage().enrol('a', 'b', 'c');
    const kinds: (string | undefined)[] = [];
    for (let i = 0; i < 40; i += 1) {
      const [face] = await stage.play(1, { who: 'q', x: 200 });
      kinds.push(face?.decision.kind);
    }
    expect(kinds.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 'pending'));
    expect(new Set(kinds.slice(15))).toEqual(new Set(['unknown']));
  });

  test('two who look alike: asked about, not greeted', async () => {
    const stage = new Stage().enrol('ax', 'ay');
    const [face] = await stage.play(8, { who: 'axy', x: 200 });
    expect(face?.decision.kind).toBe('doubtful');
  });

  test('a settled track rests: embedded only to notice somebody else', async () => {
    const stage = new Stage().enrol('a');
    const [face] = await stage.play(2, { who: 'a', x: 200 });
    stage.watcher.settle(face?.trackId ?? 0, 'done');
    stage.calls.embed = 0;
    const [later] = await stage.play(20, { who: 'a', x: 200 });
    expect(later?.decision).toEqual({ kind: 'pending' });
    expect(stage.calls.embed).toBe(4);
  });

  test('after a refusal the track rests for five seconds and then decides anew', async () => {
    const stage = new Stage().enrol('a');
    const [face] = await stage.play(2, { who: 'a', x: 200 });
    stage.watcher.settle(face?.trackId ?? 0, 'refused');
    expect((await stage.play(24, { who: 'a', x: 200 }))[0]?.decision.kind).toBe('pending');
    expect((await stage.play(3, { who: 'a', x: 200 }))[0]?.decision.kind).toBe('accepted');
  });

  test('whoever takes the place of a settled face is a new track, and decided', async () => {
    const stage = new Stage().enrol('a', 'b');
    const [first] = await stage.play(2, { who: 'a', x: 200 });
    stage.watcher.settle(first?.trackId ?? 0, 'done');
    const [second] = await stage.play(8, { who: 'b', x: 200 });
    expect(second?.trackId).not.toBe(first?.trackId);
    expect(second?.decision).toMatchObject({ kind: 'accepted', personId: 'b' });
  });

  test('while enrolling every good frame has a template and nobody is looked up', async () => {
    const stage = new Stage().enrol('a');
    for (let i = 0; i < 3; i += 1) {
      const [face] = await stage.frame(200, [{ who: 'a', x: 200 }], { searching: false });
      expect(face?.embedding).toEqual(templateOf('a'));
      expect(face?.decision).toEqual({ kind: 'pending' });
    }
    expect(stage.calls.liveness).toBe(0);
  });

  test('liveness is scored in the frames that decide, and not for ever after', async () => {
    const stage = new Stage().enrol('a');
    await stage.play(10, { who: 'a', x: 200 });
    expect(stage.calls).toEqual({ embed: 10, liveness: 3 });
  });

  test('with liveness off its network is never asked', async () => {
    const stage = new Stage('off').enrol('a');
    const [face] = await stage.play(3, { who: 'a', x: 200 });
    expect(face?.decision).toMatchObject({ kind: 'accepted', liveness: undefined });
    expect(stage.calls.liveness).toBe(0);
  });

  test('a face cut by the edge is told where to go, and costs no template', async () => {
    const stage = new Stage().enrol('a');
    const [face] = await stage.play(1, { who: 'a', x: -60 });
    expect(face).toMatchObject({ hint: 'move-left', embedding: undefined });
    expect(face?.stableSinceMs).toBeUndefined();
    expect(stage.calls.embed).toBe(0);
  });

  test('a clock set back begins anew instead of freezing every track', async () => {
    const stage = new Stage().enrol('a');
    const [first] = await stage.play(2, { who: 'a', x: 200 });
    const [again] = await stage.frame(-3_600_000, [{ who: 'a', x: 200 }], { searching: true });
    expect(again).toMatchObject({ trackedMs: 0, decision: { kind: 'pending' } });
    expect(again?.trackId).toBeGreaterThan(first?.trackId ?? 0);
  });

  describe('when no further frame comes', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    test('everything about a face is gone within two seconds', async () => {
      const stage = new Stage().enrol('b');
      const [before] = await stage.play(16, { who: 'q', x: 200 });
      vi.advanceTimersByTime(1_999);
      const [after] = await stage.frame(10, [{ who: 'q', x: 200 }], { searching: true });
      expect(after?.trackId).not.toBe(before?.trackId);
      expect(after).toMatchObject({ trackedMs: 0, decision: { kind: 'pending' } });
    });
  });
});
