import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { assert } from '#domain/assert';

/**
 * What a bad network does to a connection.
 * `open` nothing · `cut` resets every connection and takes no new one · `stalled` keeps them and lets
 * nothing through, as a dead switch does · `deaf` lets everything up and nothing down: the hub has
 * committed, its acknowledgement is lost, so the terminal will send the same again.
 */
export type LinkMode = 'open' | 'cut' | 'stalled' | 'deaf';

interface Wire {
  readonly near: Socket;
  readonly far: Socket;
}

/** A TCP proxy on the loopback address between a terminal and its broker. */
export class FaultyLink {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #wires = new Set<Wire>();
  #server: Server | undefined;
  #mode: LinkMode = 'open';
  #connections = 0;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
  }

  /** @returns the port to connect to in place of the target's */
  async start(): Promise<number> {
    const server = createServer((near) => this.#accept(near));
    this.#server = server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return portOf(server.address());
  }

  /** How often somebody connected, refused connections not counted. */
  get connections(): number {
    return this.#connections;
  }

  set(mode: LinkMode): void {
    this.#mode = mode;
    for (const wire of this.#wires) this.#apply(wire);
  }

  async stop(): Promise<void> {
    this.set('cut');
    this.#server?.close();
    if (this.#server?.listening === true) await once(this.#server, 'close');
  }

  #accept(near: Socket): void {
    if (this.#mode === 'cut') {
      near.destroy();
      return;
    }
    this.#connections += 1;
    const far = connect(this.#target.port, this.#target.host);
    const wire = { near, far };
    this.#wires.add(wire);
    carry(near, far);
    carry(far, near);
    for (const end of [near, far]) end.on('close', () => this.#wires.delete(wire));
    this.#apply(wire);
  }

  /** A paused socket keeps what has arrived in the kernel's buffer: held back, not lost. */
  #apply({ near, far }: Wire): void {
    if (this.#mode === 'cut') {
      near.resetAndDestroy();
      far.resetAndDestroy();
      return;
    }
    if (this.#mode === 'stalled') near.pause();
    else near.resume();
    if (this.#mode === 'open') far.resume();
    else far.pause();
  }
}

function carry(from: Socket, to: Socket): void {
  from.on('data', (bytes) => to.write(bytes));
  from.on('error', () => to.destroy()); // resets are what this link is for
  from.on('close', () => to.destroy());
}

function portOf(address: AddressInfo | string | null): number {
  assert(address !== null && typeof address === 'object', 'the link listens on TCP');
  return address.port;
}
