/** What is said to one terminal is said in turns; terminals do not wait for each other. */
export class TerminalTurns {
  readonly #tails = new Map<string, Promise<unknown>>();

  async take<T>(terminalId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(terminalId) ?? Promise.resolve();
    const turn = before.then(work, work); // whoever failed before keeps nobody waiting
    this.#tails.set(terminalId, turn);
    try {
      return await turn;
    } finally {
      if (this.#tails.get(terminalId) === turn) this.#tails.delete(terminalId);
    }
  }
}
