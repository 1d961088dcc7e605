import type { AckBody } from '#contracts/wire/v1/messages';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { failed, type Result } from '#domain/result';
import type { EntryActions, EntryEffect } from '#hub/ingest/entry-actions';
import { type BatchFault, judgeBatch, readBatch } from '#hub/ingest/judge-batch';
import type { JoinedTerminal } from '#hub/storage/terminal-repository';
import type { UpLogRepository } from '#hub/storage/up-log-repository';
import type { Clock } from '#platform/clock/clock';
import { publicKeyOf } from '#platform/crypto/keys';
import type { SqliteDatabase } from '#platform/sqlite/database';

const CREDIT_ENTRIES = 400; // two full batches under way: the line is never idle, the hub never flooded

const EARLY_ENTRIES_MAX = 2000; // live entries of a busy day that may wait here for a backlog
const WANTED_RANGES_MAX = 20; // as many as an acknowledgement may carry

interface IngestDeps {
  readonly db: SqliteDatabase;
  readonly log: UpLogRepository;
  readonly actions: EntryActions;
  readonly clock: Clock;
}

export interface Ingested {
  /** Absent when it is not even known which log to speak of. */
  readonly ack: AckBody | undefined;
  readonly effects: readonly EntryEffect[];
  readonly fault?: BatchFault;
}

type AckWithoutPlace = Pick<AckBody, 'kind' | 'terminalId' | 'credit'>;

/**
 * Schema, key, signature, chain, one transaction, and only then an acknowledgement. Batches of one
 * terminal must come one after the other.
 */
export class Ingest {
  readonly #deps: IngestDeps;

  constructor(deps: IngestDeps) {
    this.#deps = deps;
  }

  /** @throws SqliteError when the disk is full: nothing was stored, nothing may be acknowledged */
  async receive(
    terminalId: string,
    terminal: JoinedTerminal | undefined,
    payload: Uint8Array,
  ): Promise<Ingested> {
    const entries = readBatch(payload);
    if (!entries.ok) return this.#refused(terminalId, terminal?.logId, entries.failure);
    const logId = entries.value[0]?.logId;
    if (logId === undefined)
      return this.#refused(terminalId, terminal?.logId, { reason: 'schema' });
    if (terminal === undefined) return this.#refused(terminalId, logId, { reason: 'not-joined' });
    const fresh = await this.#judge(terminal, logId, entries.value);
    if (!fresh.ok) return this.#refused(terminalId, logId, fresh.failure);
    const effects = this.#store(terminal, logId, fresh.value);
    return { ack: this.#ack(terminalId, logId), effects };
  }

  async #judge(
    terminal: JoinedTerminal,
    logId: string,
    entries: readonly UpEntry[],
  ): Promise<Result<UpEntry[], BatchFault>> {
    const { log } = this.#deps;
    const { terminalId, signKey } = terminal;
    const owner = log.ownerOf(logId);
    if (owner !== undefined && owner !== terminalId) return failed({ reason: 'foreign-log' });
    const key = publicKeyOf('ed25519', signKey);
    const writer = { terminalId, signKey, key };
    return await judgeBatch(entries, (seq) => log.linkAt(logId, seq), writer);
  }

  #store(terminal: JoinedTerminal, logId: string, fresh: readonly UpEntry[]): EntryEffect[] {
    if (fresh.length === 0) return [];
    const { db, log, actions, clock } = this.#deps;
    const receivedAtMs = clock.now().epochMilliseconds;
    const source = { terminalId: terminal.terminalId, siteId: terminal.siteId, receivedAtMs };
    const commit = db.transaction(() => {
      log.begin(logId, terminal.terminalId);
      const { upto } = log.extent(logId);
      const room = EARLY_ENTRIES_MAX - log.countEarly(logId);
      const isNext = fresh[0]?.seq === upto + 1;
      if (!isNext && fresh.length > room) return []; // asked for again, in order
      for (const entry of fresh) log.append(entry, receivedAtMs);
      const inOrder = log.closeGaps(logId);
      const early = fresh.filter((entry) => entry.seq > upto + inOrder.length);
      return [
        ...early.flatMap((entry) => actions.actOnEarly(entry, source) ?? []),
        ...inOrder.flatMap((entry) => actions.actOn(entry, source) ?? []),
      ];
    });
    return commit.immediate();
  }

  /** Read back from the disk: a re-sent batch is answered exactly as it was the first time. */
  #ack(terminalId: string, logId: string): AckBody {
    const { upto, head, missing } = this.#deps.log.extent(logId);
    const want = missing.slice(0, WANTED_RANGES_MAX);
    return { ...place(terminalId), logId, upto, head, ...(want.length > 0 ? { want } : {}) };
  }

  #refused(terminalId: string, logId: string | undefined, fault: BatchFault): Ingested {
    if (logId === undefined) return { ack: undefined, effects: [], fault };
    const isForeign = fault.reason === 'foreign-log' || fault.reason === 'not-joined';
    const nothing = { upto: 0, head: 0 }; // nobody learns about another's log
    const { upto, head } = isForeign ? nothing : this.#deps.log.extent(logId);
    const ack = { ...place(terminalId), logId, upto, head, refused: fault };
    return { ack, effects: [], fault };
  }
}

function place(terminalId: string): AckWithoutPlace {
  return { kind: 'ack', terminalId, credit: CREDIT_ENTRIES };
}
