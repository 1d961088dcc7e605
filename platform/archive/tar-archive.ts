import { failed, ok, type Result } from '#domain/result';

/*
 * POSIX ustar, as much as one needs who writes files and reads back their own: plain files, names of
 * up to 100 bytes. Any `tar` opens it.
 */

const BLOCK = 512;
const NAME_BYTES_MAX = 100;
const SIZE_OCTAL_MAX = 0o77777777777; // 8 GiB; beyond it the size is binary, as GNU tar and star have it
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const TYPE_AT = 156;

/** A file on its way into an archive. */
export interface TarFile {
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** @throws when a file turned out shorter or longer than it was said to be */
export async function* tarOf(
  files: AsyncIterable<TarFile> | Iterable<TarFile>,
): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes, content } of files) {
    yield headerOf(name, bytes);
    let written = 0;
    for await (const chunk of content) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== bytes) throw new Error(`${name} changed while it was being read`);
    yield Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function headerOf(name: string, bytes: number): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) throw new Error(`the name ${name} is too long`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, NAME[0]);
  header.write('0000600\0', 100); // for the owner alone
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  if (bytes <= SIZE_OCTAL_MAX) header.write(`${octal(bytes, 11)}\0`, SIZE[0]);
  else {
    header[SIZE[0]] = 0x80;
    header.writeBigUInt64BE(BigInt(bytes), SIZE[0] + 4);
  }
  header.write(`${octal(0, 11)}\0`, 136);
  header.write('0', TYPE_AT);
  header.write('ustar\x0000', 257);
  header.write(`${octal(sumOf(header), 6)}\0 `, CHECKSUM[0]);
  return header;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** The sum of all bytes, the place of the sum itself read as blanks. */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries())
    sum += at >= CHECKSUM[0] && at < CHECKSUM[1] ? 0x20 : byte;
  return sum;
}

/** A file as it comes out; its content has to be read before the next one is asked for. */
export type ReadTarFile = TarFile;

/** @throws `TarFault` when it is no archive, or not all of one */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<ReadTarFile> {
  const bytes = new ByteQueue(source);
  for (;;) {
    const block = await bytes.take(BLOCK);
    if (block === undefined) throw new TarFault('it is cut off');
    if (block.every((byte) => byte === 0)) break; // two blocks of nothing end it
    const header = headerFrom(block);
    if (!header.ok) throw new TarFault('it is not what a backup wrote');
    const { name, size } = header.value;
    const content = contentOf(bytes, size);
    yield { name, bytes: size, content };
    await pass(content); // whoever did not want it all
    if ((await bytes.take((BLOCK - (size % BLOCK)) % BLOCK)) === undefined)
      throw new TarFault('it is cut off');
  }
  await bytes.drain();
}

export class TarFault extends Error {
  override readonly name = 'TarFault';
}

function headerFrom(
  block: Buffer,
): Result<{ readonly name: string; readonly size: number }, 'not-tar'> {
  const text = ([from, to]: readonly [number, number]) =>
    (block.toString('utf8', from, to).split('\0', 1)[0] ?? '').trim();
  const isPlain = block.toString('latin1', TYPE_AT, TYPE_AT + 1) === '0';
  if (!isPlain || Number.parseInt(text(CHECKSUM), 8) !== sumOf(block)) return failed('not-tar');
  const isBinary = block[SIZE[0]] === 0x80;
  const size = isBinary
    ? Number(block.readBigUInt64BE(SIZE[0] + 4))
    : Number.parseInt(text(SIZE), 8);
  return Number.isSafeInteger(size) ? ok({ name: text(NAME), size }) : failed('not-tar');
}

async function* contentOf(bytes: ByteQueue, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  while (left > 0) {
    const chunk = await bytes.some(left);
    if (chunk === undefined) throw new TarFault('it is cut off');
    left -= chunk.length;
    yield chunk;
  }
}

async function pass(rest: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = rest[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

/** Bytes of a stream by number, however they were cut on their way. */
class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer | undefined> {
    while (this.#held.length < count) {
      const next = await this.#source.next();
      if (next.done === true) return undefined;
      this.#held = Buffer.concat([this.#held, next.value]);
    }
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  /** As many as there are at hand, and at most so many. */
  async some(countMax: number): Promise<Buffer | undefined> {
    if (this.#held.length === 0 && (await this.take(1).then(this.#back)) === undefined)
      return undefined;
    return await this.take(Math.min(countMax, this.#held.length));
  }

  readonly #back = (byte: Buffer | undefined): Buffer | undefined => {
    if (byte !== undefined) this.#held = Buffer.concat([byte, this.#held]);
    return byte;
  };

  /** To the end: a seal is only proved by its last piece. */
  async drain(): Promise<void> {
    while ((await this.#source.next()).done !== true);
  }
}
