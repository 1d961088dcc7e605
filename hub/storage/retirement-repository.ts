import { assert } from '#domain/assert';
import type { HubDatabase } from '#hub/storage/hub-database';

/** Who did something, and when. */
export interface Deed {
  readonly by: string;
  readonly atMs: number;
}

/** Terminals that were sent away, and those that were taken back. */
export class RetirementRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** The terminal must be joined. What it had reported stays known, since it may be taken back. */
  async retire(terminalId: string, { by, atMs }: Deed): Promise<void> {
    const { sign_key: signKey, joined_at_ms: joinedAtMs } = await this.#db.now
      .selectFrom('terminals')
      .select(['sign_key', 'joined_at_ms'])
      .where('terminal_id', '=', terminalId)
      .executeTakeFirstOrThrow();
    assert(signKey !== null && joinedAtMs !== null, 'who has not joined cannot retire');
    await this.#db.now
      .insertInto('retirements')
      .values({
        terminal_id: terminalId,
        sign_key: signKey,
        joined_at_ms: joinedAtMs,
        retired_at_ms: atMs,
        retired_by: by,
      })
      .execute();
    await this.#db.now
      .updateTable('terminals')
      .set({ sign_key: null, seal_key: null, joined_at_ms: null, online: 0, retired_at_ms: atMs })
      .where('terminal_id', '=', terminalId)
      .execute();
  }

  /** Its keys count as unknown again, not as refused. @returns false when none of its keys was refused */
  async readmit(terminalId: string, { by, atMs }: Deed): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.now
      .updateTable('retirements')
      .set({ readmitted_at_ms: atMs, readmitted_by: by })
      .where('terminal_id', '=', terminalId)
      .where('readmitted_at_ms', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async isRefused(terminalId: string, signKey: string): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('retirements')
      .select('id')
      .where('terminal_id', '=', terminalId)
      .where('sign_key', '=', signKey)
      .where('readmitted_at_ms', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }
}
