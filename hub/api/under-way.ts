import { finished } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** What the server is doing right now, so that the database is closed behind it and not under it. */
export class UnderWay {
  readonly #work = new Set<Promise<unknown>>();

  /** Every request, from its first line to the last byte of its answer, or until its caller is gone. */
  watch(app: FastifyInstance): void {
    app.addHook('onRequest', async (_request, reply) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      finished(reply.raw, () => resolve()); // `onResponse` is not called where a caller went away
      void this.run(() => promise);
    });
  }

  /** Also work whose caller has gone away, and with it the answer. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const done = work();
    this.#work.add(done);
    try {
      return await done;
    } finally {
      this.#work.delete(done);
    }
  }

  /** Until nothing is left, also of what was begun meanwhile. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) {
      await Promise.allSettled(this.#work);
      await setImmediate();
    }
  }
}
