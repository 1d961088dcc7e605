import { type UpEntry, upEntry } from '#contracts/wire/v1/up-log';
import type { ChainLink } from '#platform/crypto/entry-chain';
import type { TerminalDatabase } from '#terminal/storage/terminal-database';

/** One log of this database: there is more than one after a restore. */
export interface LogDebt {
  readonly logId: string;
  readonly ackedSeq: number;
  readonly headSeq: number;
}

const STANDING_MAX = 60; // far more punches than one person makes in a day

/** All SQL over the up-log. Entries go in whole and come out whole. */
export class LogRepository {
  readonly #db: TerminalDatabase;
  readonly #insert;
  readonly #last;
  readonly #one;
  readonly #range;

  constructor(db: TerminalDatabase) {
    this.#db = db;
    this.#insert = db.prepare<[string]>('INSERT INTO up_log (entry) VALUES (?)');
    this.#last = db
      .prepare<[string], string>(
        'SELECT entry FROM up_log WHERE log_id = ? ORDER BY seq DESC LIMIT 1',
      )
      .pluck();
    this.#one = db
      .prepare<[string, number], string>('SELECT entry FROM up_log WHERE log_id = ? AND seq = ?')
      .pluck();
    this.#range = db
      .prepare<[string, number, number, number], string>(
        `SELECT entry FROM up_log WHERE log_id = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?`,
      )
      .pluck();
  }

  /** All or nothing; nested calls become savepoints of the outer transaction. */
  atomically<T>(work: () => T): T {
    return this.#db.transaction(work)();
  }

  /** The log that is written to now. */
  currentLogId(): string | undefined {
    return this.#db
      .prepare<[], string>('SELECT log_id FROM log ORDER BY ordinal DESC LIMIT 1')
      .pluck()
      .get();
  }

  openLog(logId: string): void {
    this.#db.prepare<[string]>('INSERT INTO log (log_id) VALUES (?)').run(logId);
  }

  knowsLog(logId: string): boolean {
    const row = this.#db.prepare<[string]>('SELECT 1 FROM log WHERE log_id = ?').get(logId);
    return row !== undefined;
  }

  /** `text` must be the canonical JSON of a signed entry. */
  insert(text: string): void {
    this.#insert.run(text);
  }

  last(logId: string): UpEntry | undefined {
    const text = this.#last.get(logId);
    return text === undefined ? undefined : parseEntry(text);
  }

  /** Newest entry of the whole database, whatever log it is in. */
  newest(): UpEntry | undefined {
    const text = this.#db
      .prepare<[], string>('SELECT entry FROM up_log ORDER BY position DESC LIMIT 1')
      .pluck()
      .get();
    return text === undefined ? undefined : parseEntry(text);
  }

  head(logId: string): ChainLink | undefined {
    const entry = this.last(logId);
    return entry && { logId, seq: entry.seq, hash: entry.hash };
  }

  find(logId: string, seq: number): UpEntry | undefined {
    const text = this.#one.get(logId, seq);
    return text === undefined ? undefined : parseEntry(text);
  }

  /** Canonical texts in order, at most `limit`. */
  texts(logId: string, range: { from: number; upto: number }, limit: number): readonly string[] {
    return this.#range.all(logId, range.from, range.upto, limit);
  }

  /** Punches of one person that no void withdrew, newest first. */
  standingPunches(personId: string): readonly UpEntry[] {
    return this.#db
      .prepare<[string, number], string>(
        `SELECT entry FROM up_log AS punch
          WHERE kind = 'punch' AND person_id = ?
            AND NOT EXISTS (SELECT 1 FROM up_log AS withdrawal
                             WHERE withdrawal.kind = 'void'
                               AND withdrawal.log_id = punch.log_id
                               AND withdrawal.voided_seq = punch.seq)
          ORDER BY position DESC LIMIT ?`,
      )
      .pluck()
      .all(personId, STANDING_MAX)
      .map(parseEntry);
  }

  isVoided(logId: string, seq: number): boolean {
    const row = this.#db
      .prepare<[string, number]>(
        `SELECT 1 FROM up_log WHERE kind = 'void' AND log_id = ? AND voided_seq = ?`,
      )
      .get(logId, seq);
    return row !== undefined;
  }

  /** The hub holds another continuation of this log: nothing more of it is sent. */
  dispute(logId: string): void {
    this.#db.prepare<[string]>('UPDATE log SET disputed = 1 WHERE log_id = ?').run(logId);
  }

  /** Punches of a log that the hub has not acknowledged and no void withdrew, oldest first. */
  unacknowledgedPunches(logId: string): readonly UpEntry[] {
    return this.#db
      .prepare<[string], string>(
        `SELECT entry FROM up_log AS punch
          WHERE kind = 'punch' AND log_id = ?
            AND seq > (SELECT acked_seq FROM log WHERE log.log_id = punch.log_id)
            AND NOT EXISTS (SELECT 1 FROM up_log AS withdrawal
                             WHERE withdrawal.kind = 'void'
                               AND withdrawal.log_id = punch.log_id
                               AND withdrawal.voided_seq = punch.seq)
          ORDER BY seq`,
      )
      .pluck()
      .all(logId)
      .map(parseEntry);
  }

  /** Every log that is sent, with its head and what the hub holds of it, oldest first. */
  debts(): readonly LogDebt[] {
    return this.#db
      .prepare<[], LogDebt>(
        `SELECT log_id AS logId, acked_seq AS ackedSeq,
                coalesce((SELECT max(seq) FROM up_log WHERE up_log.log_id = log.log_id), 0)
                  AS headSeq
           FROM log WHERE disputed = 0 ORDER BY ordinal`,
      )
      .all();
  }

  /** The cursor of the hub's acknowledgement: forward only. */
  acknowledge(logId: string, seq: number): void {
    this.#db
      .prepare<[number, string, number]>(
        'UPDATE log SET acked_seq = ? WHERE log_id = ? AND acked_seq < ?',
      )
      .run(seq, logId, seq);
  }

  /** Oldest first, straight from the disk, without trusting any index. */
  rawTexts(): IterableIterator<string> {
    return this.#db
      .prepare<[], string>('SELECT entry FROM up_log NOT INDEXED ORDER BY position')
      .pluck()
      .iterate();
  }
}

function parseEntry(text: string): UpEntry {
  return upEntry.parse(JSON.parse(text));
}
