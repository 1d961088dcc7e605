import { failed, ok, type Result } from '#domain/result';

/** What the directory of an archive says of one part. */
export interface ZipEntry {
  readonly path: string;
  readonly packed: number;
  readonly unpacked: number;
}

const PARTS_MAX = 500; // a workbook of fifty sheets has some two hundred
export const UNPACKED_BYTES_MAX = 64 * 1024 * 1024; // four times ten thousand people with forty columns
const RATIO_MAX = 250; // a sheet of one row repeated reaches about a hundred
const RATIO_COUNTS_FROM = 1024 * 1024; // small parts may shrink as they like

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const ENCRYPTED = 0x0001;
const SIZES_FOLLOW = 0x0008;
const METHODS: ReadonlySet<number> = new Set([0, 8]);

export type ZipFault = 'damaged' | 'bomb' | 'encrypted';

/**
 * Judges an archive by its directory, before one byte is unpacked: many parts, large parts, parts that
 * swell, parts that lie over each other (Fifield, "A better zip bomb", 2019), parts that do not tell
 * their size. Whoever unpacks must still stop at the size that is told here.
 */
export function zipIndex(bytes: Uint8Array): Result<readonly ZipEntry[], ZipFault> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = directoryEnd(view);
  if (end === null) return failed('damaged');
  const count = view.getUint16(end + 10, true);
  if (count > PARTS_MAX) return failed('bomb');
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    const entry = entryAt(view, at);
    if (!entry.ok) return entry;
    entries.push(entry.value);
    at += entry.value.length;
  }
  return judged(entries, bytes.length);
}

/** From the back: a comment may follow, and nothing else. */
function directoryEnd(view: DataView): number | null {
  const last = view.byteLength - DIRECTORY_END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at -= 1) {
    const isEnd = view.getUint32(at, true) === DIRECTORY_END;
    if (isEnd && at + DIRECTORY_END_BYTES + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  return null;
}

function entryAt(view: DataView, at: number): Result<ZipEntry & { length: number }, ZipFault> {
  if (at + DIRECTORY_ENTRY_BYTES > view.byteLength) return failed('damaged');
  if (view.getUint32(at, true) !== DIRECTORY_ENTRY) return failed('damaged');
  const flags = view.getUint16(at + 8, true);
  if ((flags & ENCRYPTED) !== 0) return failed('encrypted');
  const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
  const untold = (packed === 0 && (flags & SIZES_FOLLOW) !== 0) || (unpacked === 0 && packed > 2);
  if (untold || !METHODS.has(view.getUint16(at + 10, true))) return failed('damaged');
  const pathLength = view.getUint16(at + 28, true);
  const extra = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const length = DIRECTORY_ENTRY_BYTES + pathLength + extra;
  if (at + length > view.byteLength) return failed('damaged');
  const name = new Uint8Array(
    view.buffer,
    view.byteOffset + at + DIRECTORY_ENTRY_BYTES,
    pathLength,
  );
  return ok({ path: new TextDecoder().decode(name), packed, unpacked, length });
}

function judged(
  entries: readonly ZipEntry[],
  bytes: number,
): Result<readonly ZipEntry[], ZipFault> {
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (unpacked > UNPACKED_BYTES_MAX || packed > bytes || entries.some(swells))
    return failed('bomb');
  const paths = new Set(entries.map(({ path }) => path.toLowerCase()));
  return paths.size === entries.length ? ok(entries) : failed('damaged');
}

function swells({ packed, unpacked }: ZipEntry): boolean {
  return unpacked > RATIO_COUNTS_FROM && unpacked > packed * RATIO_MAX;
}
