import { randomUUID } from 'node:crypto';
import type { PersonBody } from '#contracts/wire/v1/down-log';
import { maskedName } from '#domain/punch/masked-name';
import type { PunchClaim } from '#terminal/punch/punch-recorder';
import type { Screen } from '#terminal/punch/screen';
import type { TerminalClock } from '#terminal/sync/terminal-clock';

const ASK_SECONDS = 10; // long enough to read and tap; who has left by then was not asked

/** A question on the screen: "are you …?" */
export interface OpenAsk {
  readonly askId: string;
  readonly trackId: number;
  readonly person: PersonBody;
  readonly claim: PunchClaim;
  readonly stableSinceMs: number | undefined;
  readonly expiresMonoMs: number;
}

/** One question at a time: two names on one screen would be read by the wrong person. */
export class AskDesk {
  readonly #clock: TerminalClock;
  readonly #screen: Screen;
  #open: OpenAsk | undefined;

  constructor(clock: TerminalClock, screen: Screen) {
    this.#clock = clock;
    this.#screen = screen;
  }

  get open(): OpenAsk | undefined {
    return this.#open;
  }

  ask(about: Pick<OpenAsk, 'trackId' | 'person' | 'claim' | 'stableSinceMs'>): void {
    const askId = randomUUID();
    const expiresMonoMs = this.#clock.monotonicMs() + ASK_SECONDS * 1000;
    this.#open = { ...about, askId, expiresMonoMs };
    this.#screen.tell('ask', {
      askId,
      trackId: about.trackId,
      maskedName: maskedName(about.person.name),
      locale: about.person.locale,
      expiresAt: this.#clock.now().add({ seconds: ASK_SECONDS }).toString(),
    });
  }

  /** @returns the question this answers, which is thereby closed; undefined when it is no longer open */
  take(askId: string): OpenAsk | undefined {
    const ask = this.#open;
    if (ask?.askId !== askId || this.#clock.monotonicMs() > ask.expiresMonoMs) return undefined;
    this.#open = undefined;
    return ask;
  }

  /** @returns a question nobody answered in time, or whose face has gone, which is thereby closed */
  takeStale(visible: (trackId: number) => boolean): OpenAsk | undefined {
    const ask = this.#open;
    if (ask === undefined) return undefined;
    const late = this.#clock.monotonicMs() > ask.expiresMonoMs;
    if (!late && visible(ask.trackId)) return undefined;
    this.#open = undefined;
    return ask;
  }
}
