import type { Logger } from '#platform/log/logger';

/** Work that nobody waits for but `stop`: what fails is written down, and done again by its next cause. */
export class Errands {
  readonly #logger: Logger;
  readonly #underWay = new Set<Promise<void>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param what it is, as it reads behind "failed:" in the log */
  run(what: string, work: () => Promise<void>): void {
    const done = this.#guarded(what, work).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Until everything is done, what was begun meanwhile too. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.error({ err: error }, `failed: ${what}`);
    }
  }
}
