import type { Frame } from '#contracts/ipc/frame-codec';
import type { EventBody, EventName, IpcHandlers } from '#contracts/ipc/ipc-contract';
import { type KioskIpc, kioskIpc } from '#contracts/ipc/kiosk-ipc';
import type { Pipe } from '#contracts/ipc/pipe';
import type { Logger } from '#platform/log/logger';
import { PipeServer } from '#terminal/kiosk/pipe-server';
import type { Screen } from '#terminal/punch/screen';

interface KioskDoorParts {
  readonly handlers: () => IpcHandlers<KioskIpc>;
  readonly onFrame: (frame: Frame) => void;
  /** A screen has said hello and may be told things. */
  readonly onReady: () => void;
  /** The active screen has gone, or was replaced. */
  readonly onLeft: () => void;
  readonly logger: Logger;
}

/** One active screen at a time: the newest that said hello. A reload comes before its old pipe closes. */
export class KioskDoor implements Screen {
  readonly #parts: KioskDoorParts;
  readonly #waiting = new Set<PipeServer<KioskIpc>>();
  #active: PipeServer<KioskIpc> | undefined;

  constructor(parts: KioskDoorParts) {
    this.#parts = parts;
  }

  attach(pipe: Pipe): void {
    const server: PipeServer<KioskIpc> = new PipeServer(pipe, {
      contract: kioskIpc,
      handlers: this.#parts.handlers(),
      greeting: 'hello',
      onFrame: (frame) => {
        if (this.#active === server) this.#parts.onFrame(frame);
      },
      onReady: () => this.#activate(server),
      onClosed: () => this.#leave(server),
      logger: this.#parts.logger,
    });
    this.#waiting.add(server);
    server.start();
  }

  get isAttached(): boolean {
    return this.#active !== undefined;
  }

  tell<K extends EventName<KioskIpc>>(name: K, body: EventBody<KioskIpc, K>): void {
    this.#active?.tell(name, body);
  }

  stop(): void {
    for (const server of this.#waiting) server.stop();
    this.#active?.stop();
  }

  #activate(server: PipeServer<KioskIpc>): void {
    this.#waiting.delete(server);
    this.#active?.stop();
    this.#active = server;
    this.#parts.onReady();
  }

  #leave(server: PipeServer<KioskIpc>): void {
    this.#waiting.delete(server);
    if (this.#active !== server) return;
    this.#active = undefined;
    this.#parts.onLeft();
  }
}
