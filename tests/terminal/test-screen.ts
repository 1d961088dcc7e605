import { encodeFrame } from '#contracts/ipc/frame-codec';
import type {
  CallAnswer,
  CallInput,
  CallName,
  EventBody,
  EventName,
} from '#contracts/ipc/ipc-contract';
import { KIOSK_PIPE_VERSION, type KioskIpc, kioskIpc } from '#contracts/ipc/kiosk-ipc';
import type { Pipe } from '#contracts/ipc/pipe';
import { type ToRenderer, toRenderer } from '#contracts/ipc/pipe-message';
import { failed, ok } from '#domain/result';

type Reply = Exclude<ToRenderer, { t: 'event' }>;

/** The screen's end of a pipe inside one process; everything said is checked against the contract. */
export class TestScreen {
  readonly replies: Reply[] = [];
  readonly events: { readonly name: string; readonly body: unknown }[] = [];
  closed = false;
  readonly #listeners: ((message: string | Uint8Array) => void)[] = [];
  readonly #closers: (() => void)[] = [];
  readonly #open = new Map<number, (reply: Reply) => void>();
  #nextId = 1;
  #frameId = 0;

  /** The engine's end. */
  readonly pipe: Pipe = {
    send: (text) => this.#receive(text),
    onMessage: (listener) => void this.#listeners.push(listener),
    onClose: (listener) => void this.#closers.push(listener),
    close: () => this.close(),
  };

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const closer of this.#closers) closer();
  }

  /** Anything, however wrong. */
  say(message: string | Uint8Array): void {
    for (const listener of this.#listeners) listener(message);
  }

  async hello(): Promise<CallAnswer<KioskIpc, 'hello'>> {
    return await this.call('hello', { version: KIOSK_PIPE_VERSION });
  }

  async call<K extends CallName<KioskIpc>>(
    name: K,
    input: CallInput<KioskIpc, K>,
  ): Promise<CallAnswer<KioskIpc, K>> {
    const id = this.#nextId;
    this.#nextId += 1;
    const reply = await new Promise<Reply>((resolve) => {
      this.#open.set(id, resolve);
      this.say(JSON.stringify({ t: 'call', id, name, input }));
    });
    if (reply.t === 'refused') throw new Error(`${name} refused: ${reply.reason}`);
    const { output, failure } = kioskIpc.calls[name];
    const answer = reply.ok ? ok(output.parse(reply.value)) : failed(failure.parse(reply.failure));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schemas of this very call
    return answer as CallAnswer<KioskIpc, K>;
  }

  /** A small grey picture: what is seen in it is scripted. @returns its id */
  frame(capturedAtMs = 0): number {
    this.#frameId += 1;
    const rgba = new Uint8Array(64 * 64 * 4);
    this.say(encodeFrame({ frameId: this.#frameId, capturedAtMs, width: 64, height: 64, rgba }));
    return this.#frameId;
  }

  heard<K extends EventName<KioskIpc>>(name: K): EventBody<KioskIpc, K>[] {
    const bodies = this.events.filter((event) => event.name === name).map(({ body }) => body);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very event
    return bodies as EventBody<KioskIpc, K>[];
  }

  last<K extends EventName<KioskIpc>>(name: K): EventBody<KioskIpc, K> | undefined {
    return this.heard(name).at(-1);
  }

  #receive(text: string): void {
    if (this.closed) throw new Error('the engine spoke into a closed pipe');
    const message = toRenderer.parse(JSON.parse(text));
    if (message.t === 'event') {
      const name = Object.keys(kioskIpc.events).find((each) => each === message.name);
      if (name === undefined) throw new Error(`no such event: ${message.name}`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- found among the keys
      const schema = kioskIpc.events[name as EventName<KioskIpc>];
      this.events.push({ name, body: schema.parse(message.body) });
      return;
    }
    this.replies.push(message);
    this.#open.get(message.id)?.(message);
    this.#open.delete(message.id);
  }
}
