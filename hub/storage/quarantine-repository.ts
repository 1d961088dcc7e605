import type { Refusal } from '#contracts/wire/v1/messages';
import type { SqliteDatabase } from '#platform/sqlite/database';

export interface RefusedPayload {
  readonly terminalId: string;
  readonly reason: Refusal;
  /** SHA-256 of the payload: evidence without keeping what may be hostile or personal. */
  readonly digest: string;
  readonly bytes: number;
  readonly receivedAtMs: number;
}

const KEPT_MAX = 10_000; // newest first out of a flood; the counts on the terminal are complete

export class QuarantineRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  add(refused: RefusedPayload): void {
    this.#db
      .prepare(
        `INSERT INTO quarantine (terminal_id, reason, digest, bytes, received_at_ms)
         VALUES (?, ?, ?, ?, ?)`,
      )
      .run(refused.terminalId, refused.reason, refused.digest, refused.bytes, refused.receivedAtMs);
  }

  trim(): void {
    this.#db
      .prepare('DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ?')
      .run(KEPT_MAX);
  }

  of(terminalId: string): RefusedPayload[] {
    return this.#db
      .prepare<
        [string],
        { reason: Refusal; digest: string; bytes: number; received_at_ms: number }
      >('SELECT * FROM quarantine WHERE terminal_id = ? ORDER BY id')
      .all(terminalId)
      .map((row) => ({
        terminalId,
        reason: row.reason,
        digest: row.digest,
        bytes: row.bytes,
        receivedAtMs: row.received_at_ms,
      }));
  }
}
