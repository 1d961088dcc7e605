import { decodeFrame, FRAME_BYTES_MAX, type Frame } from '#contracts/ipc/frame-codec';
import {
  type CallName,
  type EventBody,
  type EventName,
  type IpcContract,
  type IpcHandlers,
} from '#contracts/ipc/ipc-contract';
import type { Pipe } from '#contracts/ipc/pipe';
import { CONTROL_BYTES_MAX, type ToRenderer, toEngine } from '#contracts/ipc/pipe-message';
import type { Logger } from '#platform/log/logger';

/** A screen of ours makes none of these; whoever makes this many is not a screen of ours. */
export const HOSTILE_MESSAGES_MAX = 20;
/** A screen asks and waits; more open questions at once than this are a flood. */
export const CALLS_OPEN_MAX = 32;

export interface PipeServerOptions<C extends IpcContract> {
  readonly contract: C;
  readonly handlers: IpcHandlers<C>;
  /** The call that must come first; before it nothing else is answered and nothing is told. */
  readonly greeting: CallName<C>;
  readonly onFrame: (frame: Frame) => void;
  readonly onReady: () => void;
  readonly onClosed: () => void;
  readonly logger: Logger;
}

/** The handler of one call with the pairing of name and types left behind. */
type AnyHandler = (input: unknown) => Promise<{ ok: boolean; value?: unknown; failure?: unknown }>;

/**
 * Answers one pipe. Every message is hostile until its schema has taken it: bad ones are answered
 * `refused`, and a pipe that sends many of them is closed.
 */
export class PipeServer<C extends IpcContract> {
  readonly #pipe: Pipe;
  readonly #options: PipeServerOptions<C>;
  #hostile = 0;
  #open = 0;
  #greeted = false;
  #closed = false;

  constructor(pipe: Pipe, options: PipeServerOptions<C>) {
    this.#pipe = pipe;
    this.#options = options;
  }

  start(): void {
    this.#pipe.onClose(() => this.#end());
    this.#pipe.onMessage((message) => {
      if (this.#closed) return;
      if (typeof message === 'string') this.#onControl(message);
      else this.#onFrame(message);
    });
  }

  /** Ends the conversation from this side. */
  stop(): void {
    if (this.#closed) return;
    this.#end();
    this.#pipe.close();
  }

  get isReady(): boolean {
    return this.#greeted && !this.#closed;
  }

  /** Told to a screen that has said hello; there is nobody else to tell. */
  tell<K extends EventName<C>>(name: K, body: EventBody<C, K>): void {
    if (this.isReady) this.#pipe.send(JSON.stringify({ t: 'event', name, body }));
  }

  #onControl(message: string): void {
    if (Buffer.byteLength(message) > CONTROL_BYTES_MAX) {
      this.#refuse(0, 'too large');
      return;
    }
    const call = toEngine.safeParse(parseJson(message));
    if (!call.success) {
      this.#refuse(0, 'not a call');
      return;
    }
    const { id, name, input } = call.data;
    const { contract, handlers, greeting } = this.#options;
    const declared = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined;
    if (declared === undefined) {
      this.#refuse(id, 'unknown call');
      return;
    }
    const parsed = declared.input.safeParse(input);
    if (!parsed.success) {
      this.#refuse(id, 'malformed input');
      return;
    }
    if (!this.#greeted && name !== greeting) {
      this.#refuse(id, `${greeting} comes first`);
      return;
    }
    if (this.#open >= CALLS_OPEN_MAX) {
      this.#refuse(id, 'too many open calls');
      return;
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- looking a handler up by name loses the pairing that `IpcHandlers` proved; the schema has just checked the input
    void this.#answer({ id, name }, handlers[name as CallName<C>] as AnyHandler, parsed.data);
  }

  async #answer(
    call: { readonly id: number; readonly name: string },
    handle: AnyHandler,
    input: unknown,
  ): Promise<void> {
    const { id, name } = call;
    this.#open += 1;
    try {
      const answer = await handle(input);
      const first = answer.ok && !this.#greeted && name === this.#options.greeting;
      if (first) this.#greeted = true;
      this.#send(
        answer.ok
          ? { t: 'answer', id, ok: true, value: asJson(answer.value) }
          : { t: 'answer', id, ok: false, failure: String(answer.failure) },
      );
      if (first) this.#options.onReady();
    } catch (error) {
      this.#options.logger.error({ err: error, call: name }, 'a call of the screen failed');
      this.#send({ t: 'refused', id, reason: 'the engine failed; see its log' });
    } finally {
      this.#open -= 1;
    }
  }

  #onFrame(message: Uint8Array): void {
    if (!this.#greeted || message.byteLength > FRAME_BYTES_MAX) {
      this.#refuse(0, this.#greeted ? 'frame too large' : 'no frames before hello');
      return;
    }
    const frame = decodeFrame(message);
    if (frame.ok) this.#options.onFrame(frame.value);
    else this.#refuse(0, frame.failure);
  }

  #refuse(id: number, reason: string): void {
    this.#hostile += 1;
    this.#send({ t: 'refused', id, reason });
    if (this.#hostile < HOSTILE_MESSAGES_MAX) return;
    this.#options.logger.warn(
      { reason, count: this.#hostile },
      'closed a pipe that talks nonsense',
    );
    this.stop();
  }

  #send(message: ToRenderer): void {
    if (!this.#closed) this.#pipe.send(JSON.stringify(message));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClosed();
  }
}

type Json = Extract<ToRenderer, { ok: true }>['value'];

function asJson(value: unknown): Json {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- typed by `IpcHandlers`; JSON.stringify is about to prove it
  return value as Json;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
