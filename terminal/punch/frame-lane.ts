import type { Frame } from '#contracts/ipc/frame-codec';
import type { Logger } from '#platform/log/logger';

interface FrameLaneParts {
  /** Must not overlap; never does. */
  readonly handle: (frame: Frame) => Promise<void>;
  /** The only thing that makes frames flow. */
  readonly onWanted: () => void;
  readonly logger: Logger;
}

/** One frame at a time, and the newest of those that came meanwhile. A stale face greets nobody. */
export class FrameLane {
  readonly #parts: FrameLaneParts;
  #next: Frame | undefined;
  #busy = false;
  #open = false;
  #dropped = 0;
  #failures = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(parts: FrameLaneParts) {
    this.#parts = parts;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Resolves once the frame in hand is done with. */
  async idle(): Promise<void> {
    await this.#working;
  }

  /** Asks for a first frame; harmless when repeated. */
  open(): void {
    this.#open = true;
    if (!this.#busy) this.#parts.onWanted();
  }

  close(): void {
    this.#open = false;
    this.#next = undefined;
  }

  offer(frame: Frame): void {
    if (!this.#open) {
      this.#dropped += 1;
      return;
    }
    if (this.#next !== undefined) this.#dropped += 1;
    this.#next = frame;
    if (!this.#busy) this.#working = this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next !== undefined && this.#open) {
      const frame = this.#next;
      this.#next = undefined;
      await this.#handle(frame);
    }
    this.#busy = false;
    if (this.#open) this.#parts.onWanted();
  }

  /** One frame that cannot be handled must not stop the ones after it. */
  async #handle(frame: Frame): Promise<void> {
    try {
      await this.#parts.handle(frame);
    } catch (error) {
      this.#failures += 1;
      // The first, then every power of two: a network that fails on every frame must not fill the disk.
      if ((this.#failures & (this.#failures - 1)) !== 0) return;
      const { frameId } = frame;
      const count = this.#failures;
      this.#parts.logger.error({ err: error, frameId, count }, 'a frame was not handled');
    }
  }
}
