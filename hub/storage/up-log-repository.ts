import { type UpEntry, upEntry } from '#contracts/wire/v1/up-log';
import type { SqliteDatabase } from '#platform/sqlite/database';

/** Why an entry is kept but not acted on. */
export type EntryRemark =
  | 'unknown-kind'
  | 'unreadable-body'
  | 'unknown-person'
  | 'no-consent'
  | 'unreadable-seal'
  | 'no-such-punch'
  | 'impossible-time';

/** What is known of one place in a log. */
export interface StoredLink {
  readonly prev: string;
  readonly hash: string;
}

export interface Range {
  readonly from: number;
  readonly upto: number;
}

/** How much of a log is here. */
export interface LogExtent {
  /** Stored without a gap up to here. */
  readonly upto: number;
  readonly head: number;
  readonly missing: readonly Range[];
}

/** The logs of all terminals, exactly as they were signed. Nothing here is ever changed. */
export class UpLogRepository {
  readonly #db: SqliteDatabase;
  readonly #linkAt;
  readonly #insert;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.#linkAt = db.prepare<[string, number], StoredLink>(
      'SELECT prev, hash FROM up_entries WHERE log_id = ? AND seq = ?',
    );
    this.#insert = db.prepare<[string, number, string, string, string, string, number]>(
      `INSERT INTO up_entries (log_id, seq, kind, prev, hash, entry, received_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  ownerOf(logId: string): string | undefined {
    return this.#db
      .prepare<[string], { terminal_id: string }>(
        'SELECT terminal_id FROM up_logs WHERE log_id = ?',
      )
      .get(logId)?.terminal_id;
  }

  linkAt(logId: string, seq: number): StoredLink | undefined {
    return this.#linkAt.get(logId, seq);
  }

  begin(logId: string, terminalId: string): void {
    this.#db
      .prepare('INSERT INTO up_logs (log_id, terminal_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(logId, terminalId);
  }

  append(entry: UpEntry, receivedAtMs: number): void {
    const { logId, seq, kind, prev, hash } = entry;
    this.#insert.run(logId, seq, kind, prev, hash, JSON.stringify(entry), receivedAtMs);
  }

  /** Moves `upto` over what has become contiguous. @returns what it moved over, in order */
  closeGaps(logId: string): UpEntry[] {
    const before = this.#upto(logId);
    const closed: UpEntry[] = [];
    const behind = this.#db
      .prepare<[string, number], { seq: number; entry: string }>(
        'SELECT seq, entry FROM up_entries WHERE log_id = ? AND seq > ? ORDER BY seq',
      )
      .iterate(logId, before);
    for (const row of behind) {
      if (row.seq !== before + closed.length + 1) break;
      closed.push(upEntry.parse(JSON.parse(row.entry)));
    }
    this.#db
      .prepare('UPDATE up_logs SET upto = ? WHERE log_id = ?')
      .run(before + closed.length, logId);
    return closed;
  }

  extent(logId: string): LogExtent {
    const upto = this.#upto(logId);
    const early = this.#db
      .prepare<[string, number], { seq: number }>(
        'SELECT seq FROM up_entries WHERE log_id = ? AND seq > ? ORDER BY seq',
      )
      .all(logId, upto);
    const missing: Range[] = [];
    let last = upto;
    for (const { seq } of early) {
      if (seq > last + 1) missing.push({ from: last + 1, upto: seq - 1 });
      last = seq;
    }
    return { upto, head: last, missing };
  }

  /** How many entries are stored behind a gap. */
  countEarly(logId: string): number {
    const row = this.#db
      .prepare<[string, number], { n: number }>(
        'SELECT count(*) AS n FROM up_entries WHERE log_id = ? AND seq > ?',
      )
      .get(logId, this.#upto(logId));
    return row?.n ?? 0;
  }

  #upto(logId: string): number {
    return (
      this.#db
        .prepare<[string], { upto: number }>('SELECT upto FROM up_logs WHERE log_id = ?')
        .get(logId)?.upto ?? 0
    );
  }

  remark(entry: UpEntry, remark: EntryRemark): void {
    this.#db
      .prepare('INSERT INTO entry_remarks (log_id, seq, remark) VALUES (?, ?, ?)')
      .run(entry.logId, entry.seq, remark);
  }

  /** How many entries are kept without being acted on, by reason. */
  countRemarks(): Partial<Record<EntryRemark, number>> {
    const rows = this.#db
      .prepare<[], { remark: EntryRemark; n: number }>(
        'SELECT remark, count(*) AS n FROM entry_remarks GROUP BY remark',
      )
      .all();
    return Object.fromEntries(rows.map((row) => [row.remark, row.n]));
  }

  saveConsent(
    entry: UpEntry,
    consent: {
      readonly consentId: string;
      readonly personId: string;
      readonly given: 0 | 1;
    },
  ): void {
    this.#db
      .prepare(
        `INSERT INTO consents (log_id, seq, consent_id, person_id, given) VALUES (?, ?, ?, ?, ?)`,
      )
      .run(entry.logId, entry.seq, consent.consentId, consent.personId, consent.given);
  }

  /** The consent must have been given by that person, in an entry already stored. */
  hasConsent(personId: string, consentId: string): boolean {
    const row = this.#db
      .prepare<[string, string], { given: number }>(
        `SELECT min(given) AS given FROM consents WHERE person_id = ? AND consent_id = ?`,
      )
      .get(personId, consentId);
    return row?.given === 1;
  }
}
