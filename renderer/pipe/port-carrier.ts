import type { OpenPipe, ScreenPipe } from '#renderer/pipe/screen-pipe';

/** What the shell's preload posts with the port, and what it may wait for before it does. */
export const PORT_OFFERED = 'lintel-pipe';
export const PORT_WANTED = 'lintel-pipe-wanted';

/** Longer than any engine start; then the client asks again. */
const PORT_WAIT_MS = 10_000;

/** A MessagePort, handed over by the shell each time the engine starts. */
export class PortCarrier {
  #offered: MessagePort | undefined;
  #taker: ((port: MessagePort) => void) | undefined;
  #current: (() => void) | undefined;

  /** Listens from the first moment on: the shell may offer before anybody asks. */
  start(): void {
    window.addEventListener('message', this.#receive);
  }

  stop(): void {
    window.removeEventListener('message', this.#receive);
    this.#offered?.close();
  }

  readonly open: OpenPipe = async () => {
    const port = await this.#port();
    const { pipe, closed } = pipeOver(port);
    this.#current = closed;
    return pipe;
  };

  #port(): Promise<MessagePort> {
    const offered = this.#offered;
    this.#offered = undefined;
    if (offered !== undefined) return Promise.resolve(offered);
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => reject(new Error('the shell offers no port')), PORT_WAIT_MS);
      this.#taker = (port) => {
        clearTimeout(tooLong);
        this.#taker = undefined;
        resolve(port);
      };
      window.postMessage(PORT_WANTED, window.location.origin);
    });
  }

  readonly #receive = (event: MessageEvent<unknown>): void => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== PORT_OFFERED || port === undefined) return;
    if (this.#taker !== undefined) {
      this.#taker(port);
      return;
    }
    this.#offered?.close();
    this.#offered = port;
    // A second port means a new engine: whoever holds the old one must let go.
    this.#current?.();
  };
}

function pipeOver(port: MessagePort): { pipe: ScreenPipe; closed: () => void } {
  const closers: Array<() => void> = [];
  let open = true;
  const closed = () => {
    if (!open) return;
    open = false;
    port.close();
    for (const closer of closers) closer();
  };
  port.addEventListener('close', closed);
  const pipe: ScreenPipe = {
    send: (message) => port.postMessage(message),
    sendFrame: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string' || event.data instanceof Uint8Array)
          listener(event.data);
      });
      port.start();
    },
    onClose: (listener) => closers.push(listener),
    close: closed,
  };
  return { pipe, closed };
}
