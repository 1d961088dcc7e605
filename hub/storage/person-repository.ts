import { type Selectable, sql } from 'kysely';
import type { Person, PersonChange } from '#contracts/rest/v1/people';
import { type PersonBody, personBody } from '#contracts/wire/v1/down-log';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

type PersonRow = Selectable<HubTables['people']>;

interface PersonViewRow extends PersonRow {
  readonly templates: number;
  readonly enrolled_at_ms: number | null;
  readonly newest_rev: number;
}

/** A person as stored: what terminals are told, PIN verifier included. */
export type StoredPerson = PersonBody;

export interface PeopleQuery {
  readonly query?: string | undefined;
  readonly limit: number;
  /** Behind whom to go on. */
  readonly after?: PersonKey | undefined;
}

type PersonKey = [employeeNo: string];

export interface PeoplePage {
  readonly people: Person[];
  readonly total: number;
  readonly next: PersonKey | undefined;
}

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
    return row === undefined ? undefined : storedFrom(row);
  }

  async ids(): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('people')
      .select('person_id')
      .orderBy('created_at_ms')
      .orderBy('person_id')
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

  async add(person: StoredPerson, createdAtMs: number): Promise<void> {
    await this.#db.now
      .insertInto('people')
      .values({
        person_id: person.personId,
        ...columnsOf(person),
        created_at_ms: createdAtMs,
      })
      .execute();
    const home = await this.#db.now
      .selectFrom('sites')
      .select('site_id')
      .orderBy('created_at_ms')
      .executeTakeFirst();
    if (home === undefined) return;
    await this.#db.now
      .insertInto('person_sites')
      .values({ person_id: person.personId, site_id: home.site_id, home: 1 })
      .execute();
  }

  async change(person: StoredPerson): Promise<void> {
    await this.#db.now
      .updateTable('people')
      .set(columnsOf(person))
      .where('person_id', '=', person.personId)
      .execute();
  }

  async view(personId: string): Promise<Person | undefined> {
    const row = await this.#views().where('p.person_id', '=', personId).executeTakeFirst();
    return row === undefined ? undefined : viewFrom(row, await this.#cursors());
  }

  /** In order of employee numbers, whatever their case; `next` is the key of the last one shown. */
  async list({ query = '', limit, after }: PeopleQuery): Promise<PeoplePage> {
    const isWanted = matches(query);
    const rows = await this.#views()
      .where(isWanted)
      .$if(after !== undefined, (all) => all.where(isBehind(after?.[0] ?? '')))
      .orderBy(sql`lower(p.employee_no)`)
      .limit(limit + 1)
      .execute();
    const { n: total } = await this.#db.now
      .selectFrom('people as p')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where(isWanted)
      .executeTakeFirstOrThrow();
    const cursors = await this.#cursors();
    const people = rows.slice(0, limit).map((row) => viewFrom(row, cursors));
    const last = people.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { people, total, next: hasMore ? [last.employeeNo] : undefined };
  }

  #views() {
    return this.#db.now
      .selectFrom('people as p')
      .selectAll('p')
      .select([
        sql<number>`(SELECT count(*) FROM templates t WHERE t.person_id = p.person_id)`.as(
          'templates',
        ),
        sql<number | null>`(SELECT max(enrolled_at_ms) FROM templates t
          WHERE t.person_id = p.person_id)`.as('enrolled_at_ms'),
        sql<number>`coalesce((SELECT max(rev) FROM down_log d
          WHERE d.person_id = p.person_id), 0)`.as('newest_rev'),
      ]);
  }

  /** How far each joined terminal has applied the down-log. */
  async #cursors(): Promise<readonly number[]> {
    const rows = await this.#db.now
      .selectFrom('terminals as t')
      .leftJoin('cursors as c', 'c.terminal_id', 't.terminal_id')
      .select(sql<number>`coalesce(c.rev, 0)`.as('rev'))
      .where('t.sign_key', 'is not', null)
      .execute();
    return rows.map((row) => row.rev);
  }
}

/** A part of a name or number, whatever its case; its own `%` and `_` mean themselves. */
function matches(query: string) {
  const part = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const within = (column: string) =>
    sql<boolean>`lower(${sql.ref(column)}) LIKE lower(${part}) ESCAPE '\\'`;
  return sql<boolean>`(${sql.join(
    ['p.name', 'p.greeting_name', 'p.employee_no'].map(within),
    sql` OR `,
  )})`;
}

function isBehind(employeeNo: string) {
  return sql<boolean>`lower(p.employee_no) > lower(${employeeNo})`;
}

function columnsOf(person: StoredPerson) {
  return {
    employee_no: person.employeeNo,
    name: person.name,
    greeting_name: person.greetingName,
    locale: person.locale,
    manager: person.manager ? 1 : 0,
    pin_verifier: person.pinVerifier ?? null,
  };
}

function storedFrom(row: PersonRow): StoredPerson {
  return {
    personId: row.person_id,
    employeeNo: row.employee_no,
    name: row.name,
    greetingName: row.greeting_name,
    locale: personBody.shape.locale.parse(row.locale),
    manager: row.manager === 1,
    ...(row.pin_verifier === null ? {} : { pinVerifier: row.pin_verifier }),
  };
}

function viewFrom(row: PersonViewRow, cursors: readonly number[]): Person {
  const { pinVerifier, ...shown } = storedFrom(row);
  return {
    ...shown,
    hasPin: pinVerifier !== undefined,
    templates: row.templates,
    ...(row.enrolled_at_ms === null
      ? {}
      : { enrolledAt: Temporal.Instant.fromEpochMilliseconds(row.enrolled_at_ms).toString() }),
    onTerminals: {
      current: cursors.filter((rev) => rev >= row.newest_rev).length,
      total: cursors.length,
    },
  };
}

/** What a change leaves of a person; the PIN is set apart, as it has to be hashed first. */
export function changedPerson(
  before: StoredPerson,
  change: Omit<PersonChange, 'pin'>,
): StoredPerson {
  return {
    ...before,
    employeeNo: change.employeeNo ?? before.employeeNo,
    name: change.name ?? before.name,
    greetingName: change.greetingName ?? before.greetingName,
    locale: change.locale ?? before.locale,
    manager: change.manager ?? before.manager,
  };
}
