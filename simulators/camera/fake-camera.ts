import { closeSync, openSync, writeSync } from 'node:fs';
import { assert } from '#domain/assert';

/** Chromium plays an MJPEG file at 30 pictures a second, in a loop, whatever the page asks for. */
const SLOTS = 30;
const SLOT_BYTES = 256 * 1024; // a 960 × 540 picture at quality 90 is under 150 KB
const END_OF_IMAGE_BYTES = 2;

/**
 * A camera for Chromium's `--use-file-for-fake-video-capture`, whose picture can be changed while it runs.
 *
 * Chromium maps the file shared and reads it frame after frame, for ever. So the file is a ring of slots
 * of one size that are overwritten in place: what is shown changes within a second, the page sees
 * nothing but an ordinary camera. A picture overwritten while it is read is torn for one frame, as with
 * a real device. Slots are filled up with 0xFF before the end marker, which JPEG allows (T.81, B.1.1.2).
 */
export class FakeCamera {
  readonly file: string;
  #descriptor: number | undefined;

  constructor(file: string) {
    this.file = file;
  }

  /** @param loop baseline JPEGs, all of one size; the size cannot change while a page has the camera */
  start(loop: readonly Uint8Array[]): void {
    this.#descriptor = openSync(this.file, 'w+', 0o600);
    this.show(loop);
  }

  /** One second of picture, repeated until something else is shown. */
  show(loop: readonly Uint8Array[]): void {
    assert(loop.length > 0 && loop.length <= SLOTS, 'a loop has one to thirty pictures');
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const picture = loop[Math.floor((slot * loop.length) / SLOTS)];
      assert(picture !== undefined, 'every slot falls on a picture of the loop');
      this.#write(slot, padded(picture));
    }
  }

  /** As if the cable were pulled: the track ends, and no camera is listed until something is shown again. */
  pullOut(): void {
    const nothing = new Uint8Array(SLOT_BYTES);
    for (let slot = 0; slot < SLOTS; slot += 1) this.#write(slot, nothing);
  }

  stop(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #write(slot: number, bytes: Uint8Array): void {
    assert(this.#descriptor !== undefined, 'the camera was started');
    writeSync(this.#descriptor, bytes, 0, SLOT_BYTES, slot * SLOT_BYTES);
  }
}

/** What Chromium and Electron are started with to see this camera, and to grant it without asking. */
export function fakeCameraArguments(file: string): readonly string[] {
  return [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
    '--use-fake-ui-for-media-stream',
  ];
}

function padded(picture: Uint8Array): Uint8Array {
  assert(picture.length <= SLOT_BYTES, 'a picture of the fake camera fits its slot');
  const slot = new Uint8Array(SLOT_BYTES).fill(0xff);
  slot.set(picture.subarray(0, -END_OF_IMAGE_BYTES));
  slot[SLOT_BYTES - 1] = 0xd9;
  return slot;
}
