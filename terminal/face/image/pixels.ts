import type { Frame } from '#contracts/ipc/frame-codec';

/** A picture as one 32-bit word a pixel: red lowest (every platform Node runs on is little-endian). */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly words: Uint32Array;
}

const WORD_BYTES = 4;

/** The same frame, its bytes copied only if they do not start on a word boundary. */
export function wordAligned(frame: Frame): Frame {
  if (frame.rgba.byteOffset % WORD_BYTES === 0) return frame;
  return { ...frame, rgba: new Uint8Array(frame.rgba) };
}

/** A view, not a copy, of a frame whose bytes are word-aligned. */
export function pixelsOf(frame: Frame): Pixels {
  const { width, height, rgba } = wordAligned(frame);
  return { width, height, words: new Uint32Array(rgba.buffer, rgba.byteOffset, width * height) };
}
