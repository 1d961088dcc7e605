import { type Refusal, refusal } from '#contracts/wire/v1/messages';
import type { HubDatabase } from '#hub/storage/hub-database';

export interface RefusedPayload {
  readonly terminalId: string;
  readonly reason: Refusal;
  /** SHA-256 of the payload: evidence without keeping what may be hostile or personal. */
  readonly digest: string;
  readonly bytes: number;
  readonly receivedAtMs: number;
}

const ROWS_AT_ONCE = 1000; // of five values each
const KEPT_MAX = 10_000; // newest first out of a flood; the counts on the terminal are complete

export class QuarantineRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(refused: readonly RefusedPayload[]): Promise<void> {
    for (let first = 0; first < refused.length; first += ROWS_AT_ONCE) {
      const rows = refused.slice(first, first + ROWS_AT_ONCE).map((each) => ({
        terminal_id: each.terminalId,
        reason: each.reason,
        digest: each.digest,
        bytes: each.bytes,
        received_at_ms: each.receivedAtMs,
      }));
      await this.#db.now.insertInto('quarantine').values(rows).execute();
    }
  }

  async trim(): Promise<void> {
    const { newest } = await this.#db.now
      .selectFrom('quarantine')
      .select((of) => of.fn.max('id').as('newest'))
      .executeTakeFirstOrThrow();
    await this.#db.now
      .deleteFrom('quarantine')
      .where('id', '<=', (newest ?? 0) - KEPT_MAX)
      .execute();
  }

  async of(terminalId: string): Promise<RefusedPayload[]> {
    const rows = await this.#db.now
      .selectFrom('quarantine')
      .selectAll()
      .where('terminal_id', '=', terminalId)
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      terminalId,
      reason: refusal.parse(row.reason),
      digest: row.digest,
      bytes: row.bytes,
      receivedAtMs: row.received_at_ms,
    }));
  }
}
