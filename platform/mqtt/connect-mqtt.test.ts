import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { connectMqtt } from '#platform/mqtt/connect-mqtt';
import {
  type BrokerRefusal,
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startEmbeddedBroker,
} from '#platform/mqtt/embedded-broker';
import type { LinkState, MqttLink } from '#platform/mqtt/mqtt-link';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** A broker where everyone whose password is "right" may use topics under his own name. */
async function startBroker(
  change: Partial<EmbeddedBrokerOptions> = {},
): Promise<{ broker: EmbeddedBroker; refusals: BrokerRefusal[] }> {
  const refusals: BrokerRefusal[] = [];
  const started = await startEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    authenticate: ({ password }) => password === 'right',
    authorizePublish: ({ username }, topic) => topic.startsWith(`${username}/`),
    authorizeSubscribe: async ({ username }, filter) => filter.startsWith(`${username}/`),
    onRefused: (refusal) => refusals.push(refusal),
    ...change,
  });
  if (!started.ok) throw new Error(started.failure.reason);
  undo.push(() => started.value.close());
  return { broker: started.value, refusals };
}

function link(url: string, change: { username?: string; password?: string; ca?: string } = {}) {
  const username = change.username ?? 'ann';
  const made = connectMqtt({
    url,
    clientId: username,
    username,
    password: change.password ?? 'right',
    ca: change.ca,
    will: { topic: `${username}/will`, payload: 'lost' },
  });
  undo.push(() => made.close());
  const states: LinkState[] = [];
  made.onState((state) => states.push(state));
  return { made, states };
}

function nextState(made: MqttLink, wanted: (state: LinkState) => boolean): Promise<LinkState> {
  return new Promise((resolve) => made.onState((state) => wanted(state) && resolve(state)));
}

function nextMessage(made: MqttLink): Promise<string> {
  return new Promise((resolve) =>
    made.onMessage((_topic, payload) => resolve(Buffer.from(payload).toString())),
  );
}

const isConnected = (state: LinkState) => state.connected;

describe('connectMqtt', () => {
  test('a message arrives at a filter subscribed before the connection stood', async () => {
    const { broker } = await startBroker();
    const { made } = link(broker.url);
    await made.subscribe('ann/#');
    const arrived = nextMessage(made);
    await nextState(made, isConnected);
    await made.publish('ann/x', 'hello', { retain: false });
    expect(await arrived).toBe('hello');
  });

  test('publishing without a connection is refused, not queued', async () => {
    const { made } = link('mqtt://127.0.0.1:1');
    await expect(made.publish('ann/x', 'hello', { retain: false })).rejects.toThrow(
      'not connected',
    );
  });

  test('wrong credentials are told from an absent broker', async () => {
    const { broker, refusals } = await startBroker();
    const wrong = link(broker.url, { password: 'wrong' });
    expect(await nextState(wrong.made, () => true)).toEqual({
      connected: false,
      reason: 'refused',
    });
    expect(refusals[0]?.reason).toBe('credentials');
    const absent = link('mqtt://127.0.0.1:1');
    expect(await nextState(absent.made, () => true)).toEqual({
      connected: false,
      reason: 'unreachable',
    });
  });

  test('after the broker was away, the link and its subscriptions come back', async () => {
    const first = await startBroker();
    const { made } = link(first.broker.url);
    await made.subscribe('ann/#');
    await nextState(made, isConnected);
    const lost = nextState(made, (state) => !state.connected);
    await first.broker.close();
    expect(await lost).toEqual({ connected: false, reason: 'unreachable' });
    const back = nextState(made, isConnected);
    await startBroker({ port: first.broker.port });
    await back;
    const arrived = nextMessage(made);
    await made.publish('ann/x', 'again', { retain: false });
    expect(await arrived).toBe('again');
  });

  test('a private authority is trusted when given, and untrusted otherwise', async () => {
    const tls = makeCertificate();
    const { broker } = await startBroker({ tls });
    expect(broker.url).toMatch(/^mqtts:/);
    const stranger = link(broker.url);
    expect(await nextState(stranger.made, () => true)).toEqual({
      connected: false,
      reason: 'untrusted',
    });
    const trusting = link(broker.url, { ca: readFileSync(tls.certFile, 'utf8') });
    expect(await nextState(trusting.made, () => true)).toEqual({ connected: true });
  });

  test('a broker that sends more than the packet limit is cut off', async () => {
    const { broker } = await startBroker();
    const { made } = link(broker.url);
    await made.subscribe('ann/#');
    await nextState(made, isConnected);
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.write(Buffer.from([0x20, 2, 0, 0])); // CONNACK
        socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])); // PUBLISH of 256 MB
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const flooded = link(`mqtt://127.0.0.1:${port}`);
    await nextState(flooded.made, (state) => !state.connected);
    expect(flooded.states.at(-1)).toEqual({ connected: false, reason: 'unreachable' });
  });
});

describe('startEmbeddedBroker', () => {
  test('a taken port is a failure that names the port', async () => {
    const { broker } = await startBroker();
    const second = await startEmbeddedBroker({
      host: '127.0.0.1',
      port: broker.port,
      authenticate: () => true,
      authorizePublish: () => true,
      authorizeSubscribe: async () => true,
    });
    expect(second).toEqual({ ok: false, failure: { reason: 'port-taken', port: broker.port } });
  });

  test('beyond this machine it wants TLS', async () => {
    const open = await startEmbeddedBroker({
      host: '0.0.0.0',
      port: 0,
      authenticate: () => true,
      authorizePublish: () => true,
      authorizeSubscribe: async () => true,
    });
    expect(open).toEqual({ ok: false, failure: { reason: 'needs-tls', host: '0.0.0.0' } });
  });

  test('a payload of 10 MB costs its sender the line, and nobody else anything', async () => {
    const { broker, refusals } = await startBroker();
    const bystander = link(broker.url, { username: 'bob' });
    await nextState(bystander.made, isConnected);
    const client = await connectAsync(broker.url, {
      clientId: 'ann',
      username: 'ann',
      password: 'right',
      reconnectPeriod: 0,
    });
    client.on('error', () => undefined);
    const cut = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish('ann/x', Buffer.alloc(10_000_000, 120), { qos: 0 });
    await cut;
    expect(refusals).toEqual([
      { client: { clientId: 'ann', username: 'ann' }, reason: 'too-large' },
    ]);
    await bystander.made.publish('bob/x', 'still here', { retain: false });
    expect(bystander.states.at(-1)).toEqual({ connected: true });
  });

  test('a topic of another is refused to publisher and subscriber', async () => {
    const { broker, refusals } = await startBroker();
    const { made } = link(broker.url);
    await nextState(made, isConnected);
    await expect(made.subscribe('bob/#')).rejects.toThrow(/./);
    const cut = nextState(made, (state) => !state.connected);
    await made.publish('bob/x', 'mine now', { retain: false }).catch(() => undefined);
    await cut;
    expect(refusals.map((refusal) => refusal.reason)).toContain('topic');
  });

  test('the line inside the process signs in like any other', async () => {
    const { broker } = await startBroker();
    const inside = connectMqtt({
      url: broker.url,
      openStream: broker.openStream,
      clientId: 'hub',
      username: 'hub',
      password: 'right',
      will: { topic: 'hub/state', payload: 'offline' },
    });
    undo.push(() => inside.close());
    await inside.subscribe('hub/#');
    const arrived = nextMessage(inside);
    await nextState(inside, isConnected);
    await inside.publish('hub/x', 'from within', { retain: false });
    expect(await arrived).toBe('from within');
  });
});

function makeCertificate(): { certFile: string; keyFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-tls-'));
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=hub';
  const files = ['-keyout', keyFile, '-out', certFile, '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...request.split(' '), ...files], { stdio: 'ignore' });
  return { certFile, keyFile };
}
