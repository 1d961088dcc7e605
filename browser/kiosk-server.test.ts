/**
 * Goal: nothing on this machine or on a web page reaches the engine without the token, and a client
 * that has it can neither flood nor crash it. Method: a real server, real HTTP and WebSocket clients.
 */
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type KioskServer, startKioskServer } from '#browser/kiosk-server';
import { pipeProtocol } from '#contracts/ipc/engine-host';
import { encodeFrame, FRAME_BYTES_MAX } from '#contracts/ipc/frame-codec';
import type { Pipe } from '#contracts/ipc/pipe';
import { CONTROL_BYTES_MAX } from '#contracts/ipc/pipe-message';
import { systemClock } from '#platform/clock/system-clock';

const TOKEN = 'a-token-for-this-test';
let server: KioskServer;
let pipes: Pipe[];
let heard: (string | Uint8Array)[];
let rendererDir: string;

beforeEach(async () => {
  rendererDir = mkdtempSync(join(tmpdir(), 'lintel-screens-'));
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><html><head></head></html>');
  writeFileSync(join(rendererDir, 'main.js'), 'export {};');
  pipes = [];
  heard = [];
  const started = await startKioskServer({
    rendererDir,
    port: 0,
    token: TOKEN,
    clock: systemClock(),
    attach: (pipe) => {
      pipes.push(pipe);
      pipe.onMessage((message) => heard.push(message));
    },
  });
  if (!started.ok) throw new Error(started.failure);
  server = started.value;
});

afterEach(async () => {
  await server.stop();
});

const origin = () => new URL(server.url).origin;

interface Asked {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** `fetch` refuses to send a `Host` of its own choosing; a hostile client does not ask. */
async function ask(path: string, headers: Record<string, string> = {}): Promise<Asked> {
  const { promise, resolve, reject } = Promise.withResolvers<Asked>();
  const call = request(new URL(path, origin()), { headers }, (reply) => {
    let body = '';
    reply.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }));
  });
  call.on('error', reject).end();
  return await promise;
}

interface Knock {
  readonly protocols?: string[];
  readonly headers?: Record<string, string>;
}

/** Node's client takes headers, which the browser's type does not know. */
function knock({ protocols = [pipeProtocol(TOKEN)], headers }: Knock = {}): WebSocket {
  const options = { protocols, headers: { origin: origin(), ...headers } };
  return new WebSocket(server.pipeUrl, options as unknown as string[]);
}

async function opened(socket: WebSocket): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.addEventListener('open', () => resolve(true));
  socket.addEventListener('error', () => resolve(false));
  return await promise;
}

async function closeCode(socket: WebSocket): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.addEventListener('close', (event) => resolve(event.code));
  return await promise;
}

describe('the page', () => {
  test('opens with the token in the fragment, which never reaches a server', async () => {
    expect(new URL(server.url).hash).toBe(`#token=${TOKEN}`);
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(TOKEN);
  });

  test('answers with a policy that allows its own files and its own socket only', async () => {
    const { headers } = await ask('/main.js');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:`);
    expect(policy).not.toContain('unsafe-inline');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  test('refuses a rebound DNS name', async () => {
    expect((await ask('/main.js', { host: 'evil.example' })).status).toBe(421);
    const host = `localhost:${server.port}`;
    expect((await ask('/main.js', { host })).status).toBe(200);
  });

  test('gives nothing outside its folder', async () => {
    expect((await ask('/..%2f..%2fetc%2fpasswd')).status).toBeGreaterThanOrEqual(400);
  });
});

describe('the pipe', () => {
  test('carries text and frames both ways', async () => {
    const socket = knock();
    expect(await opened(socket)).toBe(true);
    const frame = { frameId: 1, capturedAtMs: 0, width: 64, height: 64 };
    socket.send('{"t":"call"}');
    socket.send(encodeFrame({ ...frame, rgba: new Uint8Array(64 * 64 * 4) }));
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[0]).toBe('{"t":"call"}');
    expect(heard[1]).toBeInstanceOf(Uint8Array);
    const received = new Promise((resolve) => {
      socket.addEventListener('message', (event) => resolve(event.data));
    });
    pipes[0]?.send('{"t":"event"}');
    expect(await received).toBe('{"t":"event"}');
    socket.close();
  });

  test.each<[string, Knock]>([
    ['without the token', { protocols: [] }],
    ['with a wrong token', { protocols: ['lintel.guess'] }],
    ['from a web page', { headers: { origin: 'https://evil.example' } }],
    ['from a sandboxed frame', { headers: { origin: 'null' } }],
  ])('stays shut to a client %s', async (_who, how) => {
    expect(await opened(knock(how))).toBe(false);
    expect(pipes).toHaveLength(0);
  });

  test('stays shut to a client under a rebound name', async () => {
    const handshake = {
      host: 'evil.example',
      origin: origin(),
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-protocol': pipeProtocol(TOKEN),
    };
    expect((await ask('/pipe', handshake)).status).toBe(421);
    expect(pipes).toHaveLength(0);
  });

  test('opens to the page inside the Electron shell', async () => {
    const socket = knock({ headers: { origin: 'app://kiosk' } });
    expect(await opened(socket)).toBe(true);
    socket.close();
  });

  test('admits no fifth screen', async () => {
    const four = Array.from({ length: 4 }, () => knock());
    expect(await Promise.all(four.map(opened))).toEqual([true, true, true, true]);
    expect(await opened(knock())).toBe(false);
    for (const socket of four) socket.close();
  });

  test.each<[string, number, (socket: WebSocket) => void]>([
    ['a control message of 17 KB', 1008, (s) => s.send('x'.repeat(CONTROL_BYTES_MAX + 1))],
    ['a frame larger than any frame', 1009, (s) => s.send(new Uint8Array(FRAME_BYTES_MAX + 1))],
    ['a flood of calls', 1008, (s) => flood(s, '{}')],
    ['a flood of frames', 1008, (s) => flood(s, new Uint8Array(8))],
  ])('cuts off %s, and serves the next client', async (_what, code, misbehave) => {
    const socket = knock();
    await opened(socket);
    const closed = closeCode(socket);
    misbehave(socket);
    expect(await closed).toBe(code);
    const next = knock();
    expect(await opened(next)).toBe(true);
    next.close();
  });

  test('is only as long as its socket', async () => {
    const socket = knock();
    await opened(socket);
    const gone = new Promise<string>((resolve) => pipes[0]?.onClose(() => resolve('gone')));
    socket.close();
    expect(await gone).toBe('gone');
    expect(() => pipes[0]?.send('nobody hears this')).not.toThrow();
  });
});

describe('startKioskServer', () => {
  const another = { token: TOKEN, clock: systemClock(), attach };

  test('says that the port is taken', async () => {
    const second = await startKioskServer({ ...another, rendererDir, port: server.port });
    expect(second).toEqual({ ok: false, failure: 'port-taken' });
  });

  test('says that the screens are not built', async () => {
    const first = await startKioskServer({ ...another, rendererDir: '/nowhere', port: 0 });
    expect(first).toEqual({ ok: false, failure: 'not-built' });
  });

  test('stops although somebody holds a refused connection', async () => {
    const silent = connect(server.port, '127.0.0.1');
    silent.write('GET /pipe HTTP/1.1\r\nHost: evil.example\r\nUpgrade: websocket\r\n');
    silent.write('Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n');
    const [answer] = await once(silent, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 421/);
    const released = once(silent, 'close');
    await server.stop();
    expect(await released).toEqual([expect.any(Boolean)]);
  });
});

function attach(): void {
  throw new Error('nothing connects here');
}

/** More than any budget of one second, in one burst. */
function flood(socket: WebSocket, message: string | Uint8Array<ArrayBuffer>): void {
  for (let i = 0; i < 500; i += 1) socket.send(message);
}
