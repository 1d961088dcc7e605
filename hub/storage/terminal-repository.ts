import { z } from 'zod';
import type { Terminal } from '#contracts/rest/v1/terminals';
import { type Refusal, refusal, type StateBody, stateBody } from '#contracts/wire/v1/messages';
import type { SqliteDatabase } from '#platform/sqlite/database';

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
  readonly cursor_rev: number | null;
  readonly head_rev: number | null;
}

const STRANGERS_MAX = 200; // whoever holds the join code may invent ids; the table does not grow with them

const VIEW = `
  SELECT t.*, c.rev AS cursor_rev,
    (SELECT max(d.rev) FROM down_log d
      WHERE d.site_id = t.site_id AND (d.terminal_id IS NULL OR d.terminal_id = t.terminal_id)
    ) AS head_rev
  FROM terminals t LEFT JOIN cursors c USING (terminal_id)`;

export class TerminalRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  joined(terminalId: string): JoinedTerminal | undefined {
    const row = this.#db
      .prepare<[string], TerminalRow>(`${VIEW} WHERE terminal_id = ?`)
      .get(terminalId);
    return row === undefined ? undefined : joinedFrom(row);
  }

  allJoined(): JoinedTerminal[] {
    return this.#db
      .prepare<[], TerminalRow>(`${VIEW} WHERE sign_key IS NOT NULL ORDER BY terminal_id`)
      .all()
      .flatMap((row) => joinedFrom(row) ?? []);
  }

  all(): Terminal[] {
    return this.#db
      .prepare<[], TerminalRow>(`${VIEW} ORDER BY name, terminal_id`)
      .all()
      .map(terminalFrom);
  }

  get(terminalId: string): Terminal | undefined {
    const row = this.#db
      .prepare<[string], TerminalRow>(`${VIEW} WHERE terminal_id = ?`)
      .get(terminalId);
    return row === undefined ? undefined : terminalFrom(row);
  }

  /** The first key wins: a row that has keys keeps them. */
  join(state: StateBody, siteId: string, atMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO terminals (terminal_id, site_id, sign_key, seal_key, joined_at_ms, name)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (terminal_id) DO UPDATE SET
           site_id = excluded.site_id, sign_key = excluded.sign_key, seal_key = excluded.seal_key,
           joined_at_ms = excluded.joined_at_ms, name = excluded.name
         WHERE sign_key IS NULL`,
      )
      .run(state.terminalId, siteId, state.signKey, state.sealKey, atMs, state.name);
  }

  saveState(state: StateBody, atMs: number): void {
    this.#db
      .prepare(
        `UPDATE terminals SET online = ?, last_contact_ms = ?, name = ?, log_id = ?, app = ?,
           queue_depth = ?, gallery_rev = ?, camera = ?, disk = ?, clock = ? WHERE terminal_id = ?`,
      )
      .run(
        state.state === 'ready' ? 1 : 0,
        atMs,
        state.name,
        state.logId,
        state.app,
        state.queueDepth,
        state.galleryRev,
        state.camera,
        state.disk,
        JSON.stringify(state.clock),
        state.terminalId,
      );
  }

  /**
   * A terminal with an empty queue that says "my log ends at `headSeq`" while the log is here without a gap up to there has
   * reported everything it wrote before it said so, by its clock as corrected. A clock that has not
   * been compared with ours lately proves nothing.
   */
  noteComplete(state: StateBody, receivedAtMs: number): void {
    const { trust, offsetMs, errorMs } = state.clock;
    if (trust !== 'synced' || state.queueDepth > 0) return;
    const throughMs = Math.min(state.atMs + offsetMs - errorMs, receivedAtMs);
    this.#db
      .prepare(
        `UPDATE terminals SET complete_through_ms = max(coalesce(complete_through_ms, 0), @throughMs)
         WHERE terminal_id = @terminalId AND (@headSeq = 0 OR EXISTS (
           SELECT 1 FROM up_logs l WHERE l.log_id = @logId AND l.terminal_id = @terminalId
             AND l.upto >= @headSeq))`,
      )
      .run({
        terminalId: state.terminalId,
        logId: state.logId,
        headSeq: state.headSeq,
        throughMs,
      });
  }

  /** Of every joined terminal: up to when everything it wrote is here; 0 when it never said. */
  completeThroughMs(): number[] {
    return this.#db
      .prepare<[], { through: number }>(
        `SELECT coalesce(complete_through_ms, 0) AS through FROM terminals
         WHERE sign_key IS NOT NULL ORDER BY terminal_id`,
      )
      .all()
      .map((row) => row.through);
  }

  markOffline(terminalId: string): void {
    this.#db.prepare('UPDATE terminals SET online = 0 WHERE terminal_id = ?').run(terminalId);
  }

  /** Nobody has been heard of yet since this hub, or its line to the broker, began. */
  markAllOffline(): void {
    this.#db.prepare('UPDATE terminals SET online = 0 WHERE online = 1').run();
  }

  touch(terminalId: string, atMs: number): void {
    this.#db
      .prepare('UPDATE terminals SET last_contact_ms = ? WHERE terminal_id = ?')
      .run(atMs, terminalId);
  }

  saveCursor(terminalId: string, rev: number, atMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO cursors (terminal_id, rev, at_ms) VALUES (?, ?, ?)
         ON CONFLICT (terminal_id) DO UPDATE SET rev = excluded.rev, at_ms = excluded.at_ms`,
      )
      .run(terminalId, rev, atMs);
  }

  countRefusals(
    terminalId: string,
    refused: { readonly count: number; readonly reason: Refusal; readonly atMs: number },
  ): void {
    this.#db
      .prepare(
        `INSERT INTO terminals (terminal_id, refusal_count, refusal_reason, refused_at_ms)
         SELECT @terminalId, @count, @reason, @atMs
         WHERE EXISTS (SELECT 1 FROM terminals WHERE terminal_id = @terminalId)
            OR (SELECT count(*) FROM terminals WHERE sign_key IS NULL) < @strangersMax
         ON CONFLICT (terminal_id) DO UPDATE SET
           refusal_count = refusal_count + excluded.refusal_count,
           refusal_reason = excluded.refusal_reason, refused_at_ms = excluded.refused_at_ms`,
      )
      .run({ ...refused, terminalId, strangersMax: STRANGERS_MAX });
  }
}

function joinedFrom(row: TerminalRow): JoinedTerminal | undefined {
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
