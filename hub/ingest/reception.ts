import { cursorBody, type Refusal, stateBody, timeRequestBody } from '#contracts/wire/v1/messages';
import { parseUpTopic, type UpClass } from '#contracts/wire/v1/topics';
import type { Contact } from '#hub/attendance/punch-times';
import type { HubPost } from '#hub/broker/hub-post';
import type { EntryEffect } from '#hub/ingest/entry-actions';
import type { Ingest } from '#hub/ingest/ingest';
import type { Joining } from '#hub/ingest/joining';
import { MessageBudget } from '#hub/ingest/message-budget';
import type { RefusalBook } from '#hub/ingest/refusal-book';
import { isFrom, readMessage } from '#hub/ingest/signed-message';
import { TerminalQueue } from '#hub/ingest/terminal-queue';
import type { JoinedTerminal, TerminalRepository } from '#hub/storage/terminal-repository';
import type { DownSync } from '#hub/sync/down-sync';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

interface ReceptionDeps {
  readonly terminals: TerminalRepository;
  readonly ingest: Ingest;
  readonly joining: Joining;
  readonly sync: DownSync;
  readonly post: HubPost;
  readonly refusals: RefusalBook;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onEffects: (effects: readonly EntryEffect[]) => Promise<void>;
  readonly onTerminal: (terminalId: string) => Promise<void>;
  readonly onContact: (contact: Contact) => Promise<void>;
}

/** Everything terminals send comes in here. Whatever it is, the hub stays up. */
export class Reception {
  readonly #deps: ReceptionDeps;
  readonly #queue = new TerminalQueue();
  readonly #budget: MessageBudget;
  #isOpen = true;

  constructor(deps: ReceptionDeps) {
    this.#deps = deps;
    this.#budget = new MessageBudget(() => deps.clock.monotonicMs());
  }

  receive(topic: string, payload: Uint8Array): void {
    const source = parseUpTopic(topic);
    if (source === undefined || !this.#isOpen) return; // no topic of ours: an open broker, or a newer version
    const { terminal, of } = source;
    if (!this.#budget.take(terminal)) {
      this.refuse(terminal, 'too-large', payload);
      return;
    }
    const isTaken = this.#queue.push(terminal, () => this.#handle(terminal, of, payload));
    if (!isTaken) this.refuse(terminal, 'too-large', payload);
  }

  refuse(terminalId: string, reason: Refusal, payload: Uint8Array): void {
    this.#deps.refusals.count(terminalId, reason, payload);
    const isAlarm = reason === 'fork' || reason === 'wrong-key' || reason === 'foreign-log';
    const level = isAlarm ? 'error' : 'warn';
    this.#deps.logger[level]({ terminalId, reason, bytes: payload.byteLength }, 'refused');
  }

  /** Takes nothing more, and waits for what was taken. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    await this.#queue.settled();
  }

  async #handle(terminalId: string, of: UpClass, payload: Uint8Array): Promise<void> {
    try {
      const terminal = await this.#deps.terminals.joined(terminalId);
      if (of === 'log') await this.#log(terminalId, terminal, payload);
      else if (of === 'state') await this.#state(terminalId, payload);
      else if (terminal === undefined) this.refuse(terminalId, 'not-joined', payload);
      else if (of === 'cursor') await this.#cursor(terminal, payload);
      else await this.#time(terminal, payload);
    } catch (error) {
      // Disk full, database busy: nothing was acknowledged, so the terminal sends it again.
      this.#deps.logger.error({ err: error, terminalId, of }, 'a message could not be handled');
    }
  }

  async #log(
    terminalId: string,
    terminal: JoinedTerminal | undefined,
    payload: Uint8Array,
  ): Promise<void> {
    const { ingest, post, onEffects, terminals, clock } = this.#deps;
    const outcome = await ingest.receive(terminalId, terminal, payload);
    if (outcome.ack !== undefined) await post.send(terminalId, 'ack', outcome.ack);
    if (outcome.fault !== undefined) this.refuse(terminalId, outcome.fault.reason, payload);
    else await terminals.touch(terminalId, clock.now().epochMilliseconds);
    if (outcome.effects.length > 0) await onEffects(outcome.effects);
  }

  async #state(terminalId: string, payload: Uint8Array): Promise<void> {
    const read = readMessage(payload, stateBody);
    const settled = read.ok ? await this.#deps.joining.onState(terminalId, read.value) : read;
    if (!settled.ok) {
      this.refuse(terminalId, settled.failure, payload);
      return;
    }
    await this.#deps.joining.greet(settled.value);
    await this.#deps.onTerminal(terminalId);
  }

  async #cursor(terminal: JoinedTerminal, payload: Uint8Array): Promise<void> {
    const { terminalId } = terminal;
    const read = readMessage(payload, cursorBody);
    if (!read.ok) this.refuse(terminalId, read.failure, payload);
    else if (read.value.body.terminalId !== terminalId)
      this.refuse(terminalId, 'foreign-log', payload);
    else if (!isFrom(read.value.message, terminal.signKey))
      this.refuse(terminalId, 'signature', payload);
    else if (!(await this.#deps.sync.onCursor(terminal, read.value.body)))
      this.refuse(terminalId, 'schema', payload);
    else await this.#deps.onTerminal(terminalId);
  }

  async #time(terminal: JoinedTerminal, payload: Uint8Array): Promise<void> {
    const { terminalId } = terminal;
    const read = readMessage(payload, timeRequestBody);
    if (!read.ok) {
      this.refuse(terminalId, read.failure, payload);
      return;
    }
    const { body, message } = read.value;
    if (body.terminalId !== terminalId) this.refuse(terminalId, 'foreign-log', payload);
    else if (!isFrom(message, terminal.signKey)) this.refuse(terminalId, 'signature', payload);
    else {
      const hubWallMs = this.#deps.clock.now().epochMilliseconds;
      await this.#deps.post.send(terminalId, 'time', { ...body, kind: 'time-answer', hubWallMs });
      const { bootId, askedMonoMs: monoMs, askedWallMs: wallMs } = body;
      await this.#deps.onContact({ terminalId, bootId, monoMs, wallMs, hubMs: hubWallMs });
    }
  }
}
