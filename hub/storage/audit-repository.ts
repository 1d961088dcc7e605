import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type AuditEntryText, auditCheckpoint, auditEntry } from '#contracts/rest/v1/audit';
import { assert } from '#domain/assert';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { peopleWithin } from '#hub/storage/within-reach';
import type { AuditCheckpoint } from '#platform/crypto/audit-chain';
import { type ChainLink, chainStart } from '#platform/crypto/entry-chain';

/** Conditions that add up. */
export interface AuditQuery {
  readonly fromMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly actorId?: string | undefined;
  /** Whole, or its noun. */
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  /** Acts on people within it, and acts of theirs; whoever is not limited sees the others as well. */
  readonly reach: Reach;
  readonly limit: number;
  /** The last one shown; the list goes backwards. */
  readonly after?: number | undefined;
}

/** A row as somebody finds it who does not trust it. */
export interface AuditRow {
  readonly seq: number;
  readonly text: string;
  /** Whether the columns that are searched say what the entry says. */
  readonly isAsWritten: boolean;
}

const WALK_ROWS = 1000; // read at a time by who walks the whole log

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('this is no JSON');
    return z.NEVER;
  }
});
/** May be anything by now: whoever checks the log has to go on. */
export const savedEntry = json.pipe(auditEntry);
export const savedCheckpoint = json.pipe(auditCheckpoint);

/** The audit log as stored: entries that stay, the end of their chain, and checkpoints of it. */
export class AuditRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Gives the log its id at the first start. */
  async found(logId: string): Promise<void> {
    const { seq, hash } = chainStart(logId);
    await this.#db.now
      .insertInto('audit_heads')
      .values({ id: 1, log_id: logId, seq, hash })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  /**
   * Nobody else appends until this unit is over. Best done first in a unit: PostgreSQL takes its
   * picture of the database behind it, so that no unit finds itself overtaken and has to run again.
   */
  async hold(): Promise<void> {
    if (this.#db.engine === 'sqlite') return; // a unit has the one writer to itself from its beginning
    await sql`LOCK TABLE audit_heads IN EXCLUSIVE MODE`.execute(this.#db.now);
  }

  async head(): Promise<ChainLink> {
    const row = await this.#db.now.selectFrom('audit_heads').selectAll().executeTakeFirst();
    assert(row !== undefined, 'the audit log is founded at start');
    return { logId: row.log_id, seq: row.seq, hash: row.hash };
  }

  /** Within a unit that holds the log. */
  async add(entry: AuditEntryText): Promise<void> {
    await this.#db.now.insertInto('audit_entries').values(rowOf(entry)).execute();
    await this.#db.now
      .updateTable('audit_heads')
      .set({ seq: entry.seq, hash: entry.hash })
      .execute();
  }

  /** Newest first. */
  async list(query: AuditQuery): Promise<readonly AuditEntryText[]> {
    const { fromMs, untilMs, actorId, action, subjectKind, subjectId, limit, after } = query;
    let rows = this.#db.now
      .selectFrom('audit_entries')
      .select('entry')
      .where(isWithin(query.reach));
    if (fromMs !== undefined) rows = rows.where('at_ms', '>=', fromMs);
    if (untilMs !== undefined) rows = rows.where('at_ms', '<', untilMs);
    if (actorId !== undefined) rows = rows.where('actor_id', '=', actorId);
    if (action !== undefined) rows = rows.where(isAction(action));
    if (subjectKind !== undefined) rows = rows.where('subject_kind', '=', subjectKind);
    if (subjectId !== undefined) rows = rows.where('subject_id', '=', subjectId);
    if (after !== undefined) rows = rows.where('seq', '<', after);
    const found = await rows.orderBy('seq', 'desc').limit(limit).execute();
    return found.map((row) => savedEntry.parse(row.entry));
  }

  /** All rows in their order, whatever they hold: for whoever checks them. */
  async *rows(): AsyncGenerator<AuditRow> {
    for (let after = 0; ; ) {
      const rows = await this.#db.now
        .selectFrom('audit_entries')
        .selectAll()
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(WALK_ROWS)
        .execute();
      for (const row of rows) {
        yield { seq: row.seq, text: row.entry, isAsWritten: isAsWritten(row) };
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < WALK_ROWS) return;
      after = last.seq;
    }
  }

  async addCheckpoint(checkpoint: AuditCheckpoint): Promise<void> {
    await this.#db.now
      .insertInto('audit_checkpoints')
      .values({ seq: checkpoint.body.seq, checkpoint: JSON.stringify(checkpoint) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** In the order of the log. */
  async checkpoints(): Promise<readonly AuditCheckpoint[]> {
    const rows = await this.#db.now
      .selectFrom('audit_checkpoints')
      .select('checkpoint')
      .orderBy('seq')
      .execute();
    return rows.map((row) => savedCheckpoint.parse(row.checkpoint));
  }
}

function rowOf(entry: AuditEntryText): Selectable<HubTables['audit_entries']> {
  const { actor, action, subject } = entry.act;
  return {
    seq: entry.seq,
    at_ms: Temporal.Instant.from(entry.at).epochMilliseconds,
    actor_id: actor.id,
    action,
    subject_kind: subject.kind,
    subject_id: subject.id,
    entry: JSON.stringify(entry),
  };
}

function isAsWritten(row: Selectable<HubTables['audit_entries']>): boolean {
  const entry = savedEntry.safeParse(row.entry);
  if (!entry.success) return false;
  const said = rowOf(entry.data);
  const columns = ['seq', 'at_ms', 'actor_id', 'action', 'subject_kind', 'subject_id'] as const;
  return columns.every((column) => said[column] === row[column]);
}

function isWithin(reach: Reach) {
  if (reach.kind === 'everybody') return sql<boolean>`1 = 1`;
  return sql<boolean>`((subject_kind = 'person' AND ${peopleWithin('subject_id', reach)}) OR
    actor_id IN (SELECT account_id FROM accounts AS acting
      WHERE ${peopleWithin('acting.person_id', reach)}))`;
}

/** `grant` is every act on grants, `grant.changed` that one alone. */
function isAction(action: string) {
  const below = `${action.replace(/[\\%_]/g, '\\$&')}.%`;
  return sql<boolean>`(action = ${action} OR action LIKE ${below} ESCAPE '\\')`;
}
