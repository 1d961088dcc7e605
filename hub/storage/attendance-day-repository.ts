import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { type AnswerDay, answerDay } from '#contracts/attendance/answer-contract';
import type { Finality } from '#domain/attendance/finality/finality';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { peopleWithin } from '#hub/storage/within-reach';

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

export interface DayQuery {
  readonly from: string;
  readonly to: string;
  readonly personId?: string | undefined;
  readonly reach: Reach;
  readonly limit: number;
  readonly offset: number;
}

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const savedFigures = json.pipe(z.record(z.string(), z.number()));
const savedResult = json.pipe(answerDay);

const DAYS_AT_ONCE = 500; // nine parameters each, and SQLite takes 32 766

/** A row that is there already, as far as it decides what becomes of a new result. */
export interface KnownDay {
  readonly state: Finality;
  readonly inputsHash: string;
  /** Of a locked day; nobody asks for those of others. */
  readonly locked: StoredDay['figures'];
}

/** Computed days, and what was booked after they were locked. */
export class AttendanceDayRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** What is known already of a person's dates, by date. */
  async known(
    personId: string,
    { from, to }: Pick<DayQuery, 'from' | 'to'>,
  ): Promise<ReadonlyMap<string, KnownDay>> {
    const rows = await this.#db.now
      .selectFrom('attendance_days')
      .select((table) => [
        'date',
        'state',
        'inputs_hash',
        table
          .case()
          .when('state', '=', 'final')
          .then(table.ref('figures'))
          .else('{}')
          .end()
          .as('locked'),
      ])
      .where('person_id', '=', personId)
      .where('date', '>=', from)
      .where('date', '<=', to)
      .execute();
    return new Map(
      rows.map(({ date, state, inputs_hash: inputsHash, locked }) => [
        date,
        {
          state: answerDay.shape.state.parse(state),
          inputsHash,
          locked: savedFigures.parse(locked),
        },
      ]),
    );
  }

  /** @param days each date of a person once */
  async save(days: readonly StoredDay[]): Promise<void> {
    for (let start = 0; start < days.length; start += DAYS_AT_ONCE) {
      await this.#db.now
        .insertInto('attendance_days')
        .values(days.slice(start, start + DAYS_AT_ONCE).map(rowOf))
        .onConflict((conflict) =>
          conflict.columns(['person_id', 'date']).doUpdateSet((row) => ({
            state: row.ref('excluded.state'),
            rule_version: row.ref('excluded.rule_version'),
            inputs_hash: row.ref('excluded.inputs_hash'),
            figures: row.ref('excluded.figures'),
            result: row.ref('excluded.result'),
            settles_s: row.ref('excluded.settles_s'),
            review_s: row.ref('excluded.review_s'),
          })),
        )
        .execute();
    }
  }

  async between(query: DayQuery): Promise<{ days: StoredDay[]; total: number }> {
    const asked = this.#daysIn(query);
    const rows = await asked
      .selectAll()
      .orderBy('date')
      .orderBy('person_id')
      .limit(query.limit)
      .offset(query.offset)
      .execute();
    const { n } = await asked
      .select((table) => table.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return { days: rows.map(dayFrom), total: n };
  }

  #daysIn({ from, to, personId, reach }: Omit<DayQuery, 'limit' | 'offset'>) {
    const days = this.#db.now
      .selectFrom('attendance_days')
      .where('date', '>=', from)
      .where('date', '<=', to)
      .where(peopleWithin('attendance_days.person_id', reach));
    return personId === undefined ? days : days.where('person_id', '=', personId);
  }

  /** How many days up to a date are in each state; what is to be known before it is locked. */
  async countStates(through: string): Promise<Partial<Record<Finality, number>>> {
    const rows = await this.#db.now
      .selectFrom('attendance_days')
      .select((table) => ['state', table.fn.countAll<number>().as('n')])
      .where('date', '<=', through)
      .groupBy('state')
      .execute();
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  /** Days that are over and wait for terminals, and would not if everything up to then were known. */
  async countWaiting(decided: number): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('attendance_days')
      .select((table) => table.fn.countAll<number>().as('n'))
      .where('state', '=', 'pendingSync')
      .where('review_s', '<=', decided)
      .executeTakeFirstOrThrow();
    return n;
  }

  async book(adjustments: readonly StoredAdjustment[]): Promise<void> {
    for (let start = 0; start < adjustments.length; start += DAYS_AT_ONCE) {
      const rows = adjustments.slice(start, start + DAYS_AT_ONCE);
      await this.#db.now
        .insertInto('attendance_adjustments')
        .values(
          rows.map(({ personId, inputsHash, bookedAtMs, ...row }) => ({
            ...row,
            person_id: personId,
            inputs_hash: inputsHash,
            booked_at_ms: bookedAtMs,
          })),
        )
        .execute();
    }
  }

  /** In the order in which they were booked. */
  async adjustments({
    from,
    to,
    personId,
    reach,
  }: Omit<DayQuery, 'limit' | 'offset'>): Promise<StoredAdjustment[]> {
    const booked = this.#db.now
      .selectFrom('attendance_adjustments')
      .selectAll()
      .where('date', '>=', from)
      .where('date', '<=', to)
      .where(peopleWithin('attendance_adjustments.person_id', reach));
    const own = personId === undefined ? booked : booked.where('person_id', '=', personId);
    return (await own.orderBy('id').execute()).map((row) => ({
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

function rowOf(day: StoredDay): Insertable<HubTables['attendance_days']> {
  return {
    person_id: day.personId,
    date: day.date,
    state: day.state,
    rule_version: day.ruleVersion,
    inputs_hash: day.inputsHash,
    figures: JSON.stringify(day.figures),
    result: JSON.stringify(day.result),
    settles_s: day.settlesAt,
    review_s: day.reviewAt,
  };
}

function dayFrom(row: Selectable<HubTables['attendance_days']>): StoredDay {
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
