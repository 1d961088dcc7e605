import { assert } from '#domain/assert';
import type { Point } from '#terminal/face/face-engine';

/** `x' = a·x − b·y + tx`, `y' = b·x + a·y + ty`: rotation, one scale, translation; no shear. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The similarity that brings `from` nearest to `to` in the least-squares sense. */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  assert(
    from.length === to.length && from.length >= 2,
    'a fit needs pairs of points, two at least',
  );
  const [f, t] = [meanOf(from), meanOf(to)];
  let [dot, cross, norm] = [0, 0, 0];
  from.forEach((point, index) => {
    const target = to[index] ?? t;
    const [fx, fy, gx, gy] = [point.x - f.x, point.y - f.y, target.x - t.x, target.y - t.y];
    dot += fx * gx + fy * gy;
    cross += fx * gy - fy * gx;
    norm += fx * fx + fy * fy;
  });
  const [a, b] = norm === 0 ? [1, 0] : [dot / norm, cross / norm];
  return { a, b, tx: t.x - a * f.x + b * f.y, ty: t.y - b * f.x - a * f.y };
}

export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const norm = a * a + b * b;
  const [ia, ib] = [a / norm, -b / norm];
  return { a: ia, b: ib, tx: -ia * tx + ib * ty, ty: -ib * tx - ia * ty };
}
