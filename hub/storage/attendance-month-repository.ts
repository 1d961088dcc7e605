import { sql } from 'kysely';
import { answerDay } from '#contracts/attendance/answer-contract';
import { type MonthPart, monthPart } from '#contracts/attendance/month-mapper';
import type { Finality } from '#domain/attendance/finality/finality';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin } from '#hub/storage/within-reach';

/** From the first date to the last, both inside. */
export interface MonthSpan {
  readonly from: string;
  readonly to: string;
}

/** Whose months: of this person, or of everybody, and of those within reach. */
export interface MonthPeople {
  readonly personId?: string | undefined;
  readonly after: string;
  readonly limit: number;
  readonly reach: Reach;
}

/** A stored day, as far as its month reads it. */
export interface StoredPart {
  readonly personId: string;
  readonly state: Finality;
  readonly part: MonthPart;
}

/** Of the differences booked beside a person's locked days, the sum of one figure. */
export interface BookedSum {
  readonly personId: string;
  readonly figure: string;
  readonly difference: number;
}

/** What months are made of. */
export class AttendanceMonthRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns ids of people within reach in their order, behind one of them */
  async people({ after, limit, personId, reach }: MonthPeople): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('people')
      .select('person_id')
      .where('person_id', '>', after)
      .where(peopleWithin('people.person_id', reach))
      .$if(personId !== undefined, (all) => all.where('person_id', '=', personId ?? ''))
      .orderBy('person_id')
      .limit(limit)
      .execute();
    return rows.map((row) => row.person_id);
  }

  async parts(people: readonly string[], { from, to }: MonthSpan): Promise<StoredPart[]> {
    if (people.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('attendance_days')
      .select(['person_id', 'state', 'result'])
      .where('person_id', 'in', people)
      .where('date', '>=', from)
      .where('date', '<=', to)
      .orderBy('date')
      .execute();
    return rows.map((row) => ({
      personId: row.person_id,
      state: answerDay.shape.state.parse(row.state),
      part: monthPart.parse(JSON.parse(row.result)),
    }));
  }

  async booked(people: readonly string[], { from, to }: MonthSpan): Promise<BookedSum[]> {
    if (people.length === 0) return [];
    return await this.#db.now
      .selectFrom('attendance_adjustments')
      .select(['person_id as personId', 'figure', sql<number>`sum(difference)`.as('difference')])
      .where('person_id', 'in', people)
      .where('date', '>=', from)
      .where('date', '<=', to)
      .groupBy(['person_id', 'figure'])
      .execute();
  }
}
