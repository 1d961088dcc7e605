import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import decode, { init as initDecoder } from '@jsquash/jpeg/decode.js';
import encode, { init as initEncoder } from '@jsquash/jpeg/encode.js';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import { type WasmModule, webAssembly } from '#platform/wasm/webassembly';

/** RGBA, 8 bits a channel, rows top to bottom. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

export type PictureFailure = 'not-a-jpeg' | 'too-large' | 'damaged';

export const JPEG_BYTES_MAX = 25_000_000; // a 50-megapixel phone photograph is about 15 MB
export const PICTURE_PIXELS_MAX = 50_000_000; // 200 MB once decoded: the most one picture may cost
const START_OF_FRAME = new Set([0xc0, 0xc1, 0xc2]); // baseline, extended, progressive
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

interface Header {
  readonly width: number;
  readonly height: number;
  /** Offset of the first scan: what comes before it may be a thumbnail with an end of its own. */
  readonly scanAt: number;
}

/** Walks the marker segments, so that the size is known before a byte is decoded. */
function readHeader(bytes: Buffer): Header | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let size: { width: number; height: number } | undefined;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === START_OF_SCAN) return size && { ...size, scanAt: at };
    if (START_OF_FRAME.has(marker)) {
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

function loadWasm(path: string): WasmModule {
  const file = createRequire(import.meta.url).resolve(path);
  return new webAssembly.Module(new Uint8Array(readFileSync(file)));
}

type Init = (module: WasmModule, overrides: object) => Promise<void>;

/** The codec would write to the console what it thinks of a picture; the failure says enough. */
const SILENT = { print: () => undefined, printErr: () => undefined };

/** The codec compiles its WebAssembly once per process, on first use; it keeps nothing of a picture. */
function once(init: unknown, path: string): () => Promise<void> {
  let ready: Promise<void> | undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package's types omit the module parameter that its README documents
  return async () => await (ready ??= (init as Init)(loadWasm(path), SILENT));
}
const decoderReady = once(initDecoder, '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
const encoderReady = once(initEncoder, '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');

/** Decodes a JPEG of sane size; anything else, a truncated one included, is a failure and never a throw. */
export async function decodeJpeg(source: Uint8Array): Promise<Result<Picture, PictureFailure>> {
  if (source.byteLength > JPEG_BYTES_MAX) return failed('too-large');
  const bytes = Buffer.from(source); // a copy of its own: the codec takes a whole ArrayBuffer
  const header = readHeader(bytes);
  if (header === undefined || header.width * header.height === 0) return failed('not-a-jpeg');
  if (header.width * header.height > PICTURE_PIXELS_MAX) return failed('too-large');
  if (bytes.lastIndexOf(END_OF_IMAGE) < header.scanAt) return failed('damaged');
  await decoderReady();
  try {
    const { width, height, data } = await decode(new Uint8Array(bytes).buffer);
    return ok({ width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) });
  } catch {
    return failed('damaged'); // the codec says no more than "Decoding error"
  }
}

/**
 * Baseline, as cameras write it: half the time of a progressive one, and what every MJPEG reader takes.
 *
 * @param quality 1…100
 */
export async function encodeJpeg(picture: Picture, quality: number): Promise<Uint8Array> {
  const { width, height, rgba } = picture;
  assert(rgba.length === width * height * 4, 'a picture has four bytes a pixel');
  await encoderReady();
  const data = new Uint8ClampedArray(rgba);
  const pixels = { width, height, data, colorSpace: 'srgb' as const };
  return new Uint8Array(await encode(pixels, { quality, progressive: false, baseline: true }));
}
