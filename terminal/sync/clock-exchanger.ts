import type { z } from 'zod';
import { type timeAnswerBody, timeRequestBody } from '#contracts/wire/v1/messages';
import { EXCHANGES_KEPT } from '#terminal/sync/clock-estimate';
import type { TerminalClock } from '#terminal/sync/terminal-clock';

const EXCHANGE_EVERY_MS = 5 * 60_000; // far below what drift can do to a minute
const ANSWER_PATIENCE_MS = 10_000;

/** Asks the hub for its clock: a quick series when a line or trust is new, then now and then. */
export class ClockExchanger {
  readonly #clock: TerminalClock;
  readonly #ask: (body: z.output<typeof timeRequestBody>) => void;
  readonly #terminalId: string;
  #askedMonoMs: number | undefined;
  #dueMonoMs = 0;
  #answers = 0;

  constructor(
    clock: TerminalClock,
    terminalId: string,
    ask: (body: z.output<typeof timeRequestBody>) => void,
  ) {
    this.#clock = clock;
    this.#terminalId = terminalId;
    this.#ask = ask;
  }

  restart(): void {
    this.#answers = 0;
    this.#dueMonoMs = 0;
    this.tick();
  }

  /** Called about once a second while there is a hub to ask. */
  tick(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#clock.trust() === 'lost') {
      this.#dueMonoMs = Math.min(this.#dueMonoMs, nowMs + ANSWER_PATIENCE_MS);
    }
    if (nowMs < this.#dueMonoMs) return;
    this.#askedMonoMs = nowMs;
    this.#dueMonoMs = nowMs + ANSWER_PATIENCE_MS;
    this.#ask({
      kind: 'time-request',
      terminalId: this.#terminalId,
      bootId: this.#clock.bootId,
      askedMonoMs: nowMs,
      askedWallMs: this.#clock.wallMs(),
    });
  }

  /** @returns false for an answer to no open question: late, doubled or of another boot */
  answer(body: z.output<typeof timeAnswerBody>): boolean {
    const { askedMonoMs, hubWallMs, bootId } = body;
    if (bootId !== this.#clock.bootId || askedMonoMs !== this.#askedMonoMs) return false;
    this.#askedMonoMs = undefined;
    const answeredMonoMs = this.#clock.monotonicMs();
    this.#clock.learn({ askedMonoMs, answeredMonoMs, hubWallMs });
    this.#answers += 1;
    const settled = this.#answers >= EXCHANGES_KEPT;
    this.#dueMonoMs = settled ? answeredMonoMs + EXCHANGE_EVERY_MS : answeredMonoMs;
    return true;
  }
}
