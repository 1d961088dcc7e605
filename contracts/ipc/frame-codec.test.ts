import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '#contracts/ipc/frame-codec';

function frameOf(width: number, height: number) {
  return {
    frameId: 7,
    capturedAtMs: 1.5e12,
    width,
    height,
    rgba: new Uint8Array(width * height * 4).fill(9),
  };
}

describe('the frame codec', () => {
  test('gives back what it was given, from any place in a larger buffer', () => {
    const message = encodeFrame(frameOf(64, 96));
    const larger = new Uint8Array(message.byteLength + 3);
    larger.set(message, 3);
    expect(decodeFrame(larger.subarray(3))).toEqual({ ok: true, value: frameOf(64, 96) });
  });

  test.each([
    ['nothing', new Uint8Array(0), 'not-a-frame'],
    ['text', new TextEncoder().encode('{"t":"call","id":1,"name":"hello"}'), 'not-a-frame'],
    ['a cut frame', encodeFrame(frameOf(64, 64)).subarray(0, 5000), 'wrong-length'],
    ['a postage stamp', encodeFrame(frameOf(8, 8)), 'bad-size'],
    ['more pixels than any camera of ours', encodeFrame(frameOf(2000, 64)), 'bad-size'],
  ])('refuses %s', (_reason, bytes, failure) => {
    expect(decodeFrame(bytes)).toEqual({ ok: false, failure });
  });

  test('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeFrame(bytes).ok).toBe(false);
      }),
    );
  });
});
