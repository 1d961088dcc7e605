import type { Pixels } from '#terminal/face/image/pixels';
import type { Similarity } from '#terminal/face/image/similarity';

/** Where pixel (u, v) of the result comes from: `x = xu·u + xv·v + x0`, `y = yu·u + yv·v + y0`. */
export interface SourceMap {
  readonly xu: number;
  readonly xv: number;
  readonly x0: number;
  readonly yu: number;
  readonly yv: number;
  readonly y0: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/** Stretches a rectangle of the source over the whole result, pixel centres on pixel centres. */
export function stretch(from: Rectangle, to: Size): SourceMap {
  const [xu, yv] = [from.width / to.width, from.height / to.height];
  return { xu, xv: 0, x0: from.x + xu / 2 - 0.5, yu: 0, yv, y0: from.y + yv / 2 - 0.5 };
}

/** @param toSource similarity from result coordinates to source coordinates */
export function along({ a, b, tx, ty }: Similarity): SourceMap {
  return { xu: a, xv: -b, x0: tx, yu: b, yv: a, y0: ty };
}

const SUBSAMPLES_MAX = 2; // four reads a pixel, as many as bilinear takes but spread; more gains nothing measurable

/**
 * Reads a picture through a map into three planes of 0…255: red, green, blue.
 *
 * Enlarging reads bilinearly. Shrinking by two or more averages a grid of source pixels instead:
 * bilinear would read four pixels of sixteen and alias. Outside the source is black.
 *
 * @param planes 3 × width × height, overwritten
 */
export function samplePlanes(source: Pixels, map: SourceMap, size: Size, planes: Float32Array) {
  const nu = subsamples(Math.hypot(map.xu, map.yu));
  const nv = subsamples(Math.hypot(map.xv, map.yv));
  if (nu === 1 && nv === 1) sampleBilinear(source, map, size, planes);
  else if (map.xv === 0 && map.yu === 0) sampleUpright(source, map, { size, nu, nv }, planes);
  else sampleGrid(source, map, { size, nu, nv }, planes);
}

function subsamples(sourcePixels: number): number {
  return Math.max(1, Math.min(SUBSAMPLES_MAX, Math.floor(sourcePixels)));
}

interface Grid {
  readonly size: Size;
  readonly nu: number;
  readonly nv: number;
}

// Red and blue are summed in one number, 16 bits each: room for 257 samples of 255, and 4 are taken.
const RED_AND_BLUE = 0xff_00_ff;

/** The grid of a map without rotation: columns are worked out once, rows are read in a run. */
function sampleUpright(source: Pixels, map: SourceMap, grid: Grid, planes: Float32Array) {
  const { size, nu, nv } = grid;
  const columns = places({ step: map.xu, first: map.x0 }, size.width, nu, source.width);
  const rows = places({ step: map.yv, first: map.y0 }, size.height, nv, source.height);
  const sums = { redBlue: new Int32Array(size.width), green: new Int32Array(size.width) };
  const area = size.width * size.height;
  const share = 1 / (nu * nv);
  for (let v = 0, at = 0; v < size.height; v += 1) {
    sums.redBlue.fill(0);
    sums.green.fill(0);
    for (const row of rows.subarray(v * nv, v * nv + nv)) {
      if (row !== OUTSIDE) addRow(source.words.subarray(row * source.width), columns, nu, sums);
    }
    for (let u = 0; u < size.width; u += 1, at += 1) {
      const redBlue = sums.redBlue[u] ?? 0;
      planes[at] = (redBlue & 0xffff) * share;
      planes[at + area] = (sums.green[u] ?? 0) * share;
      planes[at + 2 * area] = (redBlue >>> 16) * share;
    }
  }
}

interface RowSums {
  readonly redBlue: Int32Array;
  readonly green: Int32Array;
}

function addRow(words: Uint32Array, columns: Int32Array, nu: number, sums: RowSums): void {
  for (let u = 0, i = 0; u < sums.green.length; u += 1) {
    let [redBlue, green] = [0, 0];
    for (const end = i + nu; i < end; i += 1) {
      const column = columns[i] ?? OUTSIDE;
      const word = column === OUTSIDE ? 0 : (words[column] ?? 0);
      redBlue += word & RED_AND_BLUE;
      green += (word >>> 8) & 0xff;
    }
    sums.redBlue[u] = (sums.redBlue[u] ?? 0) + redBlue;
    sums.green[u] = (sums.green[u] ?? 0) + green;
  }
}

const OUTSIDE = -1;

/** Source columns (or rows) of all subsamples of a line, OUTSIDE where there is none. */
function places(
  line: { readonly step: number; readonly first: number },
  count: number,
  perPixel: number,
  limit: number,
): Int32Array {
  return Int32Array.from({ length: count * perPixel }, (_, index) => {
    const [pixel, part] = [Math.floor(index / perPixel), index % perPixel];
    const offset = (part + 0.5) / perPixel - 0.5;
    const place = Math.floor(line.first + line.step * (pixel + offset) + 0.5);
    return place >= 0 && place < limit ? place : OUTSIDE;
  });
}

function sampleGrid(source: Pixels, map: SourceMap, grid: Grid, planes: Float32Array) {
  const { size, nu, nv } = grid;
  const area = size.width * size.height;
  const share = 1 / (nu * nv);
  const offsets = subsampleOffsets(map, grid);
  for (let v = 0, at = 0; v < size.height; v += 1) {
    for (let u = 0; u < size.width; u += 1, at += 1) {
      const x = map.xu * u + map.xv * v + map.x0;
      const y = map.yu * u + map.yv * v + map.y0;
      let [redBlue, green] = [0, 0];
      for (let i = 0; i < offsets.length; i += 2) {
        const word = nearest(source, x + (offsets[i] ?? 0), y + (offsets[i + 1] ?? 0));
        redBlue += word & RED_AND_BLUE;
        green += (word >>> 8) & 0xff;
      }
      planes[at] = (redBlue & 0xffff) * share;
      planes[at + area] = green * share;
      planes[at + 2 * area] = (redBlue >>> 16) * share;
    }
  }
}

/** Where the subsamples of a pixel lie from its centre in the source: x, y, x, y … plus a half to round. */
function subsampleOffsets(map: SourceMap, { nu, nv }: Grid): Float64Array {
  const offsets = new Float64Array(2 * nu * nv);
  for (let j = 0, at = 0; j < nv; j += 1) {
    for (let i = 0; i < nu; i += 1, at += 2) {
      const [du, dv] = [(i + 0.5) / nu - 0.5, (j + 0.5) / nv - 0.5];
      offsets[at] = map.xu * du + map.xv * dv + 0.5;
      offsets[at + 1] = map.yu * du + map.yv * dv + 0.5;
    }
  }
  return offsets;
}

function nearest({ width, height, words }: Pixels, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return 0;
  return words[Math.trunc(y) * width + Math.trunc(x)] ?? 0;
}

function sampleBilinear(source: Pixels, map: SourceMap, size: Size, planes: Float32Array) {
  const { width, height, words } = source;
  const area = size.width * size.height;
  for (let v = 0, at = 0; v < size.height; v += 1) {
    for (let u = 0; u < size.width; u += 1, at += 1) {
      const x = map.xu * u + map.xv * v + map.x0;
      const y = map.yu * u + map.yv * v + map.y0;
      if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) {
        planes[at] = planes[at + area] = planes[at + 2 * area] = 0;
        continue;
      }
      const [cx, cy] = [Math.min(Math.max(x, 0), width - 1), Math.min(Math.max(y, 0), height - 1)];
      const [left, top] = [Math.trunc(cx), Math.trunc(cy)];
      const [fx, fy] = [cx - left, cy - top];
      const row = top * width;
      const below = row + (top + 1 < height ? width : 0);
      const right = left + (left + 1 < width ? 1 : 0);
      const [a, b] = [words[row + left] ?? 0, words[row + right] ?? 0];
      const [c, d] = [words[below + left] ?? 0, words[below + right] ?? 0];
      const [wa, wb, wc, wd] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
      planes[at] = (a & 0xff) * wa + (b & 0xff) * wb + (c & 0xff) * wc + (d & 0xff) * wd;
      planes[at + area] =
        ((a >>> 8) & 0xff) * wa +
        ((b >>> 8) & 0xff) * wb +
        ((c >>> 8) & 0xff) * wc +
        ((d >>> 8) & 0xff) * wd;
      planes[at + 2 * area] =
        ((a >>> 16) & 0xff) * wa +
        ((b >>> 16) & 0xff) * wb +
        ((c >>> 16) & 0xff) * wc +
        ((d >>> 16) & 0xff) * wd;
    }
  }
}
