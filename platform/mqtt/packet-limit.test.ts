import { describe, expect, test } from 'vitest';
import { meterPackets } from '#platform/mqtt/packet-limit';

const LIMIT = 1000;

describe('meterPackets', () => {
  test('packets within the limit pass, however they are cut', () => {
    const bytes = Buffer.concat([
      Buffer.from([0x30, 0x90, 0x03]), // 400 bytes follow
      Buffer.alloc(400, 0xff),
      Buffer.from([0xc0, 0]),
      Buffer.from([0x30, 5, 1, 2, 3, 4, 5]),
    ]);
    const meter = meterPackets();
    for (const byte of bytes) expect(meter(Buffer.from([byte]), LIMIT)).toBeUndefined();
    expect(meterPackets()(bytes, LIMIT)).toBeUndefined();
  });

  test('the announcement alone is enough to be refused', () => {
    expect(meterPackets()(Buffer.from([0x30, 0xff, 0xff, 0x7f]), LIMIT)).toBe(16_383);
  });

  test('a packet too large is found behind good ones', () => {
    const bytes = Buffer.from([0xc0, 0, 0x30, 2, 1, 2, 0x30, 0xe9, 0x07]);
    expect(meterPackets()(bytes, LIMIT)).toBe(1001);
  });

  test('a length that never ends is refused', () => {
    const bytes = Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x80]);
    expect(meterPackets()(bytes, LIMIT)).toBeDefined();
  });
});
