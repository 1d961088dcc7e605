import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { portPipe } from '#electron/engine/port-pipe';

/** The four calls a pipe makes of Electron's `MessagePortMain`. */
class FakePort extends EventEmitter {
  readonly sent: unknown[] = [];
  isClosed = false;
  start(): void {
    // Messages flow from the beginning here.
  }
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  close(): void {
    this.isClosed = true;
    this.emit('close');
  }
}

function heardBy(port: FakePort): (string | Uint8Array)[] {
  const heard: (string | Uint8Array)[] = [];
  portPipe(port).onMessage((message) => heard.push(message));
  return heard;
}

describe('portPipe', () => {
  test('passes text and bytes', () => {
    const port = new FakePort();
    const heard = heardBy(port);
    port.emit('message', { data: '{"t":"call"}' });
    port.emit('message', { data: new Uint8Array(3) });
    expect(heard).toEqual(['{"t":"call"}', new Uint8Array(3)]);
  });

  test.each([
    ['an object', { t: 'call' }],
    ['a number', 1],
    ['text longer than any call', 'x'.repeat(16 * 1024 + 1)],
    ['text that is longer in bytes than in letters', '门'.repeat(6 * 1024)],
    ['more bytes than any frame', new Uint8Array(9_000_000)],
  ])('ends at %s', (_what, data) => {
    const port = new FakePort();
    const heard = heardBy(port);
    port.emit('message', { data });
    expect(heard).toEqual([]);
    expect(port.isClosed).toBe(true);
  });
});
