import type { z } from 'zod';
import type { HubLine } from '#contracts/ipc/kiosk-ipc';
import {
  ackBody,
  downBatchBody,
  headBody,
  hubState,
  type StateBody,
  timeAnswerBody,
} from '#contracts/wire/v1/messages';
import type { DownClass } from '#contracts/wire/v1/topics';
import {
  DOWN_CLASSES,
  downFilter,
  downTopic,
  HUB_STATE_TOPIC,
  upTopic,
} from '#contracts/wire/v1/topics';
import { failed, ok, type Result } from '#domain/result';
import { joinProof, proofClaim } from '#platform/crypto/join-code';
import { privateKeyOf } from '#platform/crypto/keys';
import { signBody } from '#platform/crypto/signed';
import type { Logger } from '#platform/log/logger';
import type { LinkOptions, MqttLink } from '#platform/mqtt/mqtt-link';
import type { UpLog } from '#terminal/log/up-log';
import type { DownLogRepository } from '#terminal/storage/down-log-repository';
import type { TerminalKeys } from '#terminal/storage/key-file';
import { ClockExchanger } from '#terminal/sync/clock-exchanger';
import type { BatchFault, DownReceiver } from '#terminal/sync/down-receiver';
import type { HubAcquaintance, WelcomeFault } from '#terminal/sync/hub-acquaintance';
import { type HubMessageFault, readHubMessage } from '#terminal/sync/hub-message';
import type { TerminalClock } from '#terminal/sync/terminal-clock';
import type { Uploader } from '#terminal/sync/uploader';

const DOWN_CREDIT = 100; // sealed templates: some 400 KB, well below a broker's packet limit
const CURSOR_EVERY_MS = 30_000; // a batch that got lost, or was refused, is asked for again
const ASK_AGAIN_MS = 3000;
const STATE_EVERY_MS = 60_000;
const STATE_PAUSE_MS = 1000; // many changes in a second are one state

/** What the engine knows of itself, for the state it publishes. */
export type SelfReport = Pick<
  StateBody,
  'app' | 'name' | 'queueDepth' | 'people' | 'camera' | 'disk'
>;

type SyncFault = HubMessageFault | WelcomeFault | BatchFault | 'no-hub-yet' | 'no-open-question';

export interface SyncParts {
  readonly keys: TerminalKeys;
  readonly hubUrl: string;
  readonly hubCa: string | undefined;
  readonly connect: (options: LinkOptions) => MqttLink;
  readonly clock: TerminalClock;
  readonly log: UpLog;
  readonly downLog: DownLogRepository;
  readonly acquaintance: HubAcquaintance;
  readonly receiver: DownReceiver;
  /** Built around the line, which is built here. */
  readonly uploader: (publish: (payload: string) => Promise<void>) => Uploader;
  readonly describe: () => SelfReport;
  /** Something a screen or a state may have to show has changed. */
  readonly onChange: () => void;
  readonly onStorageError: (error: unknown) => void;
  readonly logger: Logger;
}

/** The terminal's side of both logs: one line to the broker, and nothing believed that is not signed. */
export class TerminalSync {
  readonly #parts: SyncParts;
  readonly #signKey;
  readonly #exchanger: ClockExchanger;
  readonly uploader: Uploader;
  readonly #faults = new Map<SyncFault, number>();
  #link: MqttLink | undefined;
  #line: HubLine = 'no-code';
  #hubOnline = true;
  #headRev = 0;
  #cursorDueMs = 0;
  #stateDueMs = 0;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#signKey = privateKeyOf('ed25519', parts.keys.sign.privateKey);
    const { terminalId } = parts.keys;
    this.#exchanger = new ClockExchanger(parts.clock, terminalId, (body) =>
      this.#say(upTopic(terminalId, 'time'), body),
    );
    const logTopic = upTopic(terminalId, 'log');
    this.uploader = parts.uploader(async (payload) => {
      await this.#link?.publish(logTopic, payload, { retain: false });
    });
  }

  /** Does nothing without a join code: there is no hub to talk to yet, and punches are kept. */
  async start(): Promise<void> {
    const { keys, hubUrl, hubCa, connect, logger } = this.#parts;
    if (keys.joinCode === undefined) {
      logger.warn('no join code: this terminal keeps its punches until it is given one');
      return;
    }
    this.#line = 'opening';
    const link = connect({
      url: hubUrl,
      ca: hubCa,
      clientId: keys.terminalId,
      username: keys.terminalId,
      password: joinProof(keys.joinCode, proofClaim.broker(keys.terminalId)),
      will: {
        topic: upTopic(keys.terminalId, 'state'),
        payload: JSON.stringify(signBody(this.#state('lost'), this.#signKey)),
      },
    });
    this.#link = link;
    link.onMessage((topic, payload) => this.#onMessage(topic, payload));
    link.onState((state) => {
      if (state.connected) this.#onConnected();
      else if (state.reason !== 'closed') this.#onDisconnected(state.reason);
    });
    this.#parts.log.onAppended(() => {
      this.uploader.nudge();
      this.touch();
    });
    await link.subscribe(downFilter(keys.terminalId));
    await link.subscribe(HUB_STATE_TOPIC);
  }

  async stop(): Promise<void> {
    this.uploader.onDisconnected();
    const link = this.#link;
    if (link === undefined) return;
    if (this.#line === 'connected') {
      const topic = upTopic(this.#parts.keys.terminalId, 'state');
      const payload = JSON.stringify(signBody(this.#state('sleeping'), this.#signKey));
      await link.publish(topic, payload, { retain: true }).catch(() => undefined);
    }
    this.#line = 'opening';
    await link.close();
  }

  /** Whether there is a line to the broker, and if not, why. */
  get line(): HubLine {
    return this.#line;
  }

  get online(): boolean {
    return this.#line === 'connected' && this.#hubOnline;
  }

  /** What was refused so far, by reason; contents are never kept. */
  get faults(): ReadonlyMap<string, number> {
    return this.#faults;
  }

  /** The published state is out of date. */
  touch(): void {
    this.#stateDueMs = Math.min(this.#stateDueMs, this.#parts.clock.monotonicMs() + STATE_PAUSE_MS);
  }

  /** Called about once a second. */
  tick(): void {
    if (this.#line !== 'connected') return;
    const nowMs = this.#parts.clock.monotonicMs();
    this.uploader.tick();
    if (this.#parts.acquaintance.pinned !== undefined) this.#exchanger.tick();
    if (nowMs >= this.#stateDueMs) this.#publishState();
    if (nowMs >= this.#cursorDueMs && this.#headRev > this.#parts.downLog.cursor())
      this.#publishCursor();
  }

  #onConnected(): void {
    this.#line = 'connected';
    this.#publishState();
    if (this.#parts.acquaintance.pinned !== undefined) this.#greetHub();
    this.#parts.onChange();
  }

  #onDisconnected(reason: HubLine): void {
    // Once for each reason, not once for each of a night's attempts.
    if (this.#line !== reason) this.#parts.logger.warn({ reason }, 'no line to the hub');
    this.#line = reason;
    this.uploader.onDisconnected();
    this.#parts.onChange();
  }

  #greetHub(): void {
    this.#publishCursor();
    this.#exchanger.restart();
    this.uploader.onConnected();
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    if (topic === HUB_STATE_TOPIC) {
      this.#onHubState(payload);
      return;
    }
    const { terminalId } = this.#parts.keys;
    const of = DOWN_CLASSES.find((each) => downTopic(terminalId, each) === topic);
    if (of === undefined) return; // nothing we asked for
    try {
      const handled = this.#handle(of, payload);
      if (!handled.ok) this.#count(of, handled.failure);
    } catch (error) {
      this.#parts.onStorageError(error); // nothing was taken; the cursor will ask again
    }
  }

  #handle(of: DownClass, payload: Uint8Array): Result<unknown, SyncFault> {
    switch (of) {
      case 'welcome':
        return this.#onWelcome(payload);
      case 'ack':
        return this.#withBody(payload, ackBody, (ack) => {
          this.uploader.acknowledge(ack);
          this.touch();
          this.#parts.onChange();
          return ok(undefined);
        });
      case 'log':
        return this.#withBody(payload, downBatchBody, (batch) => {
          this.#headRev = Math.max(this.#headRev, batch.head);
          // Held already: two of our cursors crossed with one batch on the way.
          if (batch.upto <= this.#parts.downLog.cursor()) return ok(undefined);
          const received = this.#parts.receiver.receive(batch);
          if (received.ok) this.#afterBatch();
          else this.#askSoon();
          return received;
        });
      case 'head':
        return this.#withBody(payload, headBody, (head) => {
          this.#headRev = head.rev;
          if (head.rev > this.#parts.downLog.cursor()) this.#publishCursor();
          return ok(undefined);
        });
      case 'time':
        return this.#withBody(payload, timeAnswerBody, (answer) => {
          const open = this.#exchanger.answer(answer);
          if (open) this.#exchanger.tick();
          this.#parts.onChange();
          return open ? ok(undefined) : failed('no-open-question');
        });
    }
  }

  #onWelcome(payload: Uint8Array): Result<unknown, SyncFault> {
    const met = this.#parts.acquaintance.meet(payload);
    if (met.ok && met.value === 'pinned') {
      this.#parts.logger.info({ hub: this.#parts.acquaintance.pinned?.hubId }, 'joined the hub');
      this.#greetHub();
      this.#parts.onChange();
    }
    return met;
  }

  #withBody<S extends z.ZodType<{ readonly terminalId: string }>>(
    payload: Uint8Array,
    schema: S,
    act: (body: z.output<S>) => Result<unknown, SyncFault>,
  ): Result<unknown, SyncFault> {
    const { acquaintance, keys } = this.#parts;
    const { signKey } = acquaintance;
    if (signKey === undefined) return failed('no-hub-yet');
    const read = readHubMessage(payload, schema, keys.terminalId, () => signKey);
    return read.ok ? act(read.value) : read;
  }

  #afterBatch(): void {
    this.#publishCursor();
    this.touch();
    this.#parts.onChange();
  }

  /** The hub and we disagree about where we stand; saying it at once could become a quarrel. */
  #askSoon(): void {
    const soonMs = this.#parts.clock.monotonicMs() + ASK_AGAIN_MS;
    this.#cursorDueMs = Math.min(this.#cursorDueMs, soonMs);
  }

  #onHubState(payload: Uint8Array): void {
    const read = hubState.safeParse(parseJson(payload));
    if (!read.success) return; // unsigned and for show only
    this.#hubOnline = read.data.state === 'online';
    this.#parts.onChange();
  }

  /** Counted and named, never quoted: what was refused may be anything. */
  #count(of: DownClass, fault: SyncFault): void {
    const count = (this.#faults.get(fault) ?? 0) + 1;
    this.#faults.set(fault, count);
    // The first, then every power of two: a flood must not fill the disk through the log.
    if ((count & (count - 1)) === 0)
      this.#parts.logger.warn({ of, fault, count }, 'a message of the hub’s was not taken');
  }

  #publishCursor(): void {
    const { clock, downLog, keys } = this.#parts;
    this.#cursorDueMs = clock.monotonicMs() + CURSOR_EVERY_MS;
    this.#say(upTopic(keys.terminalId, 'cursor'), {
      kind: 'cursor',
      terminalId: keys.terminalId,
      rev: downLog.cursor(),
      credit: DOWN_CREDIT,
      atMs: clock.wallMs(),
    });
  }

  #publishState(): void {
    const { clock, keys } = this.#parts;
    this.#stateDueMs = clock.monotonicMs() + STATE_EVERY_MS;
    this.#say(upTopic(keys.terminalId, 'state'), this.#state('ready'));
  }

  #state(state: StateBody['state']): StateBody {
    const { clock, keys, log, downLog, describe } = this.#parts;
    const { offsetMs, errorMs, trust, wallMs, bootId } = clock.stamp();
    const claim = proofClaim.terminal(keys.terminalId, keys.sign.publicKey, keys.seal.publicKey);
    return {
      kind: 'state',
      terminalId: keys.terminalId,
      state,
      atMs: wallMs,
      bootId,
      signKey: keys.sign.publicKey,
      sealKey: keys.seal.publicKey,
      proof: joinProof(keys.joinCode ?? '', claim),
      logId: log.logId,
      headSeq: log.head().seq,
      galleryRev: downLog.cursor(),
      clock: { trust, offsetMs, errorMs },
      ...describe(),
    };
  }

  /** Lost with the line: everything said here is said again after the next connection. */
  #say(topic: string, body: object): void {
    if (this.#line !== 'connected') return;
    const retain = topic === upTopic(this.#parts.keys.terminalId, 'state');
    const payload = JSON.stringify(signBody(body, this.#signKey));
    this.#link?.publish(topic, payload, { retain }).catch(() => undefined);
  }
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
