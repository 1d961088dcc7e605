import { sql } from 'kysely';
import { type UpEntry, upEntry } from '#contracts/wire/v1/up-log';
import type { HubDatabase } from '#hub/storage/hub-database';

/** Why an entry is kept but not acted on. */
export type EntryRemark =
  | 'unknown-kind'
  | 'unreadable-body'
  | 'unknown-person'
  | 'no-consent'
  | 'unreadable-seal'
  | 'no-such-punch'
  | 'impossible-time';

/** What is known of one place in a log. */
export interface StoredLink {
  readonly prev: string;
  readonly hash: string;
}

export interface Range {
  readonly from: number;
  readonly upto: number;
}

/** How much of a log is here. */
export interface LogExtent {
  /** Stored without a gap up to here. */
  readonly upto: number;
  readonly head: number;
  readonly missing: readonly Range[];
}

const ROWS_AT_ONCE = 500; // of seven values each: far from what a statement may carry on either engine
const SEQS_AT_ONCE = 5000;

/** The logs of all terminals, exactly as they were signed. Nothing here is ever changed. */
export class UpLogRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async ownerOf(logId: string): Promise<string | undefined> {
    const row = await this.#db.now
      .selectFrom('up_logs')
      .select('terminal_id')
      .where('log_id', '=', logId)
      .executeTakeFirst();
    return row?.terminal_id;
  }

  /** What is stored at these places; a place that is still empty is missing from the answer. */
  async linksAt(logId: string, seqs: readonly number[]): Promise<Map<number, StoredLink>> {
    const links = new Map<number, StoredLink>();
    for (let first = 0; first < seqs.length; first += SEQS_AT_ONCE) {
      const rows = await this.#db.now
        .selectFrom('up_entries')
        .select(['seq', 'prev', 'hash'])
        .where('log_id', '=', logId)
        .where('seq', 'in', seqs.slice(first, first + SEQS_AT_ONCE))
        .execute();
      for (const { seq, prev, hash } of rows) links.set(seq, { prev, hash });
    }
    return links;
  }

  async begin(logId: string, terminalId: string): Promise<void> {
    await this.#db.now
      .insertInto('up_logs')
      .values({ log_id: logId, terminal_id: terminalId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async append(entries: readonly UpEntry[], receivedAtMs: number): Promise<void> {
    for (let first = 0; first < entries.length; first += ROWS_AT_ONCE) {
      const rows = entries.slice(first, first + ROWS_AT_ONCE).map((entry) => ({
        log_id: entry.logId,
        seq: entry.seq,
        kind: entry.kind,
        prev: entry.prev,
        hash: entry.hash,
        entry: JSON.stringify(entry),
        received_at_ms: receivedAtMs,
      }));
      await this.#db.now.insertInto('up_entries').values(rows).execute();
    }
  }

  /** Moves `upto` over what has become contiguous. @returns what it moved over, in order */
  async closeGaps(logId: string): Promise<UpEntry[]> {
    const before = await this.#upto(logId);
    const upto = await this.#contiguousFrom(logId, before);
    if (upto === before) return [];
    const closed = await this.#db.now
      .selectFrom('up_entries')
      .select('entry')
      .where('log_id', '=', logId)
      .where('seq', '>', before)
      .where('seq', '<=', upto)
      .orderBy('seq')
      .execute();
    await this.#db.now.updateTable('up_logs').set({ upto }).where('log_id', '=', logId).execute();
    return closed.map((row) => upEntry.parse(JSON.parse(row.entry)));
  }

  async extent(logId: string): Promise<LogExtent> {
    const upto = await this.#upto(logId);
    const early = await this.#db.now
      .selectFrom('up_entries')
      .select('seq')
      .where('log_id', '=', logId)
      .where('seq', '>', upto)
      .orderBy('seq')
      .execute();
    const missing: Range[] = [];
    let last = upto;
    for (const { seq } of early) {
      if (seq > last + 1) missing.push({ from: last + 1, upto: seq - 1 });
      last = seq;
    }
    return { upto, head: last, missing };
  }

  /** How many entries are stored behind a gap. */
  async countEarly(logId: string): Promise<number> {
    const row = await this.#db.now
      .selectFrom('up_entries')
      .select((of) => of.fn.countAll<number>().as('early'))
      .where('log_id', '=', logId)
      .where('seq', '>', await this.#upto(logId))
      .executeTakeFirstOrThrow();
    return row.early;
  }

  async remark(entry: UpEntry, remark: EntryRemark): Promise<void> {
    await this.#db.now
      .insertInto('entry_remarks')
      .values({ log_id: entry.logId, seq: entry.seq, remark })
      .execute();
  }

  /** How many entries are kept without being acted on, by reason. */
  async countRemarks(): Promise<Partial<Record<EntryRemark, number>>> {
    const rows = await this.#db.now
      .selectFrom('entry_remarks')
      .select((of) => ['remark', of.fn.countAll<number>().as('entries')])
      .groupBy('remark')
      .execute();
    return Object.fromEntries(rows.map((row) => [row.remark, row.entries]));
  }

  async saveConsent(
    entry: UpEntry,
    consent: {
      readonly consentId: string;
      readonly personId: string;
      readonly given: 0 | 1;
    },
  ): Promise<void> {
    await this.#db.now
      .insertInto('consents')
      .values({
        log_id: entry.logId,
        seq: entry.seq,
        consent_id: consent.consentId,
        person_id: consent.personId,
        given: consent.given,
      })
      .execute();
  }

  /** The consent must have been given by that person, in an entry already stored. */
  async hasConsent(personId: string, consentId: string): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('consents')
      .select((of) => of.fn.min('given').as('given'))
      .where('person_id', '=', personId)
      .where('consent_id', '=', consentId)
      .executeTakeFirst();
    return row?.given === 1;
  }

  async #upto(logId: string): Promise<number> {
    const row = await this.#db.now
      .selectFrom('up_logs')
      .select('upto')
      .where('log_id', '=', logId)
      .executeTakeFirst();
    return row?.upto ?? 0;
  }

  /** The last place that is reached from `before` without stepping over an empty one. */
  async #contiguousFrom(logId: string, before: number): Promise<number> {
    const { rows } = await sql<{ upto: number | null }>`
      SELECT max(seq) AS upto FROM (
        SELECT seq, row_number() OVER (ORDER BY seq) AS nth
        FROM up_entries WHERE log_id = ${logId} AND seq > ${before}) behind
      WHERE seq - nth = ${before}`.execute(this.#db.now);
    return rows[0]?.upto ?? before;
  }
}
