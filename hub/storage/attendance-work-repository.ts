import type { SqliteDatabase } from '#platform/sqlite/database';

/** What stands for everybody. */
export interface AttendanceState {
  /** Moves with every change of rules and calendars. */
  readonly revision: number;
  readonly seededThrough: string | undefined;
  readonly lockedThrough: string | undefined;
  readonly nationalDays: string;
}

interface StateRow {
  readonly revision: number;
  readonly seeded_through: string | null;
  readonly locked_through: string | null;
  readonly national_days: string;
}

/** Which days have to be computed, again or for the first time. */
export class AttendanceWorkRepository {
  readonly #db: SqliteDatabase;
  readonly #mark;
  readonly #nextPerson;
  readonly #datesOf;
  readonly #done;
  readonly #state;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.#mark = db.prepare<[string, string]>(
      'INSERT INTO attendance_dirty (person_id, date) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#nextPerson = db.prepare<[string], { person_id: string }>(
      'SELECT person_id FROM attendance_dirty WHERE person_id > ? ORDER BY person_id LIMIT 1',
    );
    this.#datesOf = db.prepare<[string, number], { date: string }>(
      'SELECT date FROM attendance_dirty WHERE person_id = ? ORDER BY date LIMIT ?',
    );
    this.#state = db.prepare<[], StateRow>('SELECT * FROM attendance_state');
    this.#done = db.prepare<[string, string]>(
      'DELETE FROM attendance_dirty WHERE person_id = ? AND date <= ?',
    );
  }

  mark(personId: string, date: string): void {
    this.#mark.run(personId, date);
  }

  /** Everybody, on every date from the first to the last. */
  markEverybody(from: string, to: string): void {
    this.#db
      .prepare(
        `WITH RECURSIVE span (date) AS (
           SELECT @from WHERE @from <= @to
           UNION ALL SELECT date(date, '+1 day') FROM span WHERE date < @to)
         INSERT INTO attendance_dirty (person_id, date)
         SELECT person_id, date FROM people CROSS JOIN span WHERE true ON CONFLICT DO NOTHING`,
      )
      .run({ from, to });
  }

  /** Days that exist already, of everybody or of one person. */
  markExisting(range: {
    readonly from: string;
    readonly to: string;
    readonly personId?: string;
  }): void {
    this.#db
      .prepare(
        `INSERT INTO attendance_dirty (person_id, date)
         SELECT person_id, date FROM attendance_days
         WHERE date BETWEEN @from AND @to AND (@personId IS NULL OR person_id = @personId)
         ON CONFLICT DO NOTHING`,
      )
      .run({ ...range, personId: range.personId ?? null });
  }

  /** Days of a period that is to be frozen. */
  markUnlocked(through: string): void {
    this.#db
      .prepare(
        `INSERT INTO attendance_dirty (person_id, date)
         SELECT person_id, date FROM attendance_days WHERE date <= ? AND state <> 'final'
         ON CONFLICT DO NOTHING`,
      )
      .run(through);
  }

  /** A date that began: everybody has a day, whether they punch or not. */
  markMissing(date: string): void {
    this.#db
      .prepare(
        `INSERT INTO attendance_dirty (person_id, date)
         SELECT person_id, @date FROM people p WHERE NOT EXISTS (
           SELECT 1 FROM attendance_days d WHERE d.person_id = p.person_id AND d.date = @date)
         ON CONFLICT DO NOTHING`,
      )
      .run({ date });
  }

  /**
   * What time has settled: days that are over, and duties whose windows closed before `decided`, up
   * to when everything is known.
   */
  markSettled(now: number, decided: number): void {
    this.#db
      .prepare(
        `INSERT INTO attendance_dirty (person_id, date)
         SELECT person_id, date FROM attendance_days WHERE settles_s < @now
         UNION SELECT person_id, date FROM attendance_days WHERE review_s <= @decided
         ON CONFLICT DO NOTHING`,
      )
      .run({ now, decided });
  }

  personAfter(personId: string): string | undefined {
    return this.#nextPerson.get(personId)?.person_id;
  }

  datesOf(personId: string, limit: number): string[] {
    return this.#datesOf.all(personId, limit).map((row) => row.date);
  }

  done(personId: string, through: string): void {
    this.#done.run(personId, through);
  }

  /** @param through of the dates up to this one only */
  count(through = '9999-12-31'): number {
    const row = this.#db
      .prepare<[string], { n: number }>(
        'SELECT count(*) AS n FROM attendance_dirty WHERE date <= ?',
      )
      .get(through);
    return row?.n ?? 0;
  }

  state(): AttendanceState {
    const row = this.#state.get();
    return {
      revision: row?.revision ?? 0,
      seededThrough: row?.seeded_through ?? undefined,
      lockedThrough: row?.locked_through ?? undefined,
      nationalDays: row?.national_days ?? '[]',
    };
  }

  moveRevision(): void {
    this.#db.prepare('UPDATE attendance_state SET revision = revision + 1').run();
  }

  saveSeeded(through: string): void {
    this.#db.prepare('UPDATE attendance_state SET seeded_through = ?').run(through);
  }

  saveLocked(through: string): void {
    this.#db.prepare('UPDATE attendance_state SET locked_through = ?').run(through);
  }

  saveNationalDays(days: string): void {
    this.#db.prepare('UPDATE attendance_state SET national_days = ?').run(days);
  }
}
