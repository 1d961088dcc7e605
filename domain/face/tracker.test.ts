import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, distanceOf } from '#domain/face/box';
import { EMPTY_BOOK, follow, renew, TRACK_LOST_MS, type TrackBook } from '#domain/face/tracker';

const box = (x: number, y = 0.3, width = 0.1): Box => ({ x, y, width, height: width * 1.3 });

const anyBox = fc
  .record({ x: fc.double({ min: 0, max: 0.9 }), y: fc.double({ min: 0, max: 0.8 }) })
  .map(({ x, y }) => box(x, y));
const anyFrames = fc.array(
  fc.record({ gapMs: fc.nat({ max: 1500 }), boxes: fc.array(anyBox, { maxLength: 6 }) }),
  { maxLength: 30 },
);

function followAll(frames: readonly (readonly Box[])[], stepMs: number): readonly number[][] {
  let book: TrackBook = EMPTY_BOOK;
  return frames.map((boxes, index) => {
    const step = follow(book, boxes, index * stepMs);
    book = step.book;
    return [...step.trackIds];
  });
}

describe('follow', () => {
  test('a face that moves keeps its number, two that pass each other keep theirs', () => {
    const frames = Array.from({ length: 8 }, (_, i) => [
      box(0.1 + i * 0.05, 0.2),
      box(0.7 - i * 0.05, 0.5),
    ]);
    expect(followAll(frames, 200)).toEqual(frames.map(() => [1, 2]));
  });

  test('a step of half a face between two slow frames is still the same face', () => {
    expect(followAll([[box(0.3)], [box(0.36)]], 250)).toEqual([[1], [1]]);
  });

  test('a brisk step, with hardly an overlap left, is still the same face', () => {
    expect(followAll([[box(0.3)], [box(0.368)]], 200)).toEqual([[1], [1]]);
    expect(followAll([[box(0.3)], [box(0.371)]], 200)).toEqual([[1], [2]]);
  });

  test('boxes without a width are nobody’s neighbours', () => {
    expect(distanceOf(box(0.3, 0.3, 0), box(0.3, 0.3, 0))).toBe(Number.POSITIVE_INFINITY);
  });

  test('a face elsewhere, or of another size, is another face', () => {
    expect(followAll([[box(0.1)], [box(0.7)]], 200)).toEqual([[1], [2]]);
    expect(followAll([[box(0.1)], [box(0.1, 0.3, 0.4)]], 200)).toEqual([[1], [2]]);
  });

  test('a short miss of the detector is bridged, a long absence is not', () => {
    const { book } = follow(EMPTY_BOOK, [box(0.3)], 0);
    expect(follow(book, [box(0.3)], TRACK_LOST_MS).trackIds).toEqual([1]);
    expect(follow(book, [box(0.3)], TRACK_LOST_MS + 1).trackIds).toEqual([2]);
  });

  test('numbers are never reused, and no two faces of a frame share one', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        let book: TrackBook = EMPTY_BOOK;
        let nowMs = 0;
        let newest = 0;
        for (const { gapMs, boxes } of frames) {
          const known = new Set(book.tracks.map((track) => track.trackId));
          nowMs += gapMs;
          const step = follow(book, boxes, nowMs);
          expect(new Set(step.trackIds).size).toBe(boxes.length);
          for (const trackId of step.trackIds.filter((id) => !known.has(id))) {
            expect(trackId).toBeGreaterThan(newest);
            newest = trackId;
          }
          book = step.book;
        }
      }),
    );
  });

  test('nothing is remembered of a face that has been gone for a second', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        let [book, nowMs]: [TrackBook, number] = [EMPTY_BOOK, 0];
        for (const { gapMs, boxes } of frames) {
          nowMs += gapMs;
          ({ book } = follow(book, boxes, nowMs));
        }
        expect(follow(book, [], nowMs + TRACK_LOST_MS + 1).book.tracks).toEqual([]);
      }),
    );
  });
});

describe('renew', () => {
  test('the same place goes on under a number of its own, from now', () => {
    const { book } = follow(EMPTY_BOOK, [box(0.3)], 0);
    const renewed = renew(book, 1, 500);
    expect(renewed.trackId).toBe(2);
    expect(renewed.book.tracks[0]).toMatchObject({ trackId: 2, startedAtMs: 500 });
    expect(follow(renewed.book, [box(0.31)], 700).trackIds).toEqual([2]);
  });

  test('whoever stands beside keeps their number and their time', () => {
    const { book } = follow(EMPTY_BOOK, [box(0.1), box(0.7)], 0);
    const beside = book.tracks.find((track) => track.trackId === 2);
    expect(renew(book, 1, 500).book.tracks).toContainEqual(beside);
  });
});
