import { describe, expect, test } from 'vitest';
import { decodeJpeg, encodeJpeg, JPEG_BYTES_MAX, type Picture } from '#platform/image/jpeg';

function gradient(width: number, height: number): Picture {
  const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => {
    const [x, channel] = [Math.floor(i / 4) % width, i % 4];
    return channel === 3 ? 255 : Math.round((x / width) * 200) + channel * 10;
  });
  return { width, height, rgba };
}

/** The height and width in the frame header, overwritten: a bomb that decodes to gigabytes. */
function claiming(jpeg: Uint8Array, side: number): Uint8Array {
  const bytes = Buffer.from(jpeg);
  const at = [0xc0, 0xc2].map((m) => bytes.indexOf(Buffer.from([0xff, m]))).find((i) => i > 0) ?? 0;
  bytes.writeUInt16BE(side, at + 5);
  bytes.writeUInt16BE(side, at + 7);
  return bytes;
}

describe('decodeJpeg', () => {
  test('gives back what was encoded, nearly', async () => {
    const picture = gradient(48, 32);
    const decoded = await decodeJpeg(await encodeJpeg(picture, 95));
    const again = decoded.ok ? decoded.value : undefined;
    expect(again).toMatchObject({ width: 48, height: 32 });
    const off = picture.rgba.map((value, i) => Math.abs(value - (again?.rgba[i] ?? 0)));
    expect(Math.max(...off)).toBeLessThan(12);
  });

  test('refuses what is not a whole JPEG of sane size, and works afterwards', async () => {
    const jpeg = await encodeJpeg(gradient(64, 64), 80);
    const middle = Buffer.from(jpeg);
    const cases = [
      [Buffer.from('a letter'), 'not-a-jpeg'],
      [new Uint8Array(0), 'not-a-jpeg'],
      [Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'not-a-jpeg'],
      [middle.subarray(0, middle.length - 30), 'damaged'],
      [claiming(jpeg, 60_000), 'too-large'],
      [claiming(jpeg, 0), 'not-a-jpeg'],
      [new Uint8Array(JPEG_BYTES_MAX + 1), 'too-large'],
    ] as const;
    for (const [bytes, failure] of cases) {
      expect(await decodeJpeg(bytes)).toEqual({ ok: false, failure });
    }
    expect((await decodeJpeg(jpeg)).ok).toBe(true);
  });

  test('bytes that break inside the codec are damaged, not a crash', async () => {
    const jpeg = Buffer.from(await encodeJpeg(gradient(64, 64), 80));
    for (let at = 4; at < jpeg.length - 2; at += 7) {
      const broken = Buffer.from(jpeg);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      const decoded = await decodeJpeg(broken);
      expect(decoded.ok || typeof decoded.failure === 'string').toBe(true);
    }
    expect((await decodeJpeg(jpeg)).ok).toBe(true);
  });
});
