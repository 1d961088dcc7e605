import { sql } from 'kysely';
import { z } from 'zod';
import { upEntry } from '#contracts/wire/v1/up-log';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { AuditCheckpoint, AuditEntry } from '#platform/crypto/audit-chain';
import type { ChainedEntry, ChainLink } from '#platform/crypto/entry-chain';

const ROWS_PER_READ = 500;

/** A log of a terminal, and the key its entries are signed with. */
export interface KeptLog {
  readonly logId: string;
  readonly signKey: string | null;
  /** Without a gap up to here. */
  readonly upto: number;
}

const auditEntry = z.looseObject({
  logId: z.string(),
  seq: z.number(),
  prev: z.string(),
  hash: z.string(),
  at: z.string(),
  act: z.looseObject({}),
});
const auditCheckpoint = z.object({
  body: z.object({ logId: z.string(), seq: z.number(), hash: z.string(), at: z.string() }),
  sig: z.string(),
});

/** What a backup is checked by: everything that is chained or signed, row by row. */
export class BackupRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Whether there is no table at all: the only place a backup may go. */
  async isEmpty(): Promise<boolean> {
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM pg_tables
      WHERE schemaname = 'public'`.execute(this.#db.now);
    return rows[0]?.n === 0;
  }

  async schemaVersion(): Promise<number> {
    const { rows } = await sql<{ version: number }>`SELECT version FROM schema_version`.execute(
      this.#db.now,
    );
    return rows[0]?.version ?? 0;
  }

  /** Of a database that was empty before: takes away what a failed restore put into it. */
  async clear(): Promise<void> {
    await sql`DROP SCHEMA public CASCADE`.execute(this.#db.now);
    await sql`CREATE SCHEMA public`.execute(this.#db.now);
  }

  async logs(): Promise<readonly KeptLog[]> {
    const rows = await this.#db.now
      .selectFrom('up_logs as l')
      .leftJoin('terminals as t', 't.terminal_id', 'l.terminal_id')
      .select(['l.log_id', 'l.upto', 't.sign_key'])
      .orderBy('l.log_id')
      .execute();
    return rows.map((row) => ({ logId: row.log_id, upto: row.upto, signKey: row.sign_key }));
  }

  /** In order, up to the first gap. @throws ZodError for a row that is no entry */
  async *entriesOf({ logId, upto }: KeptLog): AsyncGenerator<ChainedEntry> {
    let after = 0;
    while (after < upto) {
      const rows = await this.#db.now
        .selectFrom('up_entries')
        .select(['seq', 'entry'])
        .where('log_id', '=', logId)
        .where('seq', '>', after)
        .where('seq', '<=', upto)
        .orderBy('seq')
        .limit(ROWS_PER_READ)
        .execute();
      if (rows.length === 0) return;
      for (const { entry } of rows) yield upEntry.parse(JSON.parse(entry));
      after = rows.at(-1)?.seq ?? upto;
    }
  }

  async auditHead(): Promise<ChainLink | undefined> {
    const row = await this.#db.now.selectFrom('audit_heads').selectAll().executeTakeFirst();
    return row === undefined ? undefined : { logId: row.log_id, seq: row.seq, hash: row.hash };
  }

  async *auditEntries(): AsyncGenerator<AuditEntry> {
    let after = 0;
    for (;;) {
      const rows = await this.#db.now
        .selectFrom('audit_entries')
        .select(['seq', 'entry'])
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(ROWS_PER_READ)
        .execute();
      if (rows.length === 0) return;
      for (const { entry } of rows) yield auditEntry.parse(JSON.parse(entry));
      after = rows.at(-1)?.seq ?? after;
    }
  }

  async auditCheckpoints(): Promise<readonly AuditCheckpoint[]> {
    const rows = await this.#db.now
      .selectFrom('audit_checkpoints')
      .select('checkpoint')
      .orderBy('seq')
      .execute();
    return rows.map(({ checkpoint }) => auditCheckpoint.parse(JSON.parse(checkpoint)));
  }
}
