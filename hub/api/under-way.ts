import { setImmediate } from 'node:timers/promises';

/** What the server is doing right now, so that the database is closed behind it and not under it. */
export class UnderWay {
  readonly #work = new Set<Promise<unknown>>();

  async run<T>(work: () => Promise<T>): Promise<T> {
    const done = work();
    this.#work.add(done);
    try {
      return await done;
    } finally {
      this.#work.delete(done);
    }
  }

  /** Until all of it is done, and its answers are on their way. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
    await setImmediate();
  }
}
