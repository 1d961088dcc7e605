import { assert } from '#domain/assert';
import { type WasmMemory, webAssembly } from '#platform/wasm/webassembly';
import { assembleModule, type Code, code, op } from '#terminal/face/gallery/wasm-assembler';

const VALUES_PER_VECTOR = 8;
const VECTORS = [0, 1, 2, 3]; // four sums, so that one addition need not wait for the last
/** Rows and query are padded with zeros to a multiple of this. */
export const VALUES_PER_STEP = VALUES_PER_VECTOR * VECTORS.length;

// Parameters, all addresses in bytes; locals: place in the query, its end, and the four sums.
const [QUERY, ROW, ROWS_END, OUT, AT, STOP, SUM] = [0, 1, 2, 3, 4, 5, 6];

const get = op.localGet;
const set = op.localSet;
const advance = (local: number, bytes: number) =>
  code(get(local), op.i32Const(bytes), op.i32Add, set(local));

/** `SUM+k += row[8k … 8k+7] · query[8k … 8k+7]`, bytes widened to the query's 16 bits on loading. */
const multiplyAdd = VECTORS.map((k) =>
  code(
    get(SUM + k),
    code(get(ROW), op.v128Load8x8S(k * VALUES_PER_VECTOR)),
    code(get(AT), op.v128Load(k * VALUES_PER_VECTOR * 2)),
    op.i32x4DotI16x8S,
    op.i32x4Add,
    set(SUM + k),
  ),
);

const lane = (index: number) => code(get(SUM), op.i32x4ExtractLane(index));

/** The four sums added to one, and its four lanes to one number, stored at OUT. */
const storeTotal = code(
  code(get(SUM), get(SUM + 1), op.i32x4Add, get(SUM + 2), get(SUM + 3), op.i32x4Add),
  code(op.i32x4Add, set(SUM), get(OUT)),
  code(lane(0), lane(1), op.i32Add, lane(2), lane(3), op.i32Add, op.i32Add),
  op.i32Store(0),
);

/** Dot products of one query of 16-bit integers with consecutive rows of 8-bit integers. */
function dots(valuesPerRow: number): Code {
  return op.loop(
    ...VECTORS.map((k) => code(op.v128Zero, set(SUM + k))),
    code(get(QUERY), set(AT), get(QUERY), op.i32Const(2 * valuesPerRow), op.i32Add, set(STOP)),
    op.loop(
      ...multiplyAdd,
      code(advance(ROW, VALUES_PER_STEP), advance(AT, 2 * VALUES_PER_STEP)),
      code(get(AT), get(STOP), op.i32LtU, op.brIf(0)),
    ),
    storeTotal,
    advance(OUT, 4),
    code(get(ROW), get(ROWS_END), op.i32LtU, op.brIf(0)),
  );
}

/** Addresses in bytes; the query's and the result's are multiples of 16. At least one row. */
export type DotKernel = (query: number, rows: number, rowsEnd: number, out: number) => void;

/** @param valuesPerRow a multiple of VALUES_PER_STEP */
export function dotKernel(memory: WasmMemory, valuesPerRow: number): DotKernel {
  assert(valuesPerRow % VALUES_PER_STEP === 0, 'rows are whole steps of the kernel');
  const bytes = assembleModule({
    exportName: 'dots',
    parameters: ['i32', 'i32', 'i32', 'i32'],
    locals: ['i32', 'i32', 'v128', 'v128', 'v128', 'v128'],
    body: dots(valuesPerRow),
  });
  const instance = new webAssembly.Instance(new webAssembly.Module(bytes), { env: { memory } });
  const kernel = instance.exports['dots'];
  assert(typeof kernel === 'function', 'the kernel exports its function');
  return (...addresses) => void kernel(...addresses);
}
