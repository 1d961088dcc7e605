import { assert } from '#domain/assert';
import { type WasmMemory, webAssembly } from '#platform/wasm/webassembly';
import { type DotKernel, dotKernel, VALUES_PER_STEP } from '#terminal/face/gallery/dot-kernel';
import { BYTE_MAX, quantise, WORD_MAX } from '#terminal/face/gallery/quantised';
import { TopTwo } from '#terminal/face/gallery/top-two';
import { similarity } from '#terminal/face/template';

const PAGE_BYTES = 65_536;
const PAGES_MAX = 16_384; // 1 GB: two million rows of 512 bytes
const BLOCK_ROWS = 512; // exact rows are kept in blocks, so that growing never copies them
const QUERY_AT = 0; // of the memory: the query in 16 bits, then a block of scores, then all rows
const SCAN_ROWS = 4096; // scored at a time: their scores stay in the fastest cache
const ROW_LENGTH_MAX = 1.01; // templates have length 1, give or take a wire
const ROUNDING = 1e-5; // more than sums of 512 products in 32-bit floats can stray

/**
 * Vectors by row number, each kept twice: exactly, and as one byte a value for the scan.
 *
 * Reading is what a search costs, so the scan reads a quarter of the bytes. It is exact all the same:
 * rounding to bytes moves a score by no more than the length of what was rounded away, so rows that
 * cannot reach the second place even with that added are out, and the few left are compared exactly.
 */
export class RowStore {
  readonly #length: number;
  readonly #rowBytes: number;
  readonly #memory: WasmMemory;
  readonly #dots: DotKernel;
  readonly #blocks: Float32Array[] = [];
  #scales = new Float64Array(BLOCK_ROWS);
  #residuals = new Float64Array(BLOCK_ROWS);

  constructor(length: number) {
    this.#length = length;
    this.#rowBytes = Math.ceil(length / VALUES_PER_STEP) * VALUES_PER_STEP;
    this.#memory = new webAssembly.Memory({ initial: 1, maximum: PAGES_MAX });
    this.#dots = dotKernel(this.#memory, this.#rowBytes);
  }

  read(row: number): Float32Array {
    const block = this.#blocks[Math.floor(row / BLOCK_ROWS)];
    assert(block !== undefined, 'a row is written before it is read');
    const at = (row % BLOCK_ROWS) * this.#length;
    return block.subarray(at, at + this.#length);
  }

  write(row: number, vector: Float32Array): void {
    this.#reserve(row + 1);
    this.read(row).set(vector);
    const bytes = new Int8Array(this.#memory.buffer, this.#rowAt(row), this.#length);
    const { scale, residual } = quantise(vector, bytes, BYTE_MAX);
    this.#scales[row] = scale;
    this.#residuals[row] = residual;
  }

  wipe(row: number): void {
    this.write(row, new Float32Array(this.#length));
  }

  /** Offers `top` every row that may be among its two, with the exact score. */
  search(query: Float32Array, rows: number, top: TopTwo): void {
    if (rows === 0) return;
    const rough = this.#scan(query, rows);
    const surely = new TopTwo(top.personOf);
    for (let row = 0; row < rows; row += 1) {
      surely.offer(row, (rough.scores[row] ?? 0) - rough.slackOf(row));
    }
    const reach = surely.second.score;
    for (let row = 0; row < rows; row += 1) {
      const most = (rough.scores[row] ?? 0) + rough.slackOf(row);
      if (most >= reach) top.offer(row, similarity(query, this.read(row)));
    }
  }

  /** Scores from bytes, and how far each may be from the truth. */
  #scan(query: Float32Array, rows: number) {
    const words = new Int16Array(this.#memory.buffer, QUERY_AT, this.#length);
    const { scale, residual } = quantise(query, words, WORD_MAX);
    const scores = new Float32Array(rows);
    for (let first = 0; first < rows; first += SCAN_ROWS) {
      const count = Math.min(SCAN_ROWS, rows - first);
      this.#dots(QUERY_AT, this.#rowAt(first), this.#rowAt(first + count), this.#scoresAt());
      const sums = new Int32Array(this.#memory.buffer, this.#scoresAt(), count);
      for (let i = 0; i < count; i += 1) {
        scores[first + i] = (sums[i] ?? 0) * scale * (this.#scales[first + i] ?? 0);
      }
    }
    words.fill(0);
    const length = Math.sqrt(similarity(query, query));
    const residuals = this.#residuals;
    // q·r = q̂·r̂ + q̂·(r−r̂) + (q−q̂)·r, and the last two are no more than the products of lengths.
    const slackOf = (row: number) =>
      (length + residual) * (residuals[row] ?? 0) + residual * ROW_LENGTH_MAX + ROUNDING;
    return { scores, slackOf };
  }

  #scoresAt(): number {
    return QUERY_AT + 2 * this.#rowBytes;
  }

  #rowAt(row: number): number {
    return this.#scoresAt() + 4 * SCAN_ROWS + row * this.#rowBytes;
  }

  /** Doubles the bytes, adds a block of exact rows at a time. */
  #reserve(rows: number): void {
    while (this.#blocks.length * BLOCK_ROWS < rows) {
      this.#blocks.push(new Float32Array(BLOCK_ROWS * this.#length));
    }
    this.#scales = grown(this.#scales, rows);
    this.#residuals = grown(this.#residuals, rows);
    const pages = this.#memory.buffer.byteLength / PAGE_BYTES;
    const missing = Math.ceil(this.#rowAt(rows) / PAGE_BYTES) - pages;
    if (missing > 0) this.#memory.grow(Math.min(Math.max(missing, pages), PAGES_MAX - pages));
  }
}

function grown(values: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (length <= values.length) return values;
  const longer = new Float64Array(Math.max(length, 2 * values.length));
  longer.set(values);
  return longer;
}
