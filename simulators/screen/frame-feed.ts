import type { Clock } from '#platform/clock/clock';
import type { Picture } from '#platform/image/jpeg';
import type { KioskScreen } from '#simulators/screen/kiosk-screen';

/** Pictures are taken this far apart at most; an engine that asks faster waits for the next one. */
const FRAME_MS = 60;

/** A camera for a screen without a browser: gives one frame whenever the engine asks for one. */
export class FrameFeed {
  readonly #screen: KioskScreen;
  readonly #clock: Clock;
  #pictures: readonly Picture[] = [];
  #frameId = 0;
  #isWanted = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(screen: KioskScreen, clock: Clock) {
    this.#screen = screen;
    this.#clock = clock;
  }

  async start(): Promise<void> {
    this.#screen.on('frame.wanted', () => {
      this.#isWanted = true;
    });
    this.#isWanted = this.#screen.heard('frame.wanted').length > 0;
    this.#timer = setInterval(() => this.#give(), FRAME_MS);
    await this.#screen.call('camera.report', { status: 'live', count: 1 });
  }

  /** Shown in turn, over and over. */
  show(pictures: readonly Picture[]): void {
    this.#pictures = pictures;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #give(): void {
    const picture = this.#pictures[this.#frameId % Math.max(1, this.#pictures.length)];
    if (!this.#isWanted || picture === undefined) return;
    this.#isWanted = false;
    this.#frameId += 1;
    const capturedAtMs = this.#clock.now().epochMilliseconds;
    this.#screen.sendFrame({ frameId: this.#frameId, capturedAtMs, ...picture });
  }
}
