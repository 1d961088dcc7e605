/** A stretch of time in epoch seconds, half open: `from` is inside, `to` is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Sorted, disjoint, without empty members. Every function here takes and gives such lists. */
export type Spans = readonly Span[];

const NO_SPANS: Spans = [];

/** The one span `[from, to)`, or none when it is empty or reversed. */
export function spanOf(from: number, to: number): Spans {
  return to > from ? [{ from, to }] : NO_SPANS;
}

/** Any spans in any order, made into a sorted and disjoint list; touching ones become one. */
export function union(spans: readonly Span[]): Spans {
  if (spans.length < 2) return spans.filter((span) => span.to > span.from);
  const sorted = spans.filter((span) => span.to > span.from).toSorted((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.to) merged.push(span);
    else if (span.to > last.to) merged[merged.length - 1] = { from: last.from, to: span.to };
  }
  return merged;
}

/** What is in both. */
export function intersect(a: Spans, b: Spans): Spans {
  const common: Span[] = [];
  let inA = 0;
  let inB = 0;
  for (let left = a[inA], right = b[inB]; left !== undefined && right !== undefined; ) {
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (to > from) common.push({ from, to });
    if (left.to < right.to) left = a[++inA];
    else right = b[++inB];
  }
  return common;
}

/** What is in `a` and not in `b`. */
export function subtract(a: Spans, b: Spans): Spans {
  if (b.length === 0) return a;
  const rest: Span[] = [];
  let next = 0;
  for (const span of a) {
    let { from } = span;
    for (let hole = b[next]; hole !== undefined && hole.from < span.to; hole = b[next]) {
      if (hole.from > from) rest.push({ from, to: hole.from });
      from = Math.max(from, hole.to);
      if (hole.to > span.to) break; // it reaches into the next span
      next += 1;
    }
    if (span.to > from) rest.push({ from, to: span.to });
  }
  return rest;
}

/** Seconds in all of them together. */
export function lengthOf(spans: Spans): number {
  let seconds = 0;
  for (const span of spans) seconds += span.to - span.from;
  return seconds;
}

/** Whether every second of `inner` lies in `outer`. */
export function covers(outer: Spans, inner: Spans): boolean {
  return subtract(inner, outer).length === 0;
}

/** Whether the instant lies in one of them. */
export function contains(spans: Spans, at: number): boolean {
  return spans.some((span) => span.from <= at && at < span.to);
}
