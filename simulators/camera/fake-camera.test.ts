import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeJpeg } from '#platform/image/jpeg';
import { FakeCamera } from '#simulators/camera/fake-camera';
import { nobody } from '#simulators/camera/scene';
import { SCENE_HEIGHT, SCENE_WIDTH } from '#simulators/camera/view';

const SLOTS = 30;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-camera-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function slots(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const size = bytes.length / SLOTS;
  return Array.from({ length: SLOTS }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

describe('FakeCamera', () => {
  test('every slot is one whole JPEG of the scene, so that a reader may start anywhere', async () => {
    const camera = new FakeCamera(join(folder, 'camera.mjpeg'));
    camera.start(await nobody());
    camera.stop();
    for (const slot of slots(camera.file)) {
      expect(slot.readUInt16BE(0)).toBe(0xffd8);
      expect(slot.readUInt16BE(slot.length - 2)).toBe(0xffd9);
    }
    const first = await decodeJpeg(slots(camera.file)[0] ?? Buffer.alloc(0));
    expect(first).toMatchObject({
      ok: true,
      value: { width: SCENE_WIDTH, height: SCENE_HEIGHT },
    });
  });

  test('the file keeps its length whatever is shown: it is mapped by the browser', async () => {
    const camera = new FakeCamera(join(folder, 'camera.mjpeg'));
    camera.start(await nobody());
    const before = readFileSync(camera.file).length;
    camera.pullOut();
    expect(readFileSync(camera.file).length).toBe(before);
    expect(slots(camera.file)[7]?.every((byte) => byte === 0)).toBe(true);
    camera.show(await nobody());
    expect(slots(camera.file)[7]?.readUInt16BE(0)).toBe(0xffd8);
    camera.stop();
  });
});
