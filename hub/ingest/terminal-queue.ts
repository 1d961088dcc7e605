const WAITING_MAX = 16; // of at most 256 KB each; honest terminals stay within their credit

/** Work of one terminal is done in order; terminals do not wait for each other. */
export class TerminalQueue {
  readonly #lines = new Map<string, { waiting: number; tail: Promise<void> }>();

  /** @returns false when too much is waiting already; the work is not taken */
  push(terminalId: string, work: () => Promise<void>): boolean {
    const line = this.#lines.get(terminalId) ?? { waiting: 0, tail: Promise.resolve() };
    if (line.waiting >= WAITING_MAX) return false;
    line.waiting += 1;
    line.tail = line.tail.then(work).finally(() => {
      line.waiting -= 1;
      if (line.waiting === 0) this.#lines.delete(terminalId);
    });
    this.#lines.set(terminalId, line);
    return true;
  }

  /** Until everything taken so far is done. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#lines.values()].map((line) => line.tail));
  }
}
