import { randomUUID } from 'node:crypto';
import {
  type DownEntry,
  type PersonBody,
  personSealContext,
  templateSealContext,
} from '#contracts/wire/v1/down-log';
import {
  type AckBody,
  type StateBody,
  signedMessage,
  stateBody,
} from '#contracts/wire/v1/messages';
import { ALL_UP_FILTER, type DownClass, downTopic, parseUpTopic } from '#contracts/wire/v1/topics';
import { type UpEntry, upBatch } from '#contracts/wire/v1/up-log';
import { type ChainLink, chainStart, checkEntry } from '#platform/crypto/entry-chain';
import { joinProof, mintJoinCode, proofClaim } from '#platform/crypto/join-code';
import { generateRawKeyPair, privateKeyOf, publicKeyOf } from '#platform/crypto/keys';
import { seal } from '#platform/crypto/sealed-box';
import { signBody } from '#platform/crypto/signed';
import { connectMqtt } from '#platform/mqtt/connect-mqtt';
import { type EmbeddedBroker, startEmbeddedBroker } from '#platform/mqtt/embedded-broker';
import type { MqttLink } from '#platform/mqtt/mqtt-link';
import { encodeVector } from '#terminal/storage/people-repository';

/** A hub's voice over a real broker: does the right thing by itself, and any wrong thing on request. */
export class ScriptedHub {
  readonly joinCode = mintJoinCode();
  readonly hubId = randomUUID();
  readonly sign = generateRawKeyPair('ed25519');
  readonly seal = generateRawKeyPair('x25519');
  readonly states: StateBody[] = [];
  readonly cursors: number[] = [];
  readonly batches: UpEntry[][] = [];
  /** Entries committed, by log, in order. */
  readonly held = new Map<string, UpEntry[]>();
  credit = 400;
  /** Set false to take entries and say nothing. */
  answers = true;
  /** Set false to turn every terminal away at the broker. */
  knowsJoinCode = true;
  wallMs: (() => number) | undefined;
  #rev = 0;
  #broker: EmbeddedBroker | undefined;
  #link: MqttLink | undefined;
  port: number;

  constructor(port = 0) {
    this.port = port;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const broker = await startEmbeddedBroker({
      host: '127.0.0.1',
      port: this.port,
      authenticate: ({ clientId }) => this.knowsJoinCode || clientId === 'hub',
      authorizePublish: () => true,
      authorizeSubscribe: async () => true,
    });
    if (!broker.ok) throw new Error(broker.failure.reason);
    this.#broker = broker.value;
    this.port = broker.value.port;
    await this.connect('hub');
  }

  /** To a broker that runs already. */
  async connect(clientId: string): Promise<void> {
    const link = connectMqtt({
      url: this.url,
      clientId,
      username: clientId,
      password: clientId,
      will: { topic: `lintel/1/${clientId}/state`, payload: '{"v":1,"state":"offline"}' },
    });
    this.#link = link;
    link.onMessage((topic, payload) => this.#onMessage(topic, payload));
    const up = new Promise<void>((resolve) => {
      link.onState((state) => state.connected && resolve());
    });
    await link.subscribe(ALL_UP_FILTER);
    await up;
  }

  async stop(): Promise<void> {
    await this.#link?.close();
    await this.#broker?.close();
  }

  get terminal(): StateBody {
    const state = this.states.at(-1);
    if (state === undefined) throw new Error('no terminal has spoken yet');
    return state;
  }

  entries(logId = this.terminal.logId): readonly UpEntry[] {
    return this.held.get(logId) ?? [];
  }

  /** Whatever, to the terminal, unsigned. */
  async raw(of: DownClass, payload: string): Promise<void> {
    const topic = downTopic(this.terminal.terminalId, of);
    await this.#link?.publish(topic, payload, { retain: false }).catch(() => undefined); // stopped
  }

  async say(of: DownClass, body: object, key = this.sign): Promise<void> {
    const signed = signBody(body, privateKeyOf('ed25519', key.privateKey));
    await this.raw(of, JSON.stringify(signed));
  }

  person(person: PersonBody): DownEntry {
    const { terminalId, sealKey } = this.terminal;
    const context = personSealContext(terminalId, person.personId);
    const sealed = seal(JSON.stringify(person), sealKey, context);
    return { rev: this.#next(), kind: 'person', personId: person.personId, sealed };
  }

  template(personId: string, vector: Float32Array): DownEntry {
    const { terminalId, sealKey } = this.terminal;
    const templateId = randomUUID();
    const body = { templateId, personId, modelId: 'scripted', vector: encodeVector(vector) };
    const context = templateSealContext(terminalId, personId, templateId);
    const sealed = seal(JSON.stringify(body), sealKey, context);
    return { rev: this.#next(), kind: 'template', personId, templateId, sealed };
  }

  site(zone = 'Asia/Shanghai'): DownEntry {
    const name = { 'zh-CN': '总部', en: 'Head office' };
    const siteId = '5e3f2c11-1111-4222-8333-444455556666';
    return { rev: this.#next(), kind: 'site', body: { siteId, name, zone, terminalName: name } };
  }

  erasure(personId: string, scope: 'templates' | 'person'): DownEntry {
    return { rev: this.#next(), kind: 'erasure', body: { personId, scope } };
  }

  batch(from: number, entries: readonly DownEntry[]): object {
    const upto = entries.at(-1)?.rev ?? from;
    const { terminalId } = this.terminal;
    return { kind: 'log', terminalId, from, upto, head: this.#rev, entries };
  }

  async send(from: number, entries: readonly DownEntry[]): Promise<void> {
    await this.say('log', this.batch(from, entries));
  }

  async ack(more: Partial<AckBody> = {}): Promise<void> {
    const { terminalId, logId } = this.terminal;
    const upto = this.entries().at(-1)?.seq ?? 0;
    const { credit } = this;
    await this.say('ack', { kind: 'ack', terminalId, logId, upto, head: upto, credit, ...more });
  }

  #next(): number {
    this.#rev += 1;
    return this.#rev;
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    const source = parseUpTopic(topic);
    if (source === undefined) return;
    const json: unknown = JSON.parse(Buffer.from(payload).toString());
    if (source.of === 'log') void this.#take(upBatch.parse(json).entries);
    else void this.#hear(source.of, signedMessage.parse(json).body);
  }

  async #hear(of: 'state' | 'cursor' | 'time', body: Record<string, unknown>): Promise<void> {
    if (of === 'cursor') this.cursors.push(Number(body['rev']));
    if (of === 'state') {
      const state = stateBody.parse(body);
      const isFirst = this.states.length === 0;
      this.states.push(state);
      if (isFirst || state.state === 'ready') await this.welcome();
    }
    if (of === 'time' && this.answers) {
      const hubWallMs = this.wallMs?.() ?? Number(body['askedWallMs']);
      await this.say('time', { ...body, kind: 'time-answer', hubWallMs });
    }
  }

  async welcome(joinCode = this.joinCode): Promise<void> {
    const { terminalId } = this.terminal;
    const { hubId } = this;
    const [signKey, sealKey] = [this.sign.publicKey, this.seal.publicKey];
    const proof = joinProof(joinCode, proofClaim.hub(terminalId, hubId, signKey, sealKey));
    await this.say('welcome', { kind: 'welcome', terminalId, hubId, signKey, sealKey, proof });
  }

  async #take(entries: readonly UpEntry[]): Promise<void> {
    this.batches.push([...entries]);
    if (!this.answers) return;
    const logId = entries[0]?.logId ?? '';
    const held = this.held.get(logId) ?? [];
    this.held.set(logId, held);
    const key = publicKeyOf('ed25519', this.terminal.signKey);
    let last: ChainLink = held.at(-1) ?? chainStart(logId);
    for (const entry of entries) {
      if (entry.seq !== last.seq + 1) continue;
      const checked = checkEntry(entry, last, key);
      if (!checked.ok) throw new Error(`entry ${entry.seq}: ${checked.failure}`);
      last = checked.value;
      held.push(entry);
    }
    const head = Math.max(last.seq, entries.at(-1)?.seq ?? 0);
    await this.ack({ logId, upto: last.seq, head });
  }
}
