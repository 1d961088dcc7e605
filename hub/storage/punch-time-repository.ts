import type { BootAnchor, Retimed } from '#hub/attendance/boot-time';
import type { HubDatabase } from '#hub/storage/hub-database';

/** One boot of one terminal. */
export interface Boot {
  readonly terminalId: string;
  readonly bootId: string;
}

/** A punch whose clock was not compared with ours, as it counts now and as its boot saw it. */
export interface DoubtfulPunch {
  readonly logId: string;
  readonly seq: number;
  readonly personId: string;
  readonly atMs: number;
  readonly errorMs: number;
  readonly wallMs: number;
  readonly monoMs: number;
  /** Nobody has said yet when it was, not even a contact with the hub. */
  readonly isWaiting: boolean;
}

/** What is known of boots, and what follows for the punches given in them. */
export class PunchTimeRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async anchorsOf({ terminalId, bootId }: Boot): Promise<BootAnchor[]> {
    return await this.#db.now
      .selectFrom('boot_anchors')
      .select(['mono_ms as monoMs', 'wall_ms as wallMs', 'at_ms as atMs', 'error_ms as errorMs'])
      .where('terminal_id', '=', terminalId)
      .where('boot_id', '=', bootId)
      .execute();
  }

  async addAnchor({ terminalId, bootId }: Boot, anchor: BootAnchor): Promise<void> {
    await this.#db.now
      .insertInto('boot_anchors')
      .values({
        terminal_id: terminalId,
        boot_id: bootId,
        mono_ms: anchor.monoMs,
        wall_ms: anchor.wallMs,
        at_ms: anchor.atMs,
        error_ms: anchor.errorMs,
      })
      .onConflict((conflict) => conflict.columns(['terminal_id', 'boot_id', 'mono_ms']).doNothing())
      .execute();
  }

  /** Boots in which somebody punched at a time nobody knows yet. */
  async waitingBoots(terminalId: string): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('punches')
      .select((punch) => punch.ref('boot_id').$notNull().as('boot_id'))
      .distinct()
      .where('terminal_id', '=', terminalId)
      .where('boot_id', 'is not', null)
      .where('retimed_by', 'is', null)
      .execute();
    return rows.map((row) => row.boot_id);
  }

  /** Those a person has placed are not among them. */
  async doubtfulOf({ terminalId, bootId }: Boot): Promise<DoubtfulPunch[]> {
    const rows = await this.#db.now
      .selectFrom('punches')
      .select(['log_id', 'seq', 'person_id', 'at_ms', 'error_ms', 'wall_ms', 'mono_ms'])
      .select('retimed_by')
      .where('terminal_id', '=', terminalId)
      .where('boot_id', '=', bootId)
      .where((punch) =>
        punch.or([punch('retimed_by', 'is', null), punch('retimed_by', '=', 'contact')]),
      )
      .orderBy('seq')
      .execute();
    return rows.map((row) => ({
      logId: row.log_id,
      seq: row.seq,
      personId: row.person_id,
      atMs: row.at_ms,
      errorMs: row.error_ms,
      wallMs: row.wall_ms ?? row.at_ms,
      monoMs: row.mono_ms ?? 0,
      isWaiting: row.retimed_by === null,
    }));
  }

  /** When the last punch before this one was given that a clock of its own vouches for. */
  async knownBeforeMs({ logId, seq }: Pick<DoubtfulPunch, 'logId' | 'seq'>): Promise<number> {
    const row = await this.#db.now
      .selectFrom('punches')
      .select('at_ms')
      .where('log_id', '=', logId)
      .where('seq', '<', seq)
      .where('clock_trust', '<>', 'lost')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.at_ms ?? 0;
  }

  /** The claim stays beside it, and in its entry. */
  async retime(
    { logId, seq }: Pick<DoubtfulPunch, 'logId' | 'seq'>,
    { atMs, errorMs }: Retimed,
    by: 'contact' | 'person',
  ): Promise<void> {
    await this.#db.now
      .updateTable('punches')
      .set({ at_ms: atMs, error_ms: errorMs, retimed_by: by })
      .where('log_id', '=', logId)
      .where('seq', '=', seq)
      .execute();
  }
}
