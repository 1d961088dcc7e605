import { gunzipSync } from 'node:zlib';
import { failed, ok, type Result } from '#domain/result';

const BLOCK_BYTES = 512;
const UNPACKED_BYTES_MAX = 500_000_000; // ten times the largest pack; a bomb stops here
const PLAIN_FILE = new Set(['0', '\0']);

/**
 * The plain files of an npm tarball (gzip around ustar) by their path below `package/`.
 * npm writes ustar names of up to 255 bytes; everything else in the archive is passed over.
 */
export function readTarball(
  tarball: Uint8Array,
): Result<ReadonlyMap<string, Uint8Array>, 'not-a-tarball'> {
  const archive = unzip(tarball);
  if (archive === undefined) return failed('not-a-tarball');
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK_BYTES <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK_BYTES);
    if (header[0] === 0) break; // the archive ends with empty blocks
    const bytes = Number.parseInt(text(header, 124, 12), 8);
    const start = at + BLOCK_BYTES;
    if (!(bytes >= 0) || start + bytes > archive.length) return failed('not-a-tarball');
    if (PLAIN_FILE.has(String.fromCharCode(header[156] ?? 0))) {
      files.set(nameOf(header), archive.subarray(start, start + bytes));
    }
    at = start + Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return ok(files);
}

function unzip(tarball: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(tarball, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch {
    return undefined; // truncated, not gzip, or a bomb: all the same to whoever wanted the file
  }
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  return (prefix === '' ? name : `${prefix}/${name}`).replace(/^package\//, '');
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.toString('latin1', from, from + length);
  return field.split('\0', 1)[0]?.trim() ?? '';
}
