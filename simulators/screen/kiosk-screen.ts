import { z } from 'zod';
import { pipeProtocol } from '#contracts/ipc/engine-host';
import { encodeFrame, type Frame } from '#contracts/ipc/frame-codec';
import type {
  CallAnswer,
  CallInput,
  CallName,
  EventBody,
  EventName,
} from '#contracts/ipc/ipc-contract';
import {
  KIOSK_PIPE_VERSION,
  type KioskIpc,
  type KioskState,
  kioskIpc,
} from '#contracts/ipc/kiosk-ipc';
import { type ToRenderer, toRenderer } from '#contracts/ipc/pipe-message';
import { assert } from '#domain/assert';
import { failed, ok } from '#domain/result';

type Reply = Exclude<ToRenderer, { t: 'event' }>;
type Answer<K extends CallName<KioskIpc>> = CallAnswer<KioskIpc, K>;

interface Waiter {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** Where an engine host serves its pipe. */
export interface PipeAddress {
  readonly url: string;
  readonly token: string;
}

/** A kiosk screen without a browser: makes the calls that the page makes, remembers what it was told. */
export class KioskScreen {
  readonly #address: PipeAddress;
  readonly #pending = new Map<number, Waiter>();
  readonly #heard: { readonly name: string; readonly body: unknown }[] = [];
  readonly #listeners: { readonly name: string; readonly listener: () => void }[] = [];
  #socket: WebSocket | undefined;
  #nextId = 0;

  constructor(address: PipeAddress) {
    this.#address = address;
  }

  /** Connects and says hello. */
  async start(): Promise<KioskState> {
    const { url, token } = this.#address;
    const origin = `http://${new URL(url).host}`;
    const socket = new WebSocket(url, { protocols: pipeProtocol(token), headers: { origin } });
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(z.string().parse(data)));
    socket.addEventListener('close', () => this.#lose());
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`no pipe at ${url}`)));
    });
    const hello = await this.call('hello', { version: KIOSK_PIPE_VERSION });
    assert(hello.ok, 'screen and engine are built from the same sources');
    return hello.value;
  }

  async call<K extends CallName<KioskIpc>>(
    name: K,
    input: CallInput<KioskIpc, K>,
  ): Promise<Answer<K>> {
    const id = this.#nextId;
    this.#nextId += 1;
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#socket?.send(JSON.stringify({ t: 'call', id, name, input }));
    });
    if (reply.t === 'refused') throw new Error(`${name} was refused: ${reply.reason}`);
    const contract = kioskIpc.calls[name];
    const answer = reply.ok
      ? ok(contract.output.parse(reply.value))
      : failed(contract.failure.parse(reply.failure));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very call
    return answer as Answer<K>;
  }

  /** One picture of the camera, for an engine that asked for it by `frame.wanted`. */
  sendFrame(frame: Frame): void {
    this.#socket?.send(encodeFrame(frame));
  }

  /** Called after each event of this name. */
  on(name: EventName<KioskIpc>, listener: () => void): void {
    this.#listeners.push({ name, listener });
  }

  /** Every event of this name since the start, oldest first. */
  heard<K extends EventName<KioskIpc>>(name: K): readonly EventBody<KioskIpc, K>[] {
    const bodies = this.#heard.filter((event) => event.name === name).map((event) => event.body);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very event
    return bodies as readonly EventBody<KioskIpc, K>[];
  }

  /** The latest state the engine told. */
  get state(): KioskState | undefined {
    return this.heard('state').at(-1);
  }

  stop(): void {
    this.#socket?.close();
  }

  #receive(text: string): void {
    const message = toRenderer.parse(JSON.parse(text));
    if (message.t === 'event') {
      const schema = z.enum(eventNames).parse(message.name);
      this.#heard.push({ name: schema, body: kioskIpc.events[schema].parse(message.body) });
      for (const { name, listener } of this.#listeners) if (name === schema) listener();
      return;
    }
    this.#pending.get(message.id)?.resolve(message);
    this.#pending.delete(message.id);
  }

  #lose(): void {
    for (const { reject } of this.#pending.values()) reject(new Error('the engine went away'));
    this.#pending.clear();
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the literal keys of a literal object
const eventNames = Object.keys(kioskIpc.events) as EventName<KioskIpc>[];
