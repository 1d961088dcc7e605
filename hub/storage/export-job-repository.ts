import { type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { type ExportJob, exportJob, type NewExport, newExport } from '#contracts/rest/v1/export';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { reachFrom, reachText } from '#hub/storage/saved-reach';

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const savedFile = z.strictObject({
  name: z.string(),
  bytes: z.int().min(0),
  sha256: z.string(),
  rows: z.int().min(0),
  /** The file of the data folder; each attempt writes one of its own. */
  stored: z.string(),
});
export type SavedFile = z.output<typeof savedFile>;
const savedRequest = json.pipe(newExport);
const savedProblem = json.pipe(exportJob.shape.problem.unwrap());

export type JobState = ExportJob['state'];
export type ExportProblem = NonNullable<ExportJob['problem']>;

/** An export as it is kept. */
export interface SavedExport {
  readonly exportId: string;
  readonly request: NewExport;
  readonly templateVersion: number | null;
  readonly reach: Reach;
  readonly requestedBy: string;
  readonly requestedAtMs: number;
  readonly state: JobState;
  readonly attempts: number;
  readonly peopleDone: number;
  readonly peopleTotal: number | null;
  readonly periodState: 'open' | 'locked';
  readonly file: SavedFile | null;
  readonly problem: ExportProblem | null;
  readonly expiresAtMs: number | null;
}

export type NewJob = Pick<
  SavedExport,
  'exportId' | 'request' | 'templateVersion' | 'reach' | 'requestedBy' | 'requestedAtMs'
>;

/** Whoever makes an export just now, and until when that is believed. */
export interface Hold {
  readonly holder: string;
  readonly nowMs: number;
  readonly untilMs: number;
}

/** Who looks at the list: their own exports, and with everybody in reach those of others too. */
export interface ExportViewer {
  readonly caller: string;
  readonly reach: Reach;
}

export type JobProgress = Pick<SavedExport, 'peopleDone' | 'peopleTotal' | 'periodState'>;
export type JobKey = [requestedAtMs: number, exportId: string];

/** Exports: asked for, under way, and what became of them. */
export class ExportJobRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(job: NewJob): Promise<void> {
    await this.#db.now
      .insertInto('export_jobs')
      .values({
        export_id: job.exportId,
        request: JSON.stringify(job.request),
        template_version: job.templateVersion,
        reach: reachText(job.reach),
        requested_by: job.requestedBy,
        requested_at_ms: job.requestedAtMs,
        state: 'waiting',
      })
      .execute();
  }

  /** Of one asker, not begun or not done. */
  async countUnderWay(requestedBy: string): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('export_jobs')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('requested_by', '=', requestedBy)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirstOrThrow();
    return n;
  }

  async seen(exportId: string, viewer: ExportViewer): Promise<SavedExport | undefined> {
    const row = await this.#seenBy(viewer).where('export_id', '=', exportId).executeTakeFirst();
    return row === undefined ? undefined : exportFrom(row);
  }

  async list(
    viewer: ExportViewer,
    { limit, after }: { readonly limit: number; readonly after: JobKey | undefined },
  ): Promise<{ readonly exports: SavedExport[]; readonly next: JobKey | undefined }> {
    const rows = await this.#seenBy(viewer)
      .$if(after !== undefined, (all) => all.where(isBefore(after ?? [0, ''])))
      .orderBy('requested_at_ms', 'desc')
      .orderBy('export_id', 'desc')
      .limit(limit + 1)
      .execute();
    const exports = rows.slice(0, limit).map(exportFrom);
    const last = exports.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { exports, next: hasMore ? [last.requestedAtMs, last.exportId] : undefined };
  }

  /** The oldest that nobody makes: not begun, or its maker has given no sign of life. */
  async claim({ holder, nowMs, untilMs }: Hold): Promise<SavedExport | undefined> {
    return await this.#db.transaction(async () => {
      const row = await this.#db.now
        .selectFrom('export_jobs')
        .select(['export_id', 'attempts'])
        .where('state', 'in', ['waiting', 'running'])
        .where((job) => job.or([job('state', '=', 'waiting'), job('held_until_ms', '<=', nowMs)]))
        .orderBy('requested_at_ms')
        .orderBy('export_id')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const claimed = await this.#db.now
        .updateTable('export_jobs')
        .set({
          state: 'running',
          holder,
          held_until_ms: untilMs,
          attempts: row.attempts + 1,
          people_done: 0,
          people_total: null,
        })
        .where('export_id', '=', row.export_id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return exportFrom(claimed);
    });
  }

  /** A sign of life. @returns whether it is still the holder's, and still wanted */
  async renew(exportId: string, hold: Hold, progress: JobProgress): Promise<boolean> {
    const { numUpdatedRows } = await this.#held(exportId, hold.holder)
      .set({
        held_until_ms: hold.untilMs,
        people_done: progress.peopleDone,
        people_total: progress.peopleTotal,
        period_state: progress.periodState,
      })
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** @returns whether it was still the holder's: otherwise the file is nobody's */
  async finish(
    exportId: string,
    { holder, nowMs, untilMs }: Hold,
    made: JobProgress & { readonly file: SavedFile },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#held(exportId, holder)
      .set({
        state: 'ready',
        holder: null,
        held_until_ms: null,
        people_done: made.peopleDone,
        people_total: made.peopleTotal,
        period_state: made.periodState,
        file: JSON.stringify(made.file),
        ended_at_ms: nowMs,
        expires_at_ms: untilMs,
      })
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async fail(
    exportId: string,
    { holder, nowMs }: Omit<Hold, 'untilMs'>,
    problem: ExportProblem,
  ): Promise<void> {
    await this.#held(exportId, holder)
      .set({
        state: 'failed',
        holder: null,
        held_until_ms: null,
        problem: JSON.stringify(problem),
        ended_at_ms: nowMs,
      })
      .execute();
  }

  /** Given back, to be begun again by whoever comes first. That it was begun is not held against it. */
  async release(exportId: string, holder: string): Promise<void> {
    await this.#held(exportId, holder)
      .set((job) => ({
        state: 'waiting',
        holder: null,
        held_until_ms: null,
        attempts: sql<number>`${job.ref('attempts')} - 1`,
      }))
      .execute();
  }

  /** @returns whether there was something to stop */
  async cancel(exportId: string, viewer: ExportViewer, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.now
      .updateTable('export_jobs')
      .set({ state: 'cancelled', holder: null, held_until_ms: null, ended_at_ms: nowMs })
      .where('export_id', '=', exportId)
      .where('state', 'in', ['waiting', 'running'])
      .where(isSeenBy(viewer))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Files whose time is over. */
  async expire(nowMs: number): Promise<void> {
    await this.#db.now
      .updateTable('export_jobs')
      .set({ state: 'expired', file: null })
      .where('state', '=', 'ready')
      .where('expires_at_ms', '<=', nowMs)
      .execute();
  }

  /** What ended before then is forgotten; the audit log remembers who asked. */
  async forget(beforeMs: number): Promise<void> {
    await this.#db.now
      .deleteFrom('export_jobs')
      .where('state', 'in', ['failed', 'cancelled', 'expired'])
      .where('ended_at_ms', '<', beforeMs)
      .execute();
  }

  /** Exports whose files may lie in the folder. */
  async withFiles(): Promise<ReadonlySet<string>> {
    const rows = await this.#db.now
      .selectFrom('export_jobs')
      .select('export_id')
      .where('state', 'in', ['ready', 'running', 'waiting'])
      .execute();
    return new Set(rows.map((row) => row.export_id));
  }

  #held(exportId: string, holder: string) {
    return this.#db.now
      .updateTable('export_jobs')
      .where('export_id', '=', exportId)
      .where('holder', '=', holder)
      .where('state', '=', 'running');
  }

  #seenBy(viewer: ExportViewer) {
    return this.#db.now.selectFrom('export_jobs').selectAll().where(isSeenBy(viewer));
  }
}

function isSeenBy({ caller, reach }: ExportViewer) {
  return reach.kind === 'everybody' ? sql<SqlBool>`1 = 1` : sql<SqlBool>`requested_by = ${caller}`;
}

function isBefore([atMs, exportId]: JobKey) {
  return sql<SqlBool>`(requested_at_ms < ${atMs}
    OR (requested_at_ms = ${atMs} AND export_id < ${exportId}))`;
}

function exportFrom(row: Selectable<HubTables['export_jobs']>): SavedExport {
  return {
    exportId: row.export_id,
    request: savedRequest.parse(row.request),
    templateVersion: row.template_version,
    reach: reachFrom(row.reach),
    requestedBy: row.requested_by,
    requestedAtMs: row.requested_at_ms,
    state: exportJob.shape.state.parse(row.state),
    attempts: row.attempts,
    peopleDone: row.people_done,
    peopleTotal: row.people_total,
    periodState: exportJob.shape.period.parse(row.period_state),
    file: row.file === null ? null : savedFile.parse(JSON.parse(row.file)),
    problem: row.problem === null ? null : savedProblem.parse(row.problem),
    expiresAtMs: row.expires_at_ms,
  };
}
