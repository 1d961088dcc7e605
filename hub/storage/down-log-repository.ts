import type { SqliteDatabase } from '#platform/sqlite/database';

/** What is to be told, without its content: that is read and sealed when it is sent. */
export type DownNote =
  | { readonly kind: 'site'; readonly terminalId?: string }
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'template'; readonly personId: string; readonly templateId: string }
  | { readonly kind: 'erasure'; readonly personId: string; readonly scope: 'templates' | 'person' };

export type NumberedNote = DownNote & { readonly rev: number };

interface DownRow {
  readonly rev: number;
  readonly kind: 'site' | 'person' | 'template' | 'erasure';
  readonly terminal_id: string | null;
  readonly person_id: string | null;
  readonly template_id: string | null;
  readonly scope: 'templates' | 'person' | null;
}

/** Whose part of the log is meant. */
export interface DownScope {
  readonly siteId: string;
  readonly terminalId: string;
}

const IN_SCOPE = 'site_id = ? AND (terminal_id IS NULL OR terminal_id = ?)';

/** What terminals have to know, in the order in which it came to be. */
export class DownLogRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  append(siteId: string, note: DownNote, atMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO down_log (site_id, terminal_id, kind, person_id, template_id, scope,
           written_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        siteId,
        note.kind === 'site' ? (note.terminalId ?? null) : null,
        note.kind,
        note.kind === 'site' ? null : note.personId,
        note.kind === 'template' ? note.templateId : null,
        note.kind === 'erasure' ? note.scope : null,
        atMs,
      );
  }

  head(scope: DownScope): number {
    const row = this.#db
      .prepare<[string, string], { head: number | null }>(
        `SELECT max(rev) AS head FROM down_log WHERE ${IN_SCOPE}`,
      )
      .get(scope.siteId, scope.terminalId);
    return row?.head ?? 0;
  }

  after(scope: DownScope, rev: number, limit: number): NumberedNote[] {
    return this.#db
      .prepare<[string, string, number, number], DownRow>(
        `SELECT * FROM down_log WHERE ${IN_SCOPE} AND rev > ? ORDER BY rev LIMIT ?`,
      )
      .all(scope.siteId, scope.terminalId, rev, limit)
      .flatMap((row) => noteFrom(row) ?? []);
  }

  /** Makes the next rev larger than `rev`, for a hub that was restored from an older copy. */
  skipTo(rev: number): void {
    this.#db
      .prepare(`UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'down_log'`)
      .run(rev);
  }
}

function noteFrom(row: DownRow): NumberedNote | undefined {
  const { rev, kind } = row;
  if (kind === 'site') {
    return { rev, kind, ...(row.terminal_id === null ? {} : { terminalId: row.terminal_id }) };
  }
  if (row.person_id === null) return undefined;
  const personId = row.person_id;
  if (kind === 'person') return { rev, kind, personId };
  if (kind === 'template') {
    return row.template_id === null
      ? undefined
      : { rev, kind, personId, templateId: row.template_id };
  }
  return { rev, kind, personId, scope: row.scope ?? 'templates' };
}
