import type { z } from 'zod';
import { decodeFrame, type Frame } from '#contracts/ipc/frame-codec';
import type { CallName, EventName, IpcHandlers } from '#contracts/ipc/ipc-contract';
import {
  KIOSK_PIPE_VERSION,
  type KioskIpc,
  type KioskState,
  kioskIpc,
} from '#contracts/ipc/kiosk-ipc';
import type { Pipe } from '#contracts/ipc/pipe';
import { type ToRenderer, toEngine } from '#contracts/ipc/pipe-message';
import { failed, ok, type Result } from '#domain/result';

/** What the screen asked, in order. */
export interface HeardCall {
  readonly name: CallName<KioskIpc>;
  readonly input: unknown;
}

export type Script = Partial<IpcHandlers<KioskIpc>>;

/** An engine that does as a test says: answers calls by script, emits events on cue, counts frames. */
export class ScriptedEngine {
  readonly calls: HeardCall[] = [];
  readonly frames: Pick<Frame, 'frameId' | 'width' | 'height'>[] = [];
  readonly #pipes = new Set<Pipe>();
  #state: KioskState;
  #script: Script = {};

  constructor(state: KioskState) {
    this.#state = state;
  }

  /** Replaces what was answered before. */
  answer(script: Script): void {
    this.#script = script;
  }

  readonly attach = (pipe: Pipe): void => {
    this.#pipes.add(pipe);
    pipe.onClose(() => this.#pipes.delete(pipe));
    pipe.onMessage((message) => {
      if (typeof message === 'string') void this.#receive(pipe, message);
      else this.#look(message);
    });
  };

  get screens(): number {
    return this.#pipes.size;
  }

  /** Checked against the contract: a script must not say what an engine could not. */
  emit<N extends EventName<KioskIpc>>(name: N, body: z.input<KioskIpc['events'][N]>): void {
    const parsed = kioskIpc.events[name].parse(body);
    for (const pipe of this.#pipes)
      send(pipe, { t: 'event', name, body: JSON.parse(JSON.stringify(parsed)) });
  }

  setState(change: Partial<KioskState>): void {
    this.#state = { ...this.#state, ...change };
    this.emit('state', this.#state);
  }

  /** As a crash would: every screen loses its pipe. */
  drop(): void {
    for (const pipe of this.#pipes) pipe.close();
    this.#pipes.clear();
  }

  heard(name: CallName<KioskIpc>): readonly HeardCall[] {
    return this.calls.filter((call) => call.name === name);
  }

  #look(message: Uint8Array): void {
    const frame = decodeFrame(message);
    if (!frame.ok) throw new Error(`the screen sent no frame: ${frame.failure}`);
    const { frameId, width, height } = frame.value;
    this.frames.push({ frameId, width, height });
  }

  async #receive(pipe: Pipe, text: string): Promise<void> {
    const message = toEngine.parse(JSON.parse(text));
    const name = callNameOf(message.name);
    const input: unknown = kioskIpc.calls[name].input.parse(message.input);
    this.calls.push({ name, input });
    const answer = await this.#answerTo(name, input);
    if (answer.ok)
      send(pipe, { t: 'answer', id: message.id, ok: true, value: jsonOf(answer.value) });
    else send(pipe, { t: 'answer', id: message.id, ok: false, failure: answer.failure });
  }

  async #answerTo(name: CallName<KioskIpc>, input: unknown): Promise<Result<unknown, string>> {
    const handle = this.#script[name];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of `name` parsed it; a name in a variable loses the pairing
    if (handle !== undefined) return await handle(input as never);
    if (name === 'hello') return helloOf(input, this.#state);
    return ok({});
  }
}

function helloOf(input: unknown, state: KioskState): Result<KioskState, string> {
  const { version } = kioskIpc.calls.hello.input.parse(input);
  return version === KIOSK_PIPE_VERSION ? ok(state) : failed('version-mismatch');
}

function callNameOf(name: string): CallName<KioskIpc> {
  if (!isCallName(name)) throw new Error(`the screen calls what nobody declared: ${name}`);
  return name;
}

function isCallName(name: string): name is CallName<KioskIpc> {
  return Object.hasOwn(kioskIpc.calls, name);
}

function send(pipe: Pipe, message: ToRenderer): void {
  pipe.send(JSON.stringify(message));
}

/** What survives the trip as JSON, and nothing else. */
function jsonOf(value: unknown): z.output<z.ZodJSONSchema> {
  return JSON.parse(JSON.stringify(value));
}
