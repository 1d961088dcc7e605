import type { Duplex } from 'node:stream';
import { ErrorWithReasonCode, MqttClient } from 'mqtt';
import type { LinkOptions, LinkState, MqttLink } from '#platform/mqtt/mqtt-link';
import { isTrustFailure, openStream } from '#platform/mqtt/open-stream';
import { limitPackets } from '#platform/mqtt/packet-limit';

const RETRY_FIRST_MS = 500;
const RETRY_LONGEST_MS = 30_000; // a door is back within half a minute of its hub
const KEEPALIVE_SECONDS = 30; // a dead link is noticed within 45 s
const CONNECT_TIMEOUT_MS = 10_000;
const ACK_TIMEOUT_MS = 15_000; // a broker that keeps the line open and never answers
const PACKET_BYTES_MAX = 1024 * 1024; // four times the largest batch either side may send
const REFUSED_CODES = [2, 4, 5]; // CONNACK: identifier rejected, bad user name or password, not authorised

export interface ConnectOptions extends LinkOptions {
  /** In place of a socket to `url`: the hub reaches its embedded broker without leaving the process. */
  readonly openStream?: () => Duplex;
}

/**
 * Keeps one connection to a broker alive: MQTT 3.1.1, clean session. Each attempt is a new client, so
 * that no library queue or store outlives a connection; what was not acknowledged was not sent.
 */
export function connectMqtt(options: ConnectOptions): MqttLink {
  const link = new ReconnectingLink(options);
  link.start();
  return link;
}

class ReconnectingLink implements MqttLink {
  readonly #options: ConnectOptions;
  readonly #filters = new Set<string>();
  readonly #messageListeners: ((topic: string, payload: Uint8Array) => void)[] = [];
  readonly #stateListeners: ((state: LinkState) => void)[] = [];
  #client: MqttClient | undefined;
  #connected = false;
  #closed = false;
  #attempts = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  /** Listeners registered in the same turn see the first state. */
  start(): void {
    this.#retry = setTimeout(() => this.#connect(), 0);
  }

  async publish(
    topic: string,
    payload: string,
    options: { readonly retain: boolean },
  ): Promise<void> {
    const client = this.#client;
    if (!this.#connected || client === undefined) throw new Error('not connected to the broker');
    await withinTime(client.publishAsync(topic, payload, { qos: 1, retain: options.retain }));
  }

  async subscribe(filter: string): Promise<void> {
    this.#filters.add(filter);
    if (this.#connected && this.#client !== undefined) await granted(this.#client, [filter]);
  }

  onMessage(listener: (topic: string, payload: Uint8Array) => void): void {
    this.#messageListeners.push(listener);
  }

  onState(listener: (state: LinkState) => void): void {
    this.#stateListeners.push(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    const wasConnected = this.#connected;
    this.#connected = false;
    // A clean goodbye keeps the last will from being sent; a dead line is simply dropped.
    if (client !== undefined)
      await withinTime(client.endAsync(!wasConnected)).catch(() => undefined);
    client?.stream.destroy();
    this.#tell({ connected: false, reason: 'closed' });
  }

  #connect(): void {
    const { clientId, username, password, will } = this.#options;
    let reason: 'unreachable' | 'refused' | 'untrusted' = 'unreachable';
    const client = new MqttClient(() => this.#openLimited(), {
      protocolVersion: 4,
      protocolId: 'MQTT',
      clean: true,
      queueQoSZero: false,
      resubscribe: false,
      reconnectPeriod: 0,
      keepalive: KEEPALIVE_SECONDS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      clientId,
      username,
      password,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
    });
    this.#client = client;
    client.on('error', (error) => {
      if (error instanceof ErrorWithReasonCode && REFUSED_CODES.includes(error.code))
        reason = 'refused';
      else if (isTrustFailure(error)) reason = 'untrusted';
    });
    client.on('message', (topic, payload) => {
      for (const listener of this.#messageListeners) listener(topic, payload);
    });
    client.once('connect', () => void this.#afterConnect(client));
    client.stream.once('close', () => this.#afterClose(client, reason));
  }

  #openLimited(): Duplex {
    const { openStream: open, url, ca } = this.#options;
    const stream = open === undefined ? openStream(url, ca) : open();
    // The listener must come after the library's own, which it adds within this turn.
    queueMicrotask(() =>
      limitPackets(stream, { bytesMax: () => PACKET_BYTES_MAX, onTooLarge: () => undefined }),
    );
    return stream;
  }

  /** Connected means that every subscription is in force: an answer cannot slip by. */
  async #afterConnect(client: MqttClient): Promise<void> {
    try {
      if (this.#filters.size > 0) await granted(client, [...this.#filters]);
    } catch {
      client.stream.destroy(); // closed meanwhile, or denied: tried again like any lost line
      return;
    }
    if (this.#client !== client || !client.connected) return;
    this.#connected = true;
    this.#attempts = 0;
    this.#tell({ connected: true });
  }

  #afterClose(client: MqttClient, reason: 'unreachable' | 'refused' | 'untrusted'): void {
    client.end(true); // answers every promise still waiting for an acknowledgement
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    this.#connected = false;
    this.#retry = setTimeout(() => this.#connect(), this.#nextDelayMs());
    this.#tell({ connected: false, reason });
  }

  /** Doubles up to the longest; the jitter keeps a fleet from coming back in one instant. */
  #nextDelayMs(): number {
    const longest = Math.min(RETRY_FIRST_MS * 2 ** this.#attempts, RETRY_LONGEST_MS);
    this.#attempts += 1;
    return longest / 2 + (Math.random() * longest) / 2;
  }

  #tell(state: LinkState): void {
    for (const listener of this.#stateListeners) listener(state);
  }
}

/** @throws Error when the broker denies one of the filters */
async function granted(client: MqttClient, filters: string[]): Promise<void> {
  await withinTime(client.subscribeAsync(filters, { qos: 1 }));
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the broker did not answer')), ACK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
