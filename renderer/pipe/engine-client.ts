import { z } from 'zod';
import type { CallName } from '#contracts/ipc/ipc-contract';
import {
  KIOSK_PIPE_VERSION,
  type KioskIpc,
  type KioskState,
  kioskIpc,
} from '#contracts/ipc/kiosk-ipc';
import { type ToRenderer, toRenderer } from '#contracts/ipc/pipe-message';
import { failed, ok, type Result } from '#domain/result';
import { type KioskEvent, kioskEvent } from '#renderer/pipe/kiosk-event';
import type { OpenPipe, ScreenPipe } from '#renderer/pipe/screen-pipe';

/** Long enough for a PIN to be checked on the slowest box; then the engine counts as away. */
const ANSWER_WAIT_MS = 15_000;
/** First pause before the engine is looked for again; doubles up to the last. */
const RETRY_FIRST_MS = 250;
const RETRY_LAST_MS = 5_000;

export type Link = 'connecting' | 'up' | 'away' | 'mismatch';
/** What can befall any call: nobody there, or an answer that breaks the contract. */
export type LinkFailure = 'away' | 'refused';

type Calls = KioskIpc['calls'];
export type Answer<K extends CallName<KioskIpc>> = Result<
  z.output<Calls[K]['output']>,
  z.output<Calls[K]['failure']> | LinkFailure
>;
type Reply = Exclude<ToRenderer, { t: 'event' }> | 'away';

export interface EngineListener {
  onLink(link: Link): void;
  onState(state: KioskState): void;
  onEvent(event: KioskEvent): void;
}

/** Talks to the terminal engine for as long as the screen lives, through any number of its restarts. */
export class EngineClient {
  readonly #open: OpenPipe;
  readonly #listener: EngineListener;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  #pipe: ScreenPipe | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;
  #nextId = 0;
  #stopped = false;

  constructor(open: OpenPipe, listener: EngineListener) {
    this.#open = open;
    this.#listener = listener;
  }

  start(): void {
    this.#listener.onLink('connecting');
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#pipe?.close();
    this.#forgetPending();
  }

  /** Never throws: an engine that is away is an answer like any other. */
  ask<K extends CallName<KioskIpc>>(
    name: K,
    input: z.input<Calls[K]['input']>,
  ): Promise<Answer<K>> {
    const pipe = this.#pipe;
    if (pipe === undefined) return Promise.resolve(failed('away'));
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const tooLong = setTimeout(() => this.#settle(id, 'away'), ANSWER_WAIT_MS);
      this.#pending.set(id, (reply) => {
        clearTimeout(tooLong);
        resolve(answerOf(name, reply));
      });
      pipe.send(JSON.stringify({ t: 'call', id, name, input }));
    });
  }

  sendFrame(message: Uint8Array<ArrayBuffer>): void {
    this.#pipe?.sendFrame(message);
  }

  async #connect(): Promise<void> {
    try {
      const pipe = await this.#open();
      if (this.#stopped) return pipe.close();
      this.#take(pipe);
      await this.#hello();
    } catch {
      // Nobody there yet: the next attempt decides.
      this.#lose();
    }
  }

  #take(pipe: ScreenPipe): void {
    this.#pipe = pipe;
    pipe.onClose(() => {
      if (this.#pipe === pipe) this.#lose();
    });
    pipe.onMessage((message) => {
      if (typeof message === 'string') this.#receive(message);
    });
  }

  async #hello(): Promise<void> {
    const answer = await this.ask('hello', { version: KIOSK_PIPE_VERSION });
    if (answer.ok) {
      this.#retryMs = RETRY_FIRST_MS;
      this.#listener.onState(answer.value);
      this.#listener.onLink('up');
      return;
    }
    this.#pipe?.close();
    this.#lose();
    if (answer.failure === 'version-mismatch') this.#listener.onLink('mismatch');
  }

  #lose(): void {
    this.#pipe = undefined;
    this.#forgetPending();
    if (this.#stopped) return;
    this.#listener.onLink('away');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_LAST_MS);
  }

  #receive(text: string): void {
    const message = toRenderer.safeParse(jsonOf(text));
    // The engine is our own build: what does not parse is a bug there, and no reason to stop here.
    if (!message.success) return;
    if (message.data.t !== 'event') {
      this.#settle(message.data.id, message.data);
      return;
    }
    const event = kioskEvent.safeParse({ name: message.data.name, body: message.data.body });
    if (event.success) this.#listener.onEvent(event.data);
  }

  #settle(id: number, reply: Reply): void {
    const settle = this.#pending.get(id);
    this.#pending.delete(id);
    settle?.(reply);
  }

  #forgetPending(): void {
    for (const id of this.#pending.keys()) this.#settle(id, 'away');
  }
}

function answerOf<K extends CallName<KioskIpc>>(name: K, reply: Reply): Answer<K> {
  if (reply === 'away') return failed('away');
  if (reply.t === 'refused') return failed('refused');
  const { output, failure } = kioskIpc.calls[name];
  const parsed = reply.ok ? output.safeParse(reply.value) : failure.safeParse(reply.failure);
  if (!parsed.success) return failed('refused');
  const answer = reply.ok ? ok(parsed.data) : failed(parsed.data);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schemas of `name` just parsed it; a generic key loses the pairing with its value
  return answer as Answer<K>;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
