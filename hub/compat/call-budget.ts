import type { Clock } from '#platform/clock/clock';

const MINUTE_MS = 60_000;

/** How often each caller asked within this minute. Forgotten as a whole when the next one begins. */
export class CallBudget {
  readonly #clock: Clock;
  readonly #counts = new Map<string, number>();
  #minute = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param caller known to the hub: strangers must not fill the map */
  spend(caller: string, perMinute: number): boolean {
    const minute = Math.floor(this.#clock.now().epochMilliseconds / MINUTE_MS);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = (this.#counts.get(caller) ?? 0) + 1;
    this.#counts.set(caller, count);
    return count <= perMinute;
  }
}
