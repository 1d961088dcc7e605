import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type AckBody, ackBody, signedMessage } from '#contracts/wire/v1/messages';
import {
  type DownClass,
  downFilter,
  downTopic,
  type UpClass,
  upTopic,
} from '#contracts/wire/v1/topics';
import { GENESIS_PREV, type UpEntry } from '#contracts/wire/v1/up-log';
import { signEntry } from '#platform/crypto/entry-chain';
import { joinProof, mintTerminalId, proofClaim } from '#platform/crypto/join-code';
import { generateRawKeyPair, privateKeyOf, publicKeyOf } from '#platform/crypto/keys';
import { isSignedBy, signBody } from '#platform/crypto/signed';
import { connectMqtt } from '#platform/mqtt/connect-mqtt';
import type { MqttLink } from '#platform/mqtt/mqtt-link';

const ANSWER_MS = 20_000; // a busy machine; a hub that answers at all answers in milliseconds

export interface HubAddress {
  readonly brokerUrl: string;
  readonly joinCode: string;
}

/** What a terminal says on the wire and nothing more: each message built by hand, good or bad. */
export class RawTerminal {
  readonly id: string;
  readonly sign = generateRawKeyPair('ed25519');
  readonly seal = generateRawKeyPair('x25519');
  readonly signKey = privateKeyOf('ed25519', this.sign.privateKey);
  readonly link: MqttLink;
  readonly #hub: HubAddress;
  readonly #received: { of: string; body: object; topic: string; sig: string }[] = [];
  logId: string = randomUUID();
  #seq = 0;
  #prev = GENESIS_PREV;

  constructor(hub: HubAddress, id = mintTerminalId()) {
    this.#hub = hub;
    this.id = id;
    this.link = connectMqtt({
      url: hub.brokerUrl,
      clientId: id,
      username: id,
      password: joinProof(hub.joinCode, proofClaim.broker(id)),
      will: { topic: upTopic(id, 'state'), payload: this.state({ state: 'lost' }) },
    });
    this.link.onMessage((topic, payload) => {
      const { body, sig } = signedMessage.parse(JSON.parse(Buffer.from(payload).toString()));
      this.#received.push({ of: topic.split('/').at(-1) ?? '', body, topic, sig });
    });
  }

  async connect(): Promise<this> {
    const connected = new Promise<void>((resolve) =>
      this.link.onState((state) => state.connected && resolve()),
    );
    await this.link.subscribe(downFilter(this.id));
    await connected;
    return this;
  }

  async join(): Promise<this> {
    await this.connect();
    await this.send('state', this.state());
    await this.answer('welcome');
    return this;
  }

  state(change: Record<string, unknown> = {}): string {
    const claim = proofClaim.terminal(this.id, this.sign.publicKey, this.seal.publicKey);
    const body = {
      kind: 'state',
      terminalId: this.id,
      state: 'ready',
      atMs: 1_790_000_000_000,
      bootId: randomUUID(),
      app: '0.1.0',
      name: 'Front door',
      signKey: this.sign.publicKey,
      sealKey: this.seal.publicKey,
      proof: joinProof(this.#hub.joinCode, claim),
      logId: this.logId,
      headSeq: this.#seq,
      queueDepth: 0,
      galleryRev: 0,
      people: 0,
      camera: 'live',
      disk: 'ok',
      clock: { trust: 'synced', offsetMs: 0, errorMs: 5 },
      ...change,
    };
    return this.signed(body);
  }

  signed(body: object): string {
    return JSON.stringify(signBody(body, this.signKey));
  }

  /** The next entry of this terminal's log; the first is its genesis. */
  entry(
    kind: string,
    body: UpEntry['body'],
    wallMs = 1_790_000_000_000,
    change: Partial<UpEntry['at']> = {},
  ): UpEntry {
    this.#seq += 1;
    const made = signEntry(
      {
        logId: this.logId,
        seq: this.#seq,
        kind,
        at: {
          wallMs,
          monoMs: 1000,
          bootId: randomUUID(),
          offsetMs: 0,
          errorMs: 5,
          trust: 'synced' as const,
          ...change,
        },
        body,
        prev: this.#prev,
      },
      this.signKey,
    );
    this.#prev = made.hash;
    return made;
  }

  genesis(): UpEntry {
    return this.entry('genesis', {
      terminalId: this.id,
      signKey: this.sign.publicKey,
      reason: 'created',
    });
  }

  punch(personId: string, siteId: string, wallMs?: number): UpEntry {
    return this.entry('punch', { personId, method: 'face', siteId, galleryRev: 0 }, wallMs);
  }

  async sendBatch(entries: readonly UpEntry[]): Promise<AckBody> {
    return await this.sendLog(JSON.stringify({ v: 1, entries }));
  }

  async sendLog(payload: string): Promise<AckBody> {
    const seen = this.#count('ack');
    await this.send('log', payload);
    return ackBody.parse(await this.#nth('ack', seen));
  }

  async send(of: UpClass, payload: string): Promise<void> {
    await this.link.publish(upTopic(this.id, of), payload, { retain: of === 'state' });
  }

  /** Sends, and gives the first answer of that class to arrive afterwards. */
  async ask<S extends z.ZodType>(
    question: { of: UpClass; payload: string },
    answer: { of: DownClass; as: S },
  ): Promise<z.output<S>> {
    const seen = this.#count(answer.of);
    await this.send(question.of, question.payload);
    return answer.as.parse(await this.#nth(answer.of, seen));
  }

  /** The newest of that class, waiting for the first. */
  async answer(of: DownClass): Promise<unknown> {
    await this.#nth(of, 0);
    return this.all(of).at(-1);
  }

  all(of: DownClass): unknown[] {
    return this.#received
      .filter((each) => each.topic === downTopic(this.id, of))
      .map((each) => each.body);
  }

  isSignedByHub(of: DownClass, hubSignKey: string): boolean {
    const key = publicKeyOf('ed25519', hubSignKey);
    return this.#received
      .filter((each) => each.of === of)
      .every((each) => isSignedBy({ body: each.body, sig: each.sig }, key));
  }

  async close(): Promise<void> {
    await this.link.close();
  }

  #count(of: DownClass): number {
    return this.all(of).length;
  }

  async #nth(of: DownClass, index: number): Promise<unknown> {
    const deadline = performance.now() + ANSWER_MS;
    while (performance.now() < deadline) {
      const all = this.all(of);
      if (all.length > index) return all[index];
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no ${of} came from the hub`);
  }
}
