/**
 * Just enough of a WebAssembly assembler to write one SIMD loop readably and check it in as source.
 * Encodings: WebAssembly 2.0 core specification, chapter 5 (Binary Format).
 */

/** Bytes of one instruction. */
export type Code = readonly number[];

export const VALUE_TYPE = { i32: 0x7f, v128: 0x7b } as const;
export type ValueType = keyof typeof VALUE_TYPE;

/** Instructions one after the other; groups may nest, so that a line can hold what belongs together. */
export function code(...parts: readonly (Code | number)[]): Code {
  return parts.flat();
}

/** LEB128, unsigned: 5.2.2. */
function u32(value: number): Code {
  const low = value % 128;
  return value < 128 ? [low] : [low + 128, ...u32(Math.floor(value / 128))];
}

/** LEB128, signed, for the small constants of a kernel: 5.2.2. */
function s32(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
  return done ? [low] : [low | 0x80, ...s32(rest)];
}

function simd(opcode: number): Code {
  return [0xfd, ...u32(opcode)];
}

const NO_RESULT = 0x40;
const ALIGN_4 = 2; // exponents of two
const ALIGN_8 = 3;
const ALIGN_16 = 4;

/** Instructions by their names in the specification: 5.4. */
export const op = {
  loop: (...body: Code[]): Code => [0x03, NO_RESULT, ...body.flat(), 0x0b],
  brIf: (depth: number): Code => [0x0d, ...u32(depth)],
  localGet: (index: number): Code => [0x20, ...u32(index)],
  localSet: (index: number): Code => [0x21, ...u32(index)],
  i32Const: (value: number): Code => [0x41, ...s32(value)],
  i32Add: [0x6a] as Code,
  i32LtU: [0x49] as Code,
  i32Store: (offset: number): Code => [0x36, ALIGN_4, ...u32(offset)],
  v128Load: (offset: number): Code => [...simd(0), ALIGN_16, ...u32(offset)],
  /** Eight signed bytes as eight 16-bit numbers. */
  v128Load8x8S: (offset: number): Code => [...simd(1), ALIGN_8, ...u32(offset)],
  v128Zero: [...simd(12), ...Array.from({ length: 16 }, () => 0)] as Code,
  i32x4ExtractLane: (lane: number): Code => [...simd(27), lane],
  i32x4Add: simd(174),
  /** Products of eight pairs of 16-bit numbers, neighbours added: four 32-bit sums. */
  i32x4DotI16x8S: simd(186),
} as const;

export interface WasmFunction {
  readonly exportName: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

function section(id: number, content: Code): Code {
  return [id, ...u32(content.length), ...content];
}

function text(value: string): Code {
  const bytes = [...new TextEncoder().encode(value)];
  return [...u32(bytes.length), ...bytes];
}

const MAGIC_AND_VERSION: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]; // "\0asm", 1

/** A module with one function without result, and one memory imported as `env.memory`: 5.5. */
export function assembleModule(fn: WasmFunction): Uint8Array<ArrayBuffer> {
  const types = [0x60, ...u32(fn.parameters.length), ...fn.parameters.map((t) => VALUE_TYPE[t]), 0];
  const locals = fn.locals.flatMap((type) => [1, VALUE_TYPE[type]]);
  const body = [...u32(fn.locals.length), ...locals, ...fn.body, 0x0b];
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(1, [1, ...types]),
    ...section(2, [1, ...text('env'), ...text('memory'), 0x02, 0x00, ...u32(1)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text(fn.exportName), 0x00, 0]),
    ...section(10, [1, ...u32(body.length), ...body]),
  ]);
}
