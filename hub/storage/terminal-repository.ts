import { sql } from 'kysely';
import { z } from 'zod';
import type { Terminal } from '#contracts/rest/v1/terminals';
import { type Refusal, refusal, type StateBody, stateBody } from '#contracts/wire/v1/messages';
import type { PlaceReach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { placesWithin } from '#hub/storage/within-reach';

/** A terminal whose keys are pinned. */
export interface JoinedTerminal {
  readonly terminalId: string;
  readonly siteId: string;
  readonly signKey: string;
  readonly sealKey: string;
  readonly name: string;
  /** The log it wrote to when last heard of. */
  readonly logId: string | undefined;
}

interface TerminalRow {
  readonly terminal_id: string;
  readonly site_id: string | null;
  readonly sign_key: string | null;
  readonly seal_key: string | null;
  readonly name: string;
  readonly online: number;
  readonly last_contact_ms: number | null;
  readonly log_id: string | null;
  readonly app: string | null;
  readonly queue_depth: number;
  readonly gallery_rev: number;
  readonly camera: string;
  readonly disk: string;
  readonly clock: string | null;
  readonly refusal_count: number;
  readonly refusal_reason: string | null;
  readonly refused_at_ms: number | null;
  readonly retired_at_ms: number | null;
  readonly cursor_rev: number | null;
  readonly head_rev: number | null;
}

const JOINED_COLUMNS = [
  'terminal_id',
  'site_id',
  'sign_key',
  'seal_key',
  'name',
  'log_id',
] as const;
const STRANGERS_MAX = 200; // whoever holds the join code may invent ids; the table does not grow with them

export class TerminalRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async joined(terminalId: string): Promise<JoinedTerminal | undefined> {
    const row = await this.#db.now
      .selectFrom('terminals')
      .select(JOINED_COLUMNS)
      .where('terminal_id', '=', terminalId)
      .executeTakeFirst();
    return row === undefined ? undefined : joinedFrom(row);
  }

  async allJoined(): Promise<JoinedTerminal[]> {
    const rows = await this.#db.now
      .selectFrom('terminals')
      .select(JOINED_COLUMNS)
      .where('sign_key', 'is not', null)
      .orderBy('terminal_id')
      .execute();
    return rows.flatMap((row) => joinedFrom(row) ?? []);
  }

  /** Those that joined at a site within reach; those that never joined stand nowhere, for whoever sees all. */
  async all(reach: PlaceReach): Promise<Terminal[]> {
    const rows = await this.#view()
      .where(placesWithin('t.site_id', reach))
      .orderBy('t.name')
      .orderBy('t.terminal_id')
      .execute();
    return rows.map(terminalFrom);
  }

  async get(terminalId: string): Promise<Terminal | undefined> {
    const row = await this.#view().where('t.terminal_id', '=', terminalId).executeTakeFirst();
    return row === undefined ? undefined : terminalFrom(row);
  }

  async isWithin(terminalId: string, reach: PlaceReach): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('terminals as t')
      .select('t.terminal_id')
      .where('t.terminal_id', '=', terminalId)
      .where(placesWithin('t.site_id', reach))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Where a terminal stands; undefined for one that never joined. */
  async siteOf(terminalId: string): Promise<string | undefined> {
    const row = await this.#db.now
      .selectFrom('terminals')
      .select('site_id')
      .where('terminal_id', '=', terminalId)
      .executeTakeFirst();
    return row?.site_id ?? undefined;
  }

  /** The first key wins: a row that has keys keeps them. */
  async join(state: StateBody, siteId: string, atMs: number): Promise<void> {
    const joined = {
      site_id: siteId,
      sign_key: state.signKey,
      seal_key: state.sealKey,
      joined_at_ms: atMs,
      name: state.name,
      retired_at_ms: null,
    };
    await this.#db.now
      .insertInto('terminals')
      .values({ terminal_id: state.terminalId, ...joined })
      .onConflict((conflict) =>
        conflict.column('terminal_id').doUpdateSet(joined).where('terminals.sign_key', 'is', null),
      )
      .execute();
  }

  async saveState(state: StateBody, atMs: number): Promise<void> {
    await this.#db.now
      .updateTable('terminals')
      .set({
        online: state.state === 'ready' ? 1 : 0,
        last_contact_ms: atMs,
        name: state.name,
        log_id: state.logId,
        app: state.app,
        queue_depth: state.queueDepth,
        gallery_rev: state.galleryRev,
        camera: state.camera,
        disk: state.disk,
        clock: JSON.stringify(state.clock),
      })
      .where('terminal_id', '=', state.terminalId)
      .execute();
  }

  /**
   * A terminal with an empty queue that says "my log ends at `headSeq`" while the log is here without a gap up to there has
   * reported everything it wrote before it said so, by its clock as corrected. A clock that has not
   * been compared with ours lately proves nothing.
   */
  async noteComplete(state: StateBody, receivedAtMs: number): Promise<void> {
    const { terminalId, logId, headSeq, clock } = state;
    if (clock.trust !== 'synced' || state.queueDepth > 0) return;
    const throughMs = Math.min(state.atMs + clock.offsetMs - clock.errorMs, receivedAtMs);
    await this.#db.now
      .updateTable('terminals')
      .set({ complete_through_ms: throughMs })
      .where('terminal_id', '=', terminalId)
      .where(sql<number>`coalesce(complete_through_ms, 0)`, '<', throughMs) // it never moves back
      .$if(headSeq > 0, (update) =>
        update.where((of) =>
          of.exists(
            of
              .selectFrom('up_logs')
              .select('log_id')
              .where('log_id', '=', logId)
              .where('terminal_id', '=', terminalId)
              .where('upto', '>=', headSeq),
          ),
        ),
      )
      .execute();
  }

  /** Of every joined terminal: up to when everything it wrote is here; 0 when it never said. */
  async completeThroughMs(): Promise<number[]> {
    const rows = await this.#db.now
      .selectFrom('terminals')
      .select('complete_through_ms')
      .where('sign_key', 'is not', null)
      .orderBy('terminal_id')
      .execute();
    return rows.map((row) => row.complete_through_ms ?? 0);
  }

  async markOffline(terminalId: string): Promise<void> {
    await this.#db.now
      .updateTable('terminals')
      .set({ online: 0 })
      .where('terminal_id', '=', terminalId)
      .execute();
  }

  /** Nobody has been heard of yet since this hub, or its line to the broker, began. */
  async markAllOffline(): Promise<void> {
    await this.#db.now
      .updateTable('terminals')
      .set({ online: 0 })
      .where('online', '=', 1)
      .execute();
  }

  async touch(terminalId: string, atMs: number): Promise<void> {
    await this.#db.now
      .updateTable('terminals')
      .set({ last_contact_ms: atMs })
      .where('terminal_id', '=', terminalId)
      .execute();
  }

  async saveCursor(terminalId: string, rev: number, atMs: number): Promise<void> {
    await this.#db.now
      .insertInto('cursors')
      .values({ terminal_id: terminalId, rev, at_ms: atMs })
      .onConflict((conflict) => conflict.column('terminal_id').doUpdateSet({ rev, at_ms: atMs }))
      .execute();
  }

  async countRefusals(
    terminalId: string,
    refused: { readonly count: number; readonly reason: Refusal; readonly atMs: number },
  ): Promise<void> {
    const last = { refusal_reason: refused.reason, refused_at_ms: refused.atMs };
    await this.#db.transaction(async () => {
      const known = await this.#db.now
        .updateTable('terminals')
        .set((of) => ({ ...last, refusal_count: of('refusal_count', '+', refused.count) }))
        .where('terminal_id', '=', terminalId)
        .executeTakeFirst();
      if (known.numUpdatedRows > 0n || (await this.#countStrangers()) >= STRANGERS_MAX) return;
      await this.#db.now
        .insertInto('terminals')
        .values({ terminal_id: terminalId, refusal_count: refused.count, ...last })
        .execute();
    });
  }

  async #countStrangers(): Promise<number> {
    const { strangers } = await this.#db.now
      .selectFrom('terminals')
      .select((of) => of.fn.countAll<number>().as('strangers'))
      .where('sign_key', 'is', null)
      .where('retired_at_ms', 'is', null)
      .executeTakeFirstOrThrow();
    return strangers;
  }

  #view() {
    return this.#db.now
      .selectFrom('terminals as t')
      .leftJoin('cursors as c', 'c.terminal_id', 't.terminal_id')
      .selectAll('t')
      .select('c.rev as cursor_rev')
      .select((of) =>
        of
          .selectFrom('down_log as d')
          .select((down) => down.fn.max('d.rev').as('head_rev'))
          .whereRef('d.site_id', '=', 't.site_id')
          .where((down) =>
            down.or([
              down('d.terminal_id', 'is', null),
              down('d.terminal_id', '=', down.ref('t.terminal_id')),
            ]),
          )
          .as('head_rev'),
      );
  }
}

function joinedFrom(
  row: Pick<TerminalRow, (typeof JOINED_COLUMNS)[number]>,
): JoinedTerminal | undefined {
  if (row.sign_key === null || row.seal_key === null || row.site_id === null) return undefined;
  return {
    terminalId: row.terminal_id,
    siteId: row.site_id,
    signKey: row.sign_key,
    sealKey: row.seal_key,
    name: row.name,
    logId: row.log_id ?? undefined,
  };
}

const savedClock = z.string().transform((text) => stateBody.shape.clock.parse(JSON.parse(text)));

function terminalFrom(row: TerminalRow): Terminal {
  return {
    terminalId: row.terminal_id,
    name: row.name === '' ? row.terminal_id : row.name,
    online: row.online === 1,
    ...(row.last_contact_ms === null ? {} : { lastContactAt: instantOf(row.last_contact_ms) }),
    ...(row.app === null ? {} : { app: row.app }),
    queueDepth: row.queue_depth,
    galleryRev: Math.max(row.gallery_rev, row.cursor_rev ?? 0),
    headRev: row.head_rev ?? 0,
    camera: stateBody.shape.camera.parse(row.camera),
    disk: stateBody.shape.disk.parse(row.disk),
    ...(row.clock === null ? {} : { clock: savedClock.parse(row.clock) }),
    ...(row.retired_at_ms === null ? {} : { retiredAt: instantOf(row.retired_at_ms) }),
    refusals: {
      count: row.refusal_count,
      ...(row.refusal_reason === null ? {} : { lastReason: refusal.parse(row.refusal_reason) }),
      ...(row.refused_at_ms === null ? {} : { lastAt: instantOf(row.refused_at_ms) }),
    },
  };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}
