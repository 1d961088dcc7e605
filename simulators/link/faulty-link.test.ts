import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FaultyLink } from '#simulators/link/faulty-link';

let heard = '';
let server: Server;
let link: FaultyLink;
let client: Socket;
let answered = '';
let port = 0;

/** A server that answers every message with the same in capitals. */
beforeEach(async () => {
  heard = '';
  answered = '';
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString();
      socket.write(bytes.toString().toUpperCase());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  link = new FaultyLink({
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
  });
  port = await link.start();
  client = connect(port, '127.0.0.1');
  client.on('error', () => undefined);
  client.on('data', (bytes) => {
    answered += bytes.toString();
  });
  await once(client, 'connect');
});
afterEach(async () => {
  client.destroy();
  await link.stop();
  server.close();
});

describe('FaultyLink', () => {
  test('open: carries both ways', async () => {
    client.write('a');
    await expect.poll(() => answered).toBe('A');
  });

  test('deaf: the far side hears, the answer comes only once the link is open again', async () => {
    client.write('a');
    await expect.poll(() => answered).toBe('A');
    link.set('deaf');
    client.write('b');
    await expect.poll(() => heard).toBe('ab');
    expect(answered).toBe('A');
    link.set('open');
    await expect.poll(() => answered).toBe('AB');
  });

  test('stalled: nothing arrives, nothing is lost', async () => {
    client.write('a');
    await expect.poll(() => answered).toBe('A');
    link.set('stalled');
    client.write('b');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).toBe('a');
    link.set('open');
    await expect.poll(() => answered).toBe('AB');
  });

  test('cut: the connection ends and a new one is refused', async () => {
    client.write('a');
    await expect.poll(() => answered).toBe('A');
    link.set('cut');
    await expect.poll(() => client.closed).toBe(true);
    const again = connect(port, '127.0.0.1');
    again.on('error', () => undefined);
    await expect.poll(() => again.closed).toBe(true);
    expect(link.connections).toBe(1);
  });
});
