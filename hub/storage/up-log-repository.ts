import type { UpEntry } from '#contracts/wire/v1/up-log';
import { type ChainLink, chainStart } from '#platform/crypto/entry-chain';
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

/** The logs of all terminals, exactly as they were signed. Nothing here is ever changed. */
export class UpLogRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  ownerOf(logId: string): string | undefined {
    return this.#db
      .prepare<[string], { terminal_id: string }>(
        'SELECT terminal_id FROM up_logs WHERE log_id = ?',
      )
      .get(logId)?.terminal_id;
  }

  /** The newest entry; entries are stored without a gap. */
  last(logId: string): ChainLink {
    const row = this.#db
      .prepare<[string], { seq: number; hash: string }>(
        'SELECT seq, hash FROM up_entries WHERE log_id = ? ORDER BY seq DESC LIMIT 1',
      )
      .get(logId);
    return row === undefined ? chainStart(logId) : { logId, seq: row.seq, hash: row.hash };
  }

  hashAt(logId: string, seq: number): string | undefined {
    return this.#db
      .prepare<[string, number], { hash: string }>(
        'SELECT hash FROM up_entries WHERE log_id = ? AND seq = ?',
      )
      .get(logId, seq)?.hash;
  }

  begin(logId: string, terminalId: string): void {
    this.#db
      .prepare('INSERT INTO up_logs (log_id, terminal_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(logId, terminalId);
  }

  append(entry: UpEntry, receivedAtMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO up_entries (log_id, seq, kind, hash, entry, received_at_ms)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(entry.logId, entry.seq, entry.kind, entry.hash, JSON.stringify(entry), receivedAtMs);
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
