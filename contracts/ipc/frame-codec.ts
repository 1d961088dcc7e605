import { failed, ok, type Result } from '#domain/result';

/** One picture from the camera, as it crosses the pipe: RGBA, 8 bits a channel, rows top to bottom. */
export interface Frame {
  /** Counts up within one connection; every score carries the id of the frame it came from. */
  readonly frameId: number;
  /** Milliseconds since 1970 by the screen's clock, when the picture was taken. For latency only. */
  readonly capturedAtMs: number;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const MAGIC = 0x4c_46_01_00; // "LF", version 1, RGBA
const HEADER_BYTES = 20;
export const FRAME_SIDE_MIN = 64;
export const FRAME_SIDE_MAX = 1920;
/** A 1080p RGBA frame and its header: the largest message the pipe accepts. */
export const FRAME_BYTES_MAX = HEADER_BYTES + FRAME_SIDE_MAX * 1080 * 4;

export type FrameFailure = 'not-a-frame' | 'bad-size' | 'wrong-length';

/** Reserves the header in front of the pixels, so that a caller can write them in place. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(HEADER_BYTES + frame.rgba.byteLength);
  const view = new DataView(message.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, frame.frameId);
  view.setUint16(8, frame.width);
  view.setUint16(10, frame.height);
  view.setFloat64(12, frame.capturedAtMs);
  message.set(frame.rgba, HEADER_BYTES);
  return message;
}

/** The pixels are a view into `message`: keep it, or copy. */
export function decodeFrame(message: Uint8Array): Result<Frame, FrameFailure> {
  if (message.byteLength < HEADER_BYTES) return failed('not-a-frame');
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (view.getUint32(0) !== MAGIC) return failed('not-a-frame');
  const width = view.getUint16(8);
  const height = view.getUint16(10);
  const sides = [width, height];
  if (sides.some((side) => side < FRAME_SIDE_MIN || side > FRAME_SIDE_MAX))
    return failed('bad-size');
  const rgba = message.subarray(HEADER_BYTES);
  if (rgba.byteLength !== width * height * 4) return failed('wrong-length');
  return ok({ frameId: view.getUint32(4), capturedAtMs: view.getFloat64(12), width, height, rgba });
}
