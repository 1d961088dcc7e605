import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contains,
  covers,
  intersect,
  lengthOf,
  type Span,
  type Spans,
  spanOf,
  subtract,
  union,
} from '#domain/attendance/time/span';

// Goal: interval arithmetic is set arithmetic. Method: the sets themselves, second by second.

const END = 40;
const someSpans = fc.array(
  fc.record({ from: fc.integer({ min: 0, max: END }), to: fc.integer({ min: 0, max: END }) }),
  { maxLength: 6 },
);
const secondsOf = (spans: readonly Span[]): ReadonlySet<number> =>
  new Set(
    spans.flatMap(({ from, to }) =>
      Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i),
    ),
  );
const isTidy = (spans: Spans): boolean =>
  spans.every((span, index) => span.to > span.from && span.from > (spans[index - 1]?.to ?? -1));

describe('spans', () => {
  test('are joined, cut and taken away like the sets they stand for', () => {
    fc.assert(
      fc.property(someSpans, someSpans, (left, right) => {
        const [a, b] = [union(left), union(right)];
        const [inA, inB] = [secondsOf(left), secondsOf(right)];
        expect(secondsOf(a)).toEqual(inA);
        expect(secondsOf(intersect(a, b))).toEqual(new Set([...inA].filter((at) => inB.has(at))));
        expect(secondsOf(subtract(a, b))).toEqual(new Set([...inA].filter((at) => !inB.has(at))));
        expect(lengthOf(a)).toBe(inA.size);
        expect(covers(a, b)).toBe([...inB].every((at) => inA.has(at)));
        for (let at = 0; at < END; at += 1) expect(contains(a, at)).toBe(inA.has(at));
        expect([a, intersect(a, b), subtract(a, b)].every(isTidy)).toBe(true);
      }),
    );
  });

  test.each([
    [spanOf(5, 5), 'an empty one is none'],
    [spanOf(6, 5), 'nor is a reversed one any'],
    [union([{ from: 3, to: 3 }]), 'nor an empty one alone'],
  ])('case %#', (spans, _why) => {
    expect(spans).toEqual([]);
  });

  test('touching ones become one', () => {
    expect(
      union([
        { from: 1, to: 2 },
        { from: 2, to: 3 },
      ]),
    ).toEqual([{ from: 1, to: 3 }]);
  });
});
