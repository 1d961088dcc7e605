/** A rectangle in fractions of the frame, origin at its top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Intersection over union: 0 apart … 1 the same. */
export function overlapOf(p: Box, q: Box): number {
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (p.width * p.height + q.width * q.height - shared);
}

/** Distance of the centres, in mean widths of the two. */
export function distanceOf(p: Box, q: Box): number {
  const dx = p.x + p.width / 2 - q.x - q.width / 2;
  const dy = p.y + p.height / 2 - q.y - q.height / 2;
  const width = (p.width + q.width) / 2;
  return width === 0 ? Number.POSITIVE_INFINITY : Math.hypot(dx, dy) / width;
}
