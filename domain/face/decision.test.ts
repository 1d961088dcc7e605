import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ASK_AFTER_MS,
  type Candidate,
  decide,
  type FrameMatch,
  UNKNOWN_AFTER_MS,
} from '#domain/face/decision';

const THRESHOLDS = { accept: 0.5, clear: 0.55, ask: 0.42, margin: 0.08 };

function candidate(note: string | undefined): Candidate | undefined {
  if (note === undefined || note === '-') return undefined;
  return { personId: note.slice(0, 1), similarity: Number(note.slice(1)) };
}

/** `'a.60'` is person a at 0.60 with nobody near; `'a.60>b.55'` has b close behind. */
function matches(...notes: readonly string[]): readonly FrameMatch[] {
  return notes.map((note, index) => {
    const [best, second] = note.split('>');
    const [frameId, atMs] = [index, index * 200];
    return { frameId, atMs, best: candidate(best), second: candidate(second ?? 'z.2') };
  });
}

/** Verdict, after how long, over which frames, and why. */
type Row = [kind: string, goodForMs: number, notes: readonly string[], reason: string];

describe('decide', () => {
  test.each<Row>([
    ['pending', 0, ['a.90'], 'one frame is never enough'],
    ['accepted', 200, ['a.60', 'a.60'], 'two clear frames agree'],
    ['pending', 200, ['a.52', 'a.52'], 'two that just pass wait for a third'],
    ['accepted', 400, ['a.52', 'a.52', 'a.52'], 'three that just pass'],
    ['pending', 400, ['a.60', 'b.60'], 'frames that name two people'],
    ['pending', 600, ['a.60', 'b.60', 'a.60'], 'and go back'],
    ['accepted', 800, ['b.60', 'a.60', 'a.60'], 'the run that counts is the latest'],
    ['pending', 400, ['a.60>b.55', 'a.60>b.55', 'a.60>b.55'], 'too alike: wait before asking'],
    ['doubtful', ASK_AFTER_MS, ['a.60>b.55', 'a.60>b.55', 'a.60>b.55'], 'too alike: ask'],
    ['doubtful', ASK_AFTER_MS, ['a.45', 'a.45', 'a.45'], 'nearly: ask'],
    ['pending', ASK_AFTER_MS, ['a.45', 'a.30', 'a.45'], 'not steadily near: do not ask'],
    ['pending', UNKNOWN_AFTER_MS - 1, ['a.30', 'a.30', 'a.30'], 'nobody, but not for long'],
    ['unknown', UNKNOWN_AFTER_MS, ['a.30', 'b.30', 'c.30'], 'nobody for three seconds'],
    ['unknown', UNKNOWN_AFTER_MS, ['-', '-', '-'], 'an empty gallery'],
    ['pending', UNKNOWN_AFTER_MS, ['a.30'], 'one glance in three seconds proves nothing'],
    ['pending', 0, [], 'no frame yet'],
    ['accepted', 200, ['a.60>-', 'a.60>-'], 'the only person enrolled has nobody beside them'],
    ['pending', 400, ['a.60', '-', 'a.60'], 'a frame that names nobody breaks the run'],
    ['pending', 400, ['a.60', 'a.60', '-'], 'nobody in the last frame, nobody greeted'],
  ])('%s after %i ms of %j: %s', (kind, goodForMs, notes) => {
    expect(decide(matches(...notes), goodForMs, THRESHOLDS).kind).toBe(kind);
  });

  test('reports the weakest frame of those that agreed, with its margin', () => {
    expect(decide(matches('a.70', 'a.60>b.30'), 200, THRESHOLDS)).toMatchObject({
      kind: 'accepted',
      personId: 'a',
      similarity: 0.6,
      margin: expect.closeTo(0.3, 9),
      frameId: 1,
    });
  });

  test('nobody is accepted who is not the best of each of the last two frames, above the threshold', () => {
    const note = fc.record({
      best: fc.record({
        personId: fc.constantFrom('a', 'b'),
        similarity: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      second: fc.record({
        personId: fc.constant('c'),
        similarity: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    });
    fc.assert(
      fc.property(fc.array(note, { maxLength: 12 }), fc.nat({ max: 9000 }), (notes, goodForMs) => {
        const frames = notes.map((n, i): FrameMatch => ({ ...n, frameId: i, atMs: i }));
        const verdict = decide(frames, goodForMs, THRESHOLDS);
        if (verdict.kind !== 'accepted') return;
        for (const frame of frames.slice(-2)) {
          expect(frame.best?.personId).toBe(verdict.personId);
          expect(frame.best?.similarity).toBeGreaterThanOrEqual(THRESHOLDS.accept);
        }
        expect(verdict.margin).toBeGreaterThanOrEqual(THRESHOLDS.margin);
      }),
    );
  });
});
