import type { BytesWanted } from '#hub/exports/export-folder';

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Which part of a file is asked for.
 *
 * RFC 9110 14.2: a header that is not understood, or asks for several parts, is as if it were not there.
 *
 * @param bytes how long the file is
 * @returns undefined for the whole, `unfit` where the file has no such part
 */
export function rangeFrom(
  header: string | undefined,
  bytes: number,
): BytesWanted | 'unfit' | undefined {
  const [, from, to] = ONE_RANGE.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return lastBytes(Number(to), bytes);
  const wanted = { first: Number(from), last: to === '' ? bytes - 1 : Number(to) };
  if (wanted.last < wanted.first && to !== '') return undefined; // RFC 9110 14.1.1: not a range at all
  if (wanted.first >= bytes) return 'unfit';
  return { first: wanted.first, last: Math.min(wanted.last, bytes - 1) };
}

function lastBytes(count: number, bytes: number): BytesWanted | 'unfit' {
  if (count === 0 || bytes === 0) return 'unfit';
  return { first: Math.max(0, bytes - count), last: bytes - 1 };
}
