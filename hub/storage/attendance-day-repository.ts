import { z } from 'zod';
import { type AnswerDay, answerDay } from '#contracts/attendance/answer-contract';
import type { Finality } from '#domain/attendance/finality/finality';
import type { SqliteDatabase } from '#platform/sqlite/database';

/** A result as stored; the same inputs give the same bytes. */
export interface StoredDay {
  readonly personId: string;
  readonly date: string;
  readonly state: Finality;
  readonly ruleVersion: number | null;
  readonly inputsHash: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly result: AnswerDay;
  /** When the date is over, and when a further duty of it can be decided; epoch seconds. */
  readonly settlesAt: number | null;
  readonly reviewAt: number | null;
}

/** A figure of a locked day that would be different now, booked in the open period. */
export interface StoredAdjustment {
  readonly personId: string;
  readonly date: string;
  readonly figure: string;
  readonly locked: number;
  readonly now: number;
  readonly difference: number;
  readonly inputsHash: string;
  readonly bookedAtMs: number;
}

interface DayRow {
  readonly person_id: string;
  readonly date: string;
  readonly state: string;
  readonly rule_version: number | null;
  readonly inputs_hash: string;
  readonly figures: string;
  readonly result: string;
  readonly settles_s: number | null;
  readonly review_s: number | null;
}

interface AdjustmentRow extends Omit<StoredAdjustment, 'personId' | 'inputsHash' | 'bookedAtMs'> {
  readonly person_id: string;
  readonly inputs_hash: string;
  readonly booked_at_ms: number;
}

export interface DayQuery {
  readonly from: string;
  readonly to: string;
  readonly personId?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const savedFigures = json.pipe(z.record(z.string(), z.number()));
const savedResult = json.pipe(answerDay);

const IN_QUERY = `date BETWEEN @from AND @to AND (@personId IS NULL OR person_id = @personId)`;

/** Computed days, and what was booked after they were locked. */
export class AttendanceDayRepository {
  readonly #db: SqliteDatabase;
  readonly #locked;
  readonly #save;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.#locked = db.prepare<[string, string], { state: string; figures: string }>(
      'SELECT state, figures FROM attendance_days WHERE person_id = ? AND date = ?',
    );
    this.#save = db.prepare(
      `INSERT INTO attendance_days (person_id, date, state, rule_version, inputs_hash, figures,
         result, settles_s, review_s)
       VALUES (@personId, @date, @state, @ruleVersion, @inputsHash, @figures, @result, @settlesAt,
         @reviewAt)
       ON CONFLICT (person_id, date) DO UPDATE SET state = excluded.state,
         rule_version = excluded.rule_version, inputs_hash = excluded.inputs_hash,
         figures = excluded.figures, result = excluded.result, settles_s = excluded.settles_s,
         review_s = excluded.review_s`,
    );
  }

  /** What is known of a date already; absent when nothing was computed yet. */
  known(personId: string, date: string): Pick<StoredDay, 'state' | 'figures'> | undefined {
    const row = this.#locked.get(personId, date);
    if (row === undefined) return undefined;
    return {
      state: answerDay.shape.state.parse(row.state),
      figures: savedFigures.parse(row.figures),
    };
  }

  save(day: StoredDay): void {
    const { figures, result } = day;
    this.#save.run({
      ...day,
      figures: JSON.stringify(figures),
      result: JSON.stringify(result),
    });
  }

  between(query: DayQuery): { days: StoredDay[]; total: number } {
    const asked = { ...query, personId: query.personId ?? null };
    const days = this.#db
      .prepare<[typeof asked], DayRow>(
        `SELECT * FROM attendance_days WHERE ${IN_QUERY}
         ORDER BY date, person_id LIMIT @limit OFFSET @offset`,
      )
      .all(asked)
      .map(dayFrom);
    const counted = this.#db
      .prepare<[typeof asked], { n: number }>(
        `SELECT count(*) AS n FROM attendance_days WHERE ${IN_QUERY}`,
      )
      .get(asked);
    return { days, total: counted?.n ?? 0 };
  }

  /** How many days up to a date are in each state; what is to be known before it is locked. */
  countStates(through: string): Partial<Record<Finality, number>> {
    const rows = this.#db
      .prepare<[string], { state: Finality; n: number }>(
        'SELECT state, count(*) AS n FROM attendance_days WHERE date <= ? GROUP BY state',
      )
      .all(through);
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  book(adjustment: StoredAdjustment): void {
    this.#db
      .prepare(
        `INSERT INTO attendance_adjustments (person_id, date, figure, locked, now, difference,
           inputs_hash, booked_at_ms)
         VALUES (@personId, @date, @figure, @locked, @now, @difference, @inputsHash, @bookedAtMs)`,
      )
      .run(adjustment);
  }

  /** In the order in which they were booked. */
  adjustments(query: Pick<DayQuery, 'from' | 'to' | 'personId'>): StoredAdjustment[] {
    const asked = { ...query, personId: query.personId ?? null };
    return this.#db
      .prepare<[typeof asked], AdjustmentRow>(
        `SELECT * FROM attendance_adjustments WHERE ${IN_QUERY} ORDER BY id`,
      )
      .all(asked)
      .map((row) => ({
        personId: row.person_id,
        date: row.date,
        figure: row.figure,
        locked: row.locked,
        now: row.now,
        difference: row.difference,
        inputsHash: row.inputs_hash,
        bookedAtMs: row.booked_at_ms,
      }));
  }
}

function dayFrom(row: DayRow): StoredDay {
  return {
    personId: row.person_id,
    date: row.date,
    state: answerDay.shape.state.parse(row.state),
    ruleVersion: row.rule_version,
    inputsHash: row.inputs_hash,
    figures: savedFigures.parse(row.figures),
    result: savedResult.parse(row.result),
    settlesAt: row.settles_s,
    reviewAt: row.review_s,
  };
}
