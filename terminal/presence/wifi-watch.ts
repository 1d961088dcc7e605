import type { WifiSeen } from '#contracts/wire/v1/up-log';
import type { WifiScanner } from '#terminal/presence/wifi-scanner';

const SCAN_EVERY_MS = 30_000; // a terminal hangs on a wall; its access point changes rarely

/** Keeps the last answer at hand, so that no punch ever waits for a radio. */
export class WifiWatch {
  readonly #scan: WifiScanner;
  readonly #onChange: () => void;
  #seen: WifiSeen = { absent: 'unreadable' };
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(scan: WifiScanner, onChange: () => void) {
    this.#scan = scan;
    this.#onChange = onChange;
  }

  get seen(): WifiSeen {
    return this.#seen;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const seen = await this.#scan();
    if (this.#stopped) return;
    const changed = JSON.stringify(seen) !== JSON.stringify(this.#seen);
    this.#seen = seen;
    if (changed) this.#onChange();
    this.#timer = setTimeout(() => void this.#look(), SCAN_EVERY_MS).unref();
  }
}
