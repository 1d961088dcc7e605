import type { Person, PersonChange } from '#contracts/rest/v1/people';
import { type PersonBody, personBody } from '#contracts/wire/v1/down-log';
import type { SqliteDatabase } from '#platform/sqlite/database';

interface PersonRow {
  readonly person_id: string;
  readonly employee_no: string;
  readonly name: string;
  readonly greeting_name: string;
  readonly locale: string;
  readonly manager: number;
  readonly pin_verifier: string | null;
}

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
  readonly offset: number;
}

const VIEW = `
  SELECT p.*,
    (SELECT count(*) FROM templates t WHERE t.person_id = p.person_id) AS templates,
    (SELECT max(enrolled_at_ms) FROM templates t WHERE t.person_id = p.person_id) AS enrolled_at_ms,
    coalesce((SELECT max(rev) FROM down_log d WHERE d.person_id = p.person_id), 0) AS newest_rev
  FROM people p`;
const MATCHES = `(@query = '' OR instr(lower(p.name), lower(@query)) > 0
  OR instr(lower(p.greeting_name), lower(@query)) > 0
  OR instr(lower(p.employee_no), lower(@query)) > 0)`;

export class PersonRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  get(personId: string): StoredPerson | undefined {
    const row = this.#db
      .prepare<[string], PersonRow>('SELECT * FROM people WHERE person_id = ?')
      .get(personId);
    return row === undefined ? undefined : storedFrom(row);
  }

  ids(): string[] {
    return this.#db
      .prepare<[], { person_id: string }>('SELECT person_id FROM people ORDER BY created_at_ms')
      .all()
      .map((row) => row.person_id);
  }

  holderOf(employeeNo: string): string | undefined {
    return this.#db
      .prepare<[string], { person_id: string }>(
        'SELECT person_id FROM people WHERE employee_no = ?',
      )
      .get(employeeNo)?.person_id;
  }

  add(person: StoredPerson, createdAtMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO people (person_id, employee_no, name, greeting_name, locale, manager,
           pin_verifier, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(person.personId, ...columnsOf(person), createdAtMs);
  }

  change(person: StoredPerson): void {
    this.#db
      .prepare(
        `UPDATE people SET employee_no = ?, name = ?, greeting_name = ?, locale = ?, manager = ?,
           pin_verifier = ? WHERE person_id = ?`,
      )
      .run(...columnsOf(person), person.personId);
  }

  view(personId: string): Person | undefined {
    const row = this.#db
      .prepare<[string], PersonViewRow>(`${VIEW} WHERE p.person_id = ?`)
      .get(personId);
    return row === undefined ? undefined : viewFrom(row, this.#cursors());
  }

  list({ query = '', limit, offset }: PeopleQuery): { people: Person[]; total: number } {
    const rows = this.#db
      .prepare<[Required<PeopleQuery>], PersonViewRow>(
        `${VIEW} WHERE ${MATCHES} ORDER BY p.employee_no LIMIT @limit OFFSET @offset`,
      )
      .all({ query, limit, offset });
    const counted = this.#db
      .prepare<[{ query: string }], { n: number }>(
        `SELECT count(*) AS n FROM people p WHERE ${MATCHES}`,
      )
      .get({ query });
    const cursors = this.#cursors();
    return { people: rows.map((row) => viewFrom(row, cursors)), total: counted?.n ?? 0 };
  }

  /** How far each joined terminal has applied the down-log. */
  #cursors(): readonly number[] {
    return this.#db
      .prepare<[], { rev: number }>(
        `SELECT coalesce(c.rev, 0) AS rev FROM terminals t LEFT JOIN cursors c USING (terminal_id)
         WHERE t.sign_key IS NOT NULL`,
      )
      .all()
      .map((row) => row.rev);
  }
}

function columnsOf(person: StoredPerson) {
  return [
    person.employeeNo,
    person.name,
    person.greetingName,
    person.locale,
    person.manager ? 1 : 0,
    person.pinVerifier ?? null,
  ];
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
