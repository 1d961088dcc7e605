import type { AckBody } from '#contracts/wire/v1/messages';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { failed, type Result } from '#domain/result';
import type { EntryActions, EntryEffect } from '#hub/ingest/entry-actions';
import { type BatchFault, judgeBatch, readBatch, type Verdict } from '#hub/ingest/judge-batch';
import type { JoinedTerminal } from '#hub/storage/terminal-repository';
import type { UpLogRepository } from '#hub/storage/up-log-repository';
import type { Clock } from '#platform/clock/clock';
import { publicKeyOf } from '#platform/crypto/keys';
import type { SqliteDatabase } from '#platform/sqlite/database';

const CREDIT_ENTRIES = 400; // two full batches under way: the line is never idle, the hub never flooded

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
    const verdict = await this.#judge(terminal, logId, entries.value);
    if (!verdict.ok) return this.#refused(terminalId, logId, verdict.failure);
    const effects = this.#store(terminal, logId, verdict.value.fresh);
    return { ack: this.#ack(terminalId, logId, verdict.value.head), effects };
  }

  async #judge(
    terminal: JoinedTerminal,
    logId: string,
    entries: readonly UpEntry[],
  ): Promise<Result<Verdict, BatchFault>> {
    const { log } = this.#deps;
    const owner = log.ownerOf(logId);
    if (owner !== undefined && owner !== terminal.terminalId) {
      return failed({ reason: 'foreign-log' });
    }
    const known = { last: log.last(logId), hashAt: (seq: number) => log.hashAt(logId, seq) };
    const { terminalId, signKey } = terminal;
    return await judgeBatch(entries, known, {
      terminalId,
      signKey,
      key: publicKeyOf('ed25519', signKey),
    });
  }

  #store(terminal: JoinedTerminal, logId: string, fresh: readonly UpEntry[]): EntryEffect[] {
    if (fresh.length === 0) return [];
    const { db, log, actions, clock } = this.#deps;
    const receivedAtMs = clock.now().epochMilliseconds;
    const source = { terminalId: terminal.terminalId, siteId: terminal.siteId, receivedAtMs };
    const commit = db.transaction(() => {
      log.begin(logId, terminal.terminalId);
      return fresh.flatMap((entry) => {
        log.append(entry, receivedAtMs);
        return actions.actOn(entry, source) ?? [];
      });
    });
    return commit.immediate();
  }

  /** Read back from the disk: a re-sent batch is answered exactly as it was the first time. */
  #ack(terminalId: string, logId: string, seen: number): AckBody {
    const upto = this.#deps.log.last(logId).seq;
    const head = Math.max(upto, seen);
    return {
      ...(head > upto ? { want: [{ from: upto + 1, upto: head }] } : {}),
      ...place(terminalId),
      logId,
      upto,
      head,
    };
  }

  #refused(terminalId: string, logId: string | undefined, fault: BatchFault): Ingested {
    if (logId === undefined) return { ack: undefined, effects: [], fault };
    const isForeign = fault.reason === 'foreign-log' || fault.reason === 'not-joined';
    const upto = isForeign ? 0 : this.#deps.log.last(logId).seq; // nobody learns about another's log
    const ack = { ...place(terminalId), logId, upto, head: upto, refused: fault };
    return { ack, effects: [], fault };
  }
}

function place(terminalId: string): AckWithoutPlace {
  return { kind: 'ack', terminalId, credit: CREDIT_ENTRIES };
}
