import { type Selectable, sql } from 'kysely';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

/** What is to be told, without its content: that is read and sealed when it is sent. */
export type DownNote =
  | { readonly kind: 'site'; readonly terminalId?: string }
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'template'; readonly personId: string; readonly templateId: string }
  | { readonly kind: 'erasure'; readonly personId: string; readonly scope: 'templates' | 'person' };

export type NumberedNote = DownNote & { readonly rev: number };

/** Whose part of the log is meant. */
export interface DownScope {
  readonly siteId: string;
  readonly terminalId: string;
}

const ORDER_LOCK = 0x64_6f_77_6e; // "down"
const NOTES_AT_ONCE = 1000; // of seven values each

/** What terminals have to know, in the order in which it came to be. */
export class DownLogRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async append(siteId: string, note: DownNote, atMs: number): Promise<void> {
    await this.appendAll(siteId, [note], atMs);
  }

  async appendAll(siteId: string, notes: readonly DownNote[], atMs: number): Promise<void> {
    await this.#db.transaction(async () => {
      await this.#inOrder();
      for (let first = 0; first < notes.length; first += NOTES_AT_ONCE) {
        const rows = notes
          .slice(first, first + NOTES_AT_ONCE)
          .map((note) => ({ ...rowOf(note), site_id: siteId, written_at_ms: atMs }));
        await this.#db.now.insertInto('down_log').values(rows).execute();
      }
    });
  }

  async head(scope: DownScope): Promise<number> {
    const row = await this.#inScope(scope)
      .select((of) => of.fn.max('rev').as('head'))
      .executeTakeFirst();
    return row?.head ?? 0;
  }

  async after(scope: DownScope, rev: number, limit: number): Promise<NumberedNote[]> {
    const rows = await this.#inScope(scope)
      .selectAll()
      .where('rev', '>', rev)
      .orderBy('rev')
      .limit(limit)
      .execute();
    return rows.flatMap((row) => noteFrom(row) ?? []);
  }

  /** Makes the next rev larger than `rev`, for a hub that was restored from an older copy. */
  async skipTo(rev: number): Promise<void> {
    await this.#db.transaction(async () => {
      await this.#inOrder();
      const skip =
        this.#db.engine === 'sqlite'
          ? sql`UPDATE sqlite_sequence SET seq = max(seq, ${rev}) WHERE name = 'down_log'`
          : sql`SELECT setval('down_log_rev_seq', greatest(${rev}, last_value)) FROM down_log_rev_seq`;
      await skip.execute(this.#db.now);
    });
  }

  /**
   * PostgreSQL gives a rev out before its unit is committed: without taking turns a later one could be
   * seen first, a terminal would move its cursor over the gap, and never hear of the earlier one.
   */
  async #inOrder(): Promise<void> {
    if (this.#db.engine === 'sqlite') return; // one writer at a time as it is
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(ORDER_LOCK)})`.execute(this.#db.now);
  }

  #inScope({ siteId, terminalId }: DownScope) {
    return this.#db.now
      .selectFrom('down_log')
      .where('site_id', '=', siteId)
      .where((of) => of.or([of('terminal_id', 'is', null), of('terminal_id', '=', terminalId)]));
  }
}

function rowOf(note: DownNote) {
  return {
    terminal_id: note.kind === 'site' ? (note.terminalId ?? null) : null,
    kind: note.kind,
    person_id: note.kind === 'site' ? null : note.personId,
    template_id: note.kind === 'template' ? note.templateId : null,
    scope: note.kind === 'erasure' ? note.scope : null,
  };
}

function noteFrom(row: Selectable<HubTables['down_log']>): NumberedNote | undefined {
  const { rev, terminal_id: terminalId, person_id: personId, template_id: templateId } = row;
  if (row.kind === 'site')
    return { rev, kind: 'site', ...(terminalId === null ? {} : { terminalId }) };
  if (personId === null) return undefined;
  if (row.kind === 'person') return { rev, kind: 'person', personId };
  if (row.kind === 'erasure') {
    return {
      rev,
      kind: 'erasure',
      personId,
      scope: row.scope === 'person' ? 'person' : 'templates',
    };
  }
  return templateId === null ? undefined : { rev, kind: 'template', personId, templateId };
}
