import { randomUUID } from 'node:crypto';
import {
  type EntryTime,
  punchBody,
  type UpBody,
  type UpEntry,
  type UpKind,
  upBody,
  upEntry,
} from '#contracts/wire/v1/up-log';
import { assert } from '#domain/assert';
import { canonicalJson } from '#platform/crypto/canonical';
import { type ChainLink, chainStart, signEntry } from '#platform/crypto/entry-chain';
import { privateKeyOf } from '#platform/crypto/keys';
import type { LogRepository } from '#terminal/log/log-repository';
import type { LogWitness } from '#terminal/log/log-witness';
import type { TerminalKeys } from '#terminal/storage/key-file';

export type LogBeginning = UpBody<'genesis'>['reason'];

interface UpLogParts {
  readonly repository: LogRepository;
  readonly witness: LogWitness;
  readonly keys: TerminalKeys;
  readonly stamp: () => EntryTime;
}

/**
 * Everything this terminal ever says, in order, signed and chained. An entry that `append` returned is
 * on the disk; nothing is changed or taken out afterwards, not even by us.
 */
export class UpLog {
  readonly #repository: LogRepository;
  readonly #witness: LogWitness;
  readonly #keys: TerminalKeys;
  readonly #signKey;
  readonly #stamp: () => EntryTime;
  readonly #listeners = new Set<() => void>();
  #logId = '';
  #stopped = false;

  constructor({ repository, witness, keys, stamp }: UpLogParts) {
    this.#repository = repository;
    this.#witness = witness;
    this.#keys = keys;
    this.#signKey = privateKeyOf('ed25519', keys.sign.privateKey);
    this.#stamp = stamp;
  }

  /**
   * Takes up the log, or begins a new one where the database is new, restored or a copy: two
   * databases must never continue the same chain.
   *
   * @returns why a log was begun, or undefined where the old one goes on
   */
  start(machine: { readonly changed: boolean }): LogBeginning | undefined {
    const current = this.#repository.currentLogId();
    const reason = machine.changed && current !== undefined ? 'cloned' : this.#doubt(current);
    if (reason !== undefined) this.begin(reason);
    else if (current !== undefined) this.#logId = current;
    return reason;
  }

  stop(): void {
    this.#stopped = true;
    this.#witness.note(this.head());
    this.#witness.flush();
    this.#listeners.clear();
  }

  /** Mints a log; its first entry binds it to this terminal and its key. */
  begin(reason: LogBeginning): void {
    const logId = randomUUID();
    const { terminalId, sign } = this.#keys;
    const before = this.#logId;
    this.#logId = logId;
    try {
      this.#repository.atomically(() => {
        this.#repository.openLog(logId);
        this.append('genesis', { terminalId, signKey: sign.publicKey, reason });
      });
    } catch (error) {
      this.#logId = before;
      throw error;
    }
    this.#witness.note(this.head());
    this.#witness.flush();
  }

  /**
   * The hub holds another continuation of one of our logs: the database was put back to an earlier
   * state unnoticed. That log is sent no further, the current one never continued, and the punches the
   * hub lacks are said again, at their time.
   */
  leaveForked(forked: string): void {
    const current = this.#logId;
    try {
      this.#repository.atomically(() => {
        const unheard = this.#repository.unacknowledgedPunches(forked);
        this.#repository.dispute(forked);
        if (forked === current) this.begin('restored');
        for (const { at, body } of unheard) this.append('punch', punchBody.parse(body), at);
      });
    } catch (error) {
      this.#logId = current;
      throw error;
    }
  }

  get logId(): string {
    return this.#logId;
  }

  head(): ChainLink {
    return this.#repository.head(this.#logId) ?? chainStart(this.#logId);
  }

  /**
   * Commits one entry. Inside a transaction of the caller it stands or falls with that.
   *
   * @param at when it happened; now, except for what is said a second time
   * @throws SqliteError when the disk is full: nothing was written
   */
  append<K extends UpKind>(kind: K, body: UpBody<K>, at = this.#stamp()): UpEntry {
    assert(this.#logId !== '', 'a log is started before it is written to');
    const entry = this.#repository.atomically(() => {
      const before = this.head();
      const draft = {
        logId: this.#logId,
        seq: before.seq + 1,
        kind,
        at,
        body: upBody[kind].parse(body),
        prev: before.hash,
      };
      const signed = upEntry.parse(signEntry(draft, this.#signKey));
      this.#repository.insert(canonicalJson(signed));
      return signed;
    });
    // By the next turn the caller's own transaction has ended, well or not.
    setImmediate(() => this.#afterAppend());
    return entry;
  }

  /** @returns how to stop listening */
  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #afterAppend(): void {
    if (this.#stopped) return;
    this.#witness.note(this.head());
    for (const listener of this.#listeners) listener();
  }

  #doubt(current: string | undefined): LogBeginning | undefined {
    const witness = this.#witness.read();
    if (current === undefined) return witness === undefined ? 'created' : 'restored';
    if (witness === undefined) return undefined;
    const seen = this.#repository.find(witness.logId, witness.seq);
    return seen?.hash === witness.hash ? undefined : 'restored';
  }
}

/** The instant an entry claims, by the hub's clock as far as the terminal knew it. */
export function claimedInstant(at: EntryTime): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at.wallMs + at.offsetMs);
}
