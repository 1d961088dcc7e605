import { type RawBuilder, sql } from 'kysely';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import type { HubDatabase } from '#hub/storage/hub-database';

const ROWS_AT_ONCE = 1000; // two parameters each, and SQLite takes 32 766

/** What stands for everybody. */
export interface AttendanceState {
  /** Moves with every change of rules and calendars. */
  readonly revision: number;
  readonly seededThrough: string | undefined;
  readonly lockedThrough: string | undefined;
  readonly nationalDays: string;
}

/**
 * Which days have to be computed, again or for the first time.
 *
 * A mark that is there already is written once more, not passed over: on PostgreSQL somebody may be
 * computing that very day from what was known before, and is about to take the mark away. Writing the
 * row makes the two wait for each other, and whoever is late begins again.
 */
export class AttendanceWorkRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async mark(personId: string, dates: readonly string[]): Promise<void> {
    await this.markAll(dates.map((date) => ({ personId, date })));
  }

  /** In one order, whoever marks: two that met halfway would each wait for the other. */
  async markAll(
    days: readonly { readonly personId: string; readonly date: string }[],
  ): Promise<void> {
    const byKey = new Map(days.map((day) => [`${day.date} ${day.personId}`, day]));
    const rows = [...byKey]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { personId, date }]) => ({ person_id: personId, date }));
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await this.#db.now
        .insertInto('attendance_dirty')
        .values(rows.slice(start, start + ROWS_AT_ONCE))
        .onConflict((conflict) =>
          conflict
            .columns(['person_id', 'date'])
            .doUpdateSet((row) => ({ date: row.ref('excluded.date') })),
        )
        .execute();
    }
  }

  /** Everybody, on every date from the first to the last. */
  async markEverybody(from: string, to: string): Promise<void> {
    const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
    for (let date = first; date <= last; date += 1) {
      await this.#markFrom(sql`SELECT person_id, ${isoOf(date)} FROM people WHERE 1 = 1`);
    }
  }

  /** Days that exist already, of everybody or of one person. */
  async markExisting(range: {
    readonly from: string;
    readonly to: string;
    readonly personId?: string;
  }): Promise<void> {
    const { from, to, personId } = range;
    const whose = personId === undefined ? sql`1 = 1` : sql`person_id = ${personId}`;
    await this.#markFrom(
      sql`SELECT person_id, date FROM attendance_days WHERE date BETWEEN ${from} AND ${to} AND ${whose}`,
    );
  }

  /** Days that exist already, of everybody in a department or below it. */
  async markExistingBelow(departmentId: string): Promise<void> {
    await this.#markFrom(
      sql`SELECT person_id, date FROM attendance_days WHERE person_id IN (
        SELECT person_id FROM people WHERE department_id IN (
          WITH RECURSIVE below (id) AS (
            SELECT department_id FROM departments WHERE department_id = ${departmentId}
            UNION
            SELECT d.department_id FROM below JOIN departments d ON d.parent_id = below.id)
          SELECT id FROM below))`,
    );
  }

  /** Days of a period that is to be frozen. */
  async markUnlocked(through: string): Promise<void> {
    await this.#markFrom(
      sql`SELECT person_id, date FROM attendance_days WHERE date <= ${through} AND state <> 'final'`,
    );
  }

  /** A date that began: everybody has a day, whether they punch or not. */
  async markMissing(date: string): Promise<void> {
    await this.#markFrom(
      sql`SELECT person_id, ${date} FROM people p WHERE NOT EXISTS (
        SELECT 1 FROM attendance_days d WHERE d.person_id = p.person_id AND d.date = ${date})`,
    );
  }

  /**
   * What time has settled: days that are over, and duties whose windows closed before `decided`, up
   * to when everything is known.
   */
  async markSettled(now: number, decided: number): Promise<void> {
    await this.#markFrom(
      sql`SELECT person_id, date FROM (
        SELECT person_id, date FROM attendance_days WHERE settles_s < ${now}
        UNION SELECT person_id, date FROM attendance_days WHERE review_s <= ${decided}) settled
      WHERE 1 = 1`,
    );
  }

  /** @param source each day once, and with a WHERE: SQLite would read ON CONFLICT as a join's ON */
  async #markFrom(source: RawBuilder<unknown>): Promise<void> {
    await sql`INSERT INTO attendance_dirty (person_id, date) ${source}
      ON CONFLICT (person_id, date) DO UPDATE SET date = excluded.date`.execute(this.#db.now);
  }

  async personAfter(personId: string): Promise<string | undefined> {
    const row = await this.#db.now
      .selectFrom('attendance_dirty')
      .select('person_id')
      .where('person_id', '>', personId)
      .orderBy('person_id')
      .limit(1)
      .executeTakeFirst();
    return row?.person_id;
  }

  /**
   * For whoever computes them next. Of several hubs each gets other dates, and nobody waits: what
   * another one holds is left out.
   */
  async datesOf(personId: string, limit: number): Promise<string[]> {
    const dates = this.#db.now
      .selectFrom('attendance_dirty')
      .select('date')
      .where('person_id', '=', personId)
      .orderBy('date')
      .limit(limit);
    const own = this.#db.engine === 'postgres' ? dates.forUpdate().skipLocked() : dates;
    return (await own.execute()).map((row) => row.date);
  }

  async done(personId: string, dates: readonly string[]): Promise<void> {
    if (dates.length === 0) return;
    await this.#db.now
      .deleteFrom('attendance_dirty')
      .where('person_id', '=', personId)
      .where('date', 'in', dates)
      .execute();
  }

  /** @param through of the dates up to this one only */
  async count(through = '9999-12-31'): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('attendance_dirty')
      .select((table) => table.fn.countAll<number>().as('n'))
      .where('date', '<=', through)
      .executeTakeFirstOrThrow();
    return n;
  }

  async state(): Promise<AttendanceState> {
    const row = await this.#db.now
      .selectFrom('attendance_state')
      .selectAll()
      .executeTakeFirstOrThrow();
    return {
      revision: row.revision,
      seededThrough: row.seeded_through ?? undefined,
      lockedThrough: row.locked_through ?? undefined,
      nationalDays: row.national_days,
    };
  }

  async moveRevision(): Promise<void> {
    await this.#db.now
      .updateTable('attendance_state')
      .set((state) => ({ revision: state('revision', '+', 1) }))
      .execute();
  }

  async saveSeeded(through: string): Promise<void> {
    await this.#db.now.updateTable('attendance_state').set({ seeded_through: through }).execute();
  }

  async saveLocked(through: string): Promise<void> {
    await this.#db.now.updateTable('attendance_state').set({ locked_through: through }).execute();
  }

  async saveNationalDays(days: string): Promise<void> {
    await this.#db.now.updateTable('attendance_state').set({ national_days: days }).execute();
  }
}
