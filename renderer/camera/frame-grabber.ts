import { encodeFrame, FRAME_SIDE_MIN } from '#contracts/ipc/frame-codec';
import { frameSize, type Size } from '#renderer/camera/frame-size';
import { nowMs } from '#renderer/clock/site-clock';

/** Takes the newest picture of the camera when the engine wants one, and never otherwise. */
export class FrameGrabber {
  readonly #video = document.createElement('video');
  readonly #send: (message: Uint8Array<ArrayBuffer>) => void;
  #canvas = new OffscreenCanvas(FRAME_SIDE_MIN, FRAME_SIDE_MIN);
  #wanted = false;
  #waiting: number | undefined;
  #frameId = 0;

  constructor(send: (message: Uint8Array<ArrayBuffer>) => void) {
    this.#send = send;
    this.#video.muted = true;
    this.#video.playsInline = true;
  }

  /** Undefined while there is no camera; a wish then waits for one. */
  setStream(stream: MediaStream | undefined): void {
    this.#cancel();
    this.#video.srcObject = stream ?? null;
    if (stream === undefined) return;
    // A stream that ends before it plays rejects; the camera source reports that loss itself.
    this.#video.play().catch(() => undefined);
    this.#arm();
  }

  want(): void {
    this.#wanted = true;
    this.#arm();
  }

  /** A new engine counts frames from the start, and says itself when it wants one. */
  restart(): void {
    this.#cancel();
    this.#wanted = false;
    this.#frameId = 0;
  }

  #arm(): void {
    if (!this.#wanted || this.#waiting !== undefined || this.#video.srcObject === null) return;
    this.#waiting = this.#video.requestVideoFrameCallback(() => {
      this.#waiting = undefined;
      this.#grab();
    });
  }

  #cancel(): void {
    if (this.#waiting !== undefined) this.#video.cancelVideoFrameCallback(this.#waiting);
    this.#waiting = undefined;
  }

  #grab(): void {
    const size = frameSize({ width: this.#video.videoWidth, height: this.#video.videoHeight });
    if (size.width < FRAME_SIDE_MIN || size.height < FRAME_SIDE_MIN) return this.#arm();
    const pixels = this.#pixels(size);
    if (pixels === undefined) return;
    this.#wanted = false;
    const rgba = new Uint8Array(pixels.buffer);
    this.#send(encodeFrame({ frameId: this.#frameId++, capturedAtMs: nowMs(), ...size, rgba }));
  }

  #pixels(size: Size): Uint8ClampedArray | undefined {
    if (this.#canvas.width !== size.width || this.#canvas.height !== size.height)
      this.#canvas = new OffscreenCanvas(size.width, size.height);
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) return undefined;
    context.drawImage(this.#video, 0, 0, size.width, size.height);
    return context.getImageData(0, 0, size.width, size.height).data;
  }
}
