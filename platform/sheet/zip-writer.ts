import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive; its bytes are asked for when its turn comes. */
export interface ZipPart {
  readonly path: string;
  readonly bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What the directory at the end has to know of a part. */
interface Written {
  readonly path: Uint8Array;
  readonly at: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
}

// APPNOTE.TXT 4.3.7, 4.3.9, 4.3.12 and 4.3.16: the four records of an archive.
const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;

const VERSION = 20;
const SIZES_FOLLOW = 0x0008; // 4.4.4 bit 3: a stream knows its size at its end only
const UTF8_PATHS = 0x0800;
const DEFLATE = 8;
const DATE = 0x0021; // 1980-01-01, always: the same rows are to be the same bytes
const ARCHIVE_BYTES_MAX = 0xffff_ffff; // beyond it the records would need their 64-bit form
const COMPRESSION_LEVEL = 4; // half the time of the usual 6, a tenth larger

export class ZipTooLargeError extends Error {
  override readonly name = 'ZipTooLargeError';
}

/** An archive as it is written: parts one after the other, nothing kept but their sizes. */
export async function* zipOf(
  parts: Iterable<ZipPart> | AsyncIterable<ZipPart>,
): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let at = 0;
  for await (const { path, bytes } of parts) {
    const name = Buffer.from(path);
    const header = localHeader(name);
    yield header;
    const size = { crc: 0, packed: 0, unpacked: 0 };
    for await (const chunk of deflated(measured(bytes, size))) {
      size.packed += chunk.length;
      yield chunk;
    }
    const entry = { path: name, at, ...size };
    const descriptor = dataDescriptor(entry);
    yield descriptor;
    at += header.length + size.packed + descriptor.length;
    if (Math.max(at, size.unpacked) > ARCHIVE_BYTES_MAX)
      throw new ZipTooLargeError(`${path} does not fit into an archive of 4 GiB`);
    written.push(entry);
  }
  yield directory(written, at);
}

async function* measured(
  bytes: ZipPart['bytes'],
  size: { crc: number; unpacked: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    size.crc = crc32(chunk, size.crc);
    size.unpacked += chunk.length;
    yield chunk;
  }
}

async function* deflated(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw({ level: COMPRESSION_LEVEL });
  // A failure of the source destroys `deflate` with it, and so reaches the reader below.
  pipeline(Readable.from(bytes, { objectMode: true, highWaterMark: 1 }), deflate, () => undefined);
  for await (const chunk of deflate) yield chunk;
}

function localHeader(path: Uint8Array): Uint8Array {
  const record = Buffer.alloc(30);
  record.writeUInt32LE(LOCAL_HEADER, 0);
  record.writeUInt16LE(VERSION, 4);
  record.writeUInt16LE(SIZES_FOLLOW | UTF8_PATHS, 6);
  record.writeUInt16LE(DEFLATE, 8);
  record.writeUInt16LE(DATE, 12);
  record.writeUInt16LE(path.length, 26);
  return Buffer.concat([record, path]);
}

function dataDescriptor({ crc, packed, unpacked }: Written): Uint8Array {
  const record = Buffer.alloc(16);
  record.writeUInt32LE(DATA_DESCRIPTOR, 0);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packed, 8);
  record.writeUInt32LE(unpacked, 12);
  return record;
}

function directory(written: readonly Written[], at: number): Uint8Array {
  const entries = Buffer.concat(written.map(directoryEntry));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(DIRECTORY_END, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([entries, end]);
}

function directoryEntry({ path, at, crc, packed, unpacked }: Written): Uint8Array {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(DIRECTORY_ENTRY, 0);
  record.writeUInt16LE(VERSION, 4);
  record.writeUInt16LE(VERSION, 6);
  record.writeUInt16LE(SIZES_FOLLOW | UTF8_PATHS, 8);
  record.writeUInt16LE(DEFLATE, 10);
  record.writeUInt16LE(DATE, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(packed, 20);
  record.writeUInt32LE(unpacked, 24);
  record.writeUInt16LE(path.length, 28);
  record.writeUInt32LE(at, 42);
  return Buffer.concat([record, path]);
}
