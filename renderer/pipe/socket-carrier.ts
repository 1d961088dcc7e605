import { pipeProtocol } from '#contracts/ipc/engine-host';
import type { OpenPipe, ScreenPipe } from '#renderer/pipe/screen-pipe';

export interface SocketAddress {
  readonly url: string;
  readonly token: string;
}

/** A WebSocket of the local engine; the token travels as its subprotocol, never in a URL that is logged. */
export function socketCarrier(address: SocketAddress): OpenPipe {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(address.url, [pipeProtocol(address.token)]);
      socket.binaryType = 'arraybuffer';
      const refuse = () => reject(new Error('the engine does not answer'));
      socket.addEventListener('close', refuse, { once: true });
      socket.addEventListener('open', () => resolve(pipeOver(socket)), { once: true });
    });
}

function pipeOver(socket: WebSocket): ScreenPipe {
  return {
    send: (message) => socket.send(message),
    sendFrame: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    onMessage: (listener) =>
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
        else if (event.data instanceof ArrayBuffer) listener(new Uint8Array(event.data));
      }),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  };
}
