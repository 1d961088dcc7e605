import { randomUUID } from 'node:crypto';
import type { Clock } from '#platform/clock/clock';

/** Time that passes when a test says so. */
export class ManualClock implements Clock {
  bootId: string = randomUUID();
  #wallMs: number;
  #monoMs = 100_000;

  constructor(wall: string) {
    this.#wallMs = Temporal.Instant.from(wall).epochMilliseconds;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.#wallMs);
  }

  monotonicMs(): number {
    return this.#monoMs;
  }

  pass(seconds: number): void {
    this.#wallMs += seconds * 1000;
    this.#monoMs += seconds * 1000;
  }

  /** Somebody sets the clock on the wall. */
  setWall(wall: string): void {
    this.#wallMs = Temporal.Instant.from(wall).epochMilliseconds;
  }

  reboot(): void {
    this.bootId = randomUUID();
    this.#monoMs = 1000;
  }
}
