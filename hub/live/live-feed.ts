import type { z } from 'zod';
import type { liveEvents } from '#contracts/rest/v1/live';

type Events = typeof liveEvents;
export type LiveEvent = {
  [K in keyof Events]: { readonly name: K; readonly body: z.output<Events[K]> };
}[keyof Events];

/** What the console sees happen; who is not listening misses it and asks again. */
export class LiveFeed {
  readonly #listeners = new Set<(event: LiveEvent) => void>();

  /** @returns undoes it */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
