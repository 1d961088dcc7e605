import type { MessagePortMain } from 'electron';
import { FRAME_BYTES_MAX } from '#contracts/ipc/frame-codec';
import type { Pipe } from '#contracts/ipc/pipe';
import { CONTROL_BYTES_MAX } from '#contracts/ipc/pipe-message';

/** Carries the kiosk pipe over a message port; what is neither text nor bytes within limits ends it. */
export function portPipe(
  port: Pick<MessagePortMain, 'on' | 'start' | 'close' | 'postMessage'>,
): Pipe {
  const listeners: ((message: string | Uint8Array) => void)[] = [];
  port.on('message', ({ data }: { data: unknown }) => {
    const message = acceptable(data);
    if (message === undefined) port.close();
    else for (const listener of listeners) listener(message);
  });
  port.start();
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}

function acceptable(content: unknown): string | Uint8Array | undefined {
  if (typeof content === 'string') {
    return Buffer.byteLength(content) <= CONTROL_BYTES_MAX ? content : undefined;
  }
  const isFrame = content instanceof Uint8Array && content.byteLength <= FRAME_BYTES_MAX;
  return isFrame ? content : undefined;
}
