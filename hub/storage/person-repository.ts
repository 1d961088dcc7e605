import { sql } from 'kysely';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import {
  type Belongings,
  columnsOf,
  NOWHERE,
  type PersonRecord,
  recordsOf,
  type StoredPerson,
  storedPersonFrom,
  storedPersonOf,
} from '#hub/storage/person-record';
import { peopleWithin } from '#hub/storage/within-reach';

export type { StoredPerson } from '#hub/storage/person-record';

const ROWS_AT_ONCE = 500; // of some twenty values each; SQLite takes 32 766

/** Somebody new; what is not said of where they belong is nothing, and the first site. */
export type AddedPerson = StoredPerson & Partial<Belongings>;

/** Where a person is written, and read by those who know whom they mean. */
export class PersonRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async get(personId: string): Promise<StoredPerson | undefined> {
    const row = await this.#db.now
      .selectFrom('people')
      .selectAll()
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return row === undefined ? undefined : storedPersonFrom(row);
  }

  /** For a terminal of a site: undefined when it has nothing to do with that person (any more). */
  async toldAt(siteId: string, personId: string): Promise<StoredPerson | undefined> {
    const person = await this.record(personId);
    return person !== undefined && sitesToldOf(person).includes(siteId)
      ? storedPersonOf(person)
      : undefined;
  }

  async record(personId: string): Promise<PersonRecord | undefined> {
    return (await recordsOf(this.#db, [personId]))[0];
  }

  async records(personIds: readonly string[]): Promise<readonly PersonRecord[]> {
    const found: PersonRecord[] = [];
    for (let first = 0; first < personIds.length; first += ROWS_AT_ONCE) {
      found.push(...(await recordsOf(this.#db, personIds.slice(first, first + ROWS_AT_ONCE))));
    }
    return found;
  }

  /** Of those within reach; the others are not there. */
  async recordWithin(personId: string, reach: Reach): Promise<PersonRecord | undefined> {
    return (await this.isWithin(personId, reach)) ? await this.record(personId) : undefined;
  }

  async isWithin(personId: string, reach: Reach): Promise<boolean> {
    return (await this.within([personId], reach)).has(personId);
  }

  /** Which of these people are within reach. */
  async within(personIds: readonly string[], reach: Reach): Promise<ReadonlySet<string>> {
    if (personIds.length === 0) return new Set(); // PostgreSQL has no empty list
    const rows = await this.#db.now
      .selectFrom('people as p')
      .select('p.person_id')
      .where('p.person_id', 'in', personIds)
      .where(peopleWithin('p.person_id', reach))
      .execute();
    return new Set(rows.map((row) => row.person_id));
  }

  /** Everybody the terminals of a site are to know. */
  async idsToldAt(siteId: string): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('people as p')
      .innerJoin('person_sites as s', 's.person_id', 'p.person_id')
      .select('p.person_id')
      .where('s.site_id', '=', siteId)
      .where('p.left_at_ms', 'is', null)
      .where('p.erased_at_ms', 'is', null)
      .orderBy('p.created_at_ms')
      .orderBy('p.person_id')
      .execute();
    return rows.map((row) => row.person_id);
  }

  /** Whatever the case of its letters. */
  async holderOf(employeeNo: string): Promise<string | undefined> {
    const row = await this.#db.now
      .selectFrom('people')
      .select('person_id')
      .where(sql<boolean>`lower(employee_no) = lower(${employeeNo})`)
      .executeTakeFirst();
    return row?.person_id;
  }

  /** Whom somebody reports to, and whom those report to, each with their own manager. */
  async managersAbove(personId: string): Promise<ReadonlyMap<string, string | null>> {
    const { rows } = await sql<{ person_id: string; manager_id: string | null }>`
      WITH RECURSIVE line (person_id, manager_id) AS (
        SELECT person_id, manager_id FROM people WHERE person_id = ${personId}
        UNION
        SELECT p.person_id, p.manager_id FROM line
          JOIN people p ON p.person_id = line.manager_id)
      SELECT person_id, manager_id FROM line`.execute(this.#db.now);
    return new Map(rows.map((row) => [row.person_id, row.manager_id]));
  }

  async add(person: AddedPerson, createdAtMs: number): Promise<void> {
    const siteIds = person.siteIds ?? (await this.#firstSite());
    await this.addAll([{ ...NOWHERE, ...person, siteIds }], createdAtMs);
  }

  /** @param people whoever somebody reports to is there already, or comes before them */
  async addAll(
    people: readonly (StoredPerson & Belongings & { readonly leftAtMs?: number | null })[],
    createdAtMs: number,
  ): Promise<void> {
    if (people.length === 0) return;
    const rows = people.map((person) => ({
      person_id: person.personId,
      ...columnsOf(person),
      left_at_ms: person.leftAtMs ?? null,
      created_at_ms: createdAtMs,
    }));
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      const part = rows.slice(first, first + ROWS_AT_ONCE);
      await this.#db.now.insertInto('people').values(part).execute();
    }
    await this.#belong(people);
  }

  /**
   * Writes everything anew and counts it as one change.
   *
   * @param before as it was read within the same unit of work
   * @returns as it is now
   */
  async change(before: PersonRecord, after: PersonRecord): Promise<PersonRecord> {
    const { personId, leftAtMs, erasedAtMs } = after;
    const version = before.version + 1;
    await this.#db.now
      .updateTable('people')
      .set({
        ...columnsOf(after),
        left_at_ms: leftAtMs,
        erased_at_ms: erasedAtMs,
        version,
      })
      .where('person_id', '=', personId)
      .execute();
    const isSame =
      isSameList(before.siteIds, after.siteIds) &&
      isSameList(before.tags, after.tags) &&
      before.career.earlier === after.career.earlier;
    if (!isSame) {
      await this.#unbelong(personId);
      await this.#belong([after]);
    }
    return { ...after, version };
  }

  /** With everything that is no history. @throws where another table still speaks of them */
  async remove(personId: string): Promise<void> {
    await this.#unbelong(personId);
    for (const table of ['department_heads', 'attendance_members', 'roster'] as const) {
      await this.#db.now.deleteFrom(table).where('person_id', '=', personId).execute();
    }
    for (const table of ['attendance_dirty', 'attendance_days'] as const) {
      await this.#db.now.deleteFrom(table).where('person_id', '=', personId).execute();
    }
    await this.#db.now
      .updateTable('people')
      .set({ manager_id: null })
      .where('manager_id', '=', personId)
      .execute();
    await this.#db.now.deleteFrom('people').where('person_id', '=', personId).execute();
  }

  /** Whether anything is recorded of somebody that must not go with them. */
  async hasHistory(personId: string): Promise<boolean> {
    const { rows } = await sql<{ n: number }>`SELECT
      (SELECT count(*) FROM punches WHERE person_id = ${personId})
      + (SELECT count(*) FROM consents WHERE person_id = ${personId})
      + (SELECT count(*) FROM approvals WHERE person_id = ${personId})
      + (SELECT count(*) FROM attendance_adjustments WHERE person_id = ${personId})
      + (SELECT count(*) FROM attendance_days WHERE person_id = ${personId} AND state = 'final')
      AS n`.execute(this.#db.now);
    return (rows[0]?.n ?? 0) > 0;
  }

  async #belong(people: readonly (StoredPerson & Belongings)[]): Promise<void> {
    const sites = people.flatMap(({ personId, siteIds }) =>
      siteIds.map((site_id, place) => ({
        person_id: personId,
        site_id,
        home: place === 0 ? 1 : 0,
      })),
    );
    const tags = people.flatMap(({ personId, tags: own }) =>
      own.map((tag) => ({ person_id: personId, tag })),
    );
    const earlier = people.flatMap(({ personId, career }) =>
      career.earlier.map(({ from, to }) => ({
        person_id: personId,
        employed_from: from,
        employed_to: to,
      })),
    );
    for (let first = 0; first < sites.length; first += ROWS_AT_ONCE) {
      const rows = sites.slice(first, first + ROWS_AT_ONCE);
      await this.#db.now.insertInto('person_sites').values(rows).execute();
    }
    for (let first = 0; first < tags.length; first += ROWS_AT_ONCE) {
      const rows = tags.slice(first, first + ROWS_AT_ONCE);
      await this.#db.now.insertInto('person_tags').values(rows).execute();
    }
    for (let first = 0; first < earlier.length; first += ROWS_AT_ONCE) {
      const rows = earlier.slice(first, first + ROWS_AT_ONCE);
      await this.#db.now.insertInto('past_employments').values(rows).execute();
    }
  }

  async #unbelong(personId: string): Promise<void> {
    for (const table of ['person_sites', 'person_tags', 'past_employments'] as const) {
      await this.#db.now.deleteFrom(table).where('person_id', '=', personId).execute();
    }
  }

  async #firstSite(): Promise<string[]> {
    const row = await this.#db.now
      .selectFrom('sites')
      .select('site_id')
      .orderBy('created_at_ms')
      .orderBy('site_id')
      .executeTakeFirst();
    return row === undefined ? [] : [row.site_id];
  }
}

/** The sites whose terminals know somebody: none once they left. */
export function sitesToldOf(person: PersonRecord): readonly string[] {
  return person.leftAtMs === null && person.erasedAtMs === null ? person.siteIds : [];
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, index) => other[index] === each);
}
