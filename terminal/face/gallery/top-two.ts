interface Place {
  readonly row: number;
  readonly score: number;
}

const NOBODY: Place = { row: -1, score: Number.NEGATIVE_INFINITY };

/** The best row, and the best row of any *other* person, among those offered. */
export class TopTwo {
  readonly personOf: (row: number) => string | undefined;
  #best = NOBODY;
  #second = NOBODY;

  constructor(personOf: (row: number) => string | undefined) {
    this.personOf = personOf;
  }

  get best(): Place {
    return this.#best;
  }

  get second(): Place {
    return this.#second;
  }

  offer(row: number, score: number): void {
    if (score <= this.#second.score) return;
    const samePerson = this.personOf(row) === this.personOf(this.#best.row);
    if (score > this.#best.score) {
      if (!samePerson) this.#second = this.#best;
      this.#best = { row, score };
    } else if (!samePerson) {
      this.#second = { row, score };
    }
  }
}
