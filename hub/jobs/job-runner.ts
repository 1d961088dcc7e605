import { Errands } from '#hub/errands';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

const LOOK_EVERY_MS = 5000; // a job another hub was asked for, or died over, is found this soon
const SIGN_EVERY_MS = 2000; // how old shown progress may be
const HELD_MS = 60_000; // thirty signs of life missed: the maker is gone

/** Who makes something just now, and until when that is believed. */
export interface JobHold {
  readonly holder: string;
  readonly nowMs: number;
  readonly untilMs: number;
}

/** Where jobs are kept. Several hubs may share one: each claim is one transaction. */
export interface JobBook<Job> {
  /** The oldest job that nobody makes. */
  readonly claim: (hold: JobHold) => Promise<Job | undefined>;
  /** A sign of life, with whatever progress there is. @returns whether to go on */
  readonly renew: (job: Job, hold: JobHold) => Promise<boolean>;
  /** Given back untouched, when the hub stops. */
  readonly release: (job: Job, holder: string) => Promise<void>;
  /** What time has settled: files that have expired, leftovers of a crash. */
  readonly tidy: () => Promise<void>;
}

export interface JobRunnerDeps<Job> {
  readonly name: string;
  /** Of this run of this hub. */
  readonly holder: string;
  readonly book: JobBook<Job>;
  /** Makes it and writes down what came of it, good or bad; throws once it is told to stop. */
  readonly make: (job: Job, signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Makes jobs one after the other. A job is held by a lease that signs of life renew; when they stop,
 * because its hub died, another begins it again. Stopping the hub gives the job back.
 */
export class JobRunner<Job> {
  readonly #deps: JobRunnerDeps<Job>;
  readonly #errands: Errands;
  #timer: NodeJS.Timeout | undefined;
  #state: 'idle' | 'busy' | 'woken' = 'idle';
  #stopping: AbortController = new AbortController();

  constructor(deps: JobRunnerDeps<Job>) {
    this.#deps = deps;
    this.#errands = new Errands(deps.logger);
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.#timer.unref();
    this.#errands.run(`tidying ${this.#deps.name}`, () => this.#deps.book.tidy());
    this.wake();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stopping.abort(new Stopped());
    await this.#errands.settled();
  }

  /** There may be something to do. Returns at once. */
  wake(): void {
    if (this.#timer === undefined) return;
    const isIdle = this.#state === 'idle';
    this.#state = 'woken';
    if (isIdle) this.#errands.run(this.#deps.name, () => this.#untilNothing());
  }

  async #untilNothing(): Promise<void> {
    try {
      while (this.#state === 'woken' && !this.#stopping.signal.aborted) {
        this.#state = 'busy';
        await this.#deps.book.tidy();
        if (await this.next()) this.#state = 'woken';
      }
    } finally {
      this.#state = 'idle';
    }
  }

  /** Makes one job. @returns whether there was one */
  async next(): Promise<boolean> {
    const job = await this.#deps.book.claim(this.#hold());
    if (job === undefined) return false;
    await this.#make(job);
    return true;
  }

  async #make(job: Job): Promise<void> {
    const { book, make, holder } = this.#deps;
    const lost = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, lost.signal]);
    const signs = setInterval(() => {
      this.#errands.run(`a sign of life of ${this.#deps.name}`, async () => {
        if (!(await book.renew(job, this.#hold()))) lost.abort(new Stopped());
      });
    }, SIGN_EVERY_MS);
    try {
      await make(job, signal);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (this.#stopping.signal.aborted) await book.release(job, holder);
    } finally {
      clearInterval(signs);
    }
  }

  #hold(): JobHold {
    const nowMs = this.#deps.clock.now().epochMilliseconds;
    return { holder: this.#deps.holder, nowMs, untilMs: nowMs + HELD_MS };
  }
}

/** Why work ended before it was done: the hub stops, or the job is another's or nobody's by now. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
