import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Organisation, OrgDepartment, OrgPerson } from '#domain/approvals/chain/organisation';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { peopleWithin } from '#hub/storage/within-reach';

const NUMBERS_AT_ONCE = 1000; // far from what a statement may carry on either engine
const LEVELS_MAX = 50; // from a member of staff to the top; more is a ring, and the rules end it

/** An applicant, as their forms and accounts want them. */
export interface Applicant {
  readonly personId: string;
  readonly locale: 'zh-CN' | 'en';
  readonly employedFrom: string | null;
  readonly employedTo: string | null;
}

type PersonRow = Pick<
  Selectable<HubTables['people']>,
  'person_id' | 'department_id' | 'manager_id' | 'employed_from' | 'employed_to' | 'erased_at_ms'
>;

/** Who can be asked for a vote, and for whom. */
export class ApproverRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns undefined for nobody, and for somebody out of reach */
  async applicant(personId: string, reach: Reach): Promise<Applicant | undefined> {
    const row = await this.#db.now
      .selectFrom('people as p')
      .select(['p.person_id', 'p.locale', 'p.employed_from', 'p.employed_to'])
      .where('p.person_id', '=', personId)
      .where('p.erased_at_ms', 'is', null)
      .where(peopleWithin('p.person_id', reach))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      personId: row.person_id,
      locale: row.locale === 'en' ? 'en' : 'zh-CN',
      employedFrom: row.employed_from,
      employedTo: row.employed_to,
    };
  }

  /** People by their employee numbers, whatever the case, as far as the reach goes. */
  async byEmployeeNo(
    employeeNos: readonly string[],
    reach: Reach,
  ): Promise<ReadonlyMap<string, Applicant>> {
    const found = new Map<string, Applicant>();
    const wanted = [...new Set(employeeNos.map((each) => each.toLowerCase()))];
    for (let first = 0; first < wanted.length; first += NUMBERS_AT_ONCE) {
      const part = wanted.slice(first, first + NUMBERS_AT_ONCE);
      const rows = await this.#db.now
        .selectFrom('people as p')
        .select(['p.person_id', 'p.employee_no', 'p.locale', 'p.employed_from', 'p.employed_to'])
        .where(sql<SqlBool>`lower(p.employee_no) IN (${sql.join(part)})`)
        .where('p.erased_at_ms', 'is', null)
        .where(peopleWithin('p.person_id', reach))
        .execute();
      for (const row of rows) {
        found.set(row.employee_no.toLowerCase(), {
          personId: row.person_id,
          locale: row.locale === 'en' ? 'en' : 'zh-CN',
          employedFrom: row.employed_from,
          employedTo: row.employed_to,
        });
      }
    }
    return found;
  }

  /**
   * As much of the organisation as a chain may ask about: the named, every head of a department, and
   * whoever is above them.
   *
   * @param today employed is whoever is on this date
   */
  async organisation(named: readonly string[], today: string): Promise<Organisation> {
    const departments = await this.#departments();
    const people = new Map<string, OrgPerson>();
    let wanted = new Set([...named, ...[...departments.values()].flatMap((each) => each.headIds)]);
    for (let level = 0; level < LEVELS_MAX && wanted.size > 0; level += 1) {
      const rows = await this.#people([...wanted]);
      for (const row of rows) people.set(row.person_id, orgPersonOf(row, today));
      const above = rows.flatMap((row) => row.manager_id ?? []);
      wanted = new Set(above.filter((id) => !people.has(id)));
    }
    return { people, departments };
  }

  /** Those a form waits for who are not there any more. */
  async leavers(today: string): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('form_waits as w')
      .innerJoin('people as p', 'p.person_id', 'w.person_id')
      .select('w.person_id')
      .distinct()
      .where((of) => of.or([of('p.employed_to', '<', today), of('p.erased_at_ms', 'is not', null)]))
      .execute();
    return rows.map((row) => row.person_id);
  }

  async #departments(): Promise<Map<string, OrgDepartment>> {
    const rows = await this.#db.now
      .selectFrom('departments as d')
      .leftJoin('department_heads as h', 'h.department_id', 'd.department_id')
      .select(['d.department_id', 'd.parent_id', 'h.person_id'])
      .orderBy('d.department_id')
      .orderBy('h.person_id')
      .execute();
    const departments = new Map<string, OrgDepartment>();
    for (const { department_id: id, parent_id: parentId, person_id: headId } of rows) {
      const headIds = [
        ...(departments.get(id)?.headIds ?? []),
        ...(headId === null ? [] : [headId]),
      ];
      departments.set(id, { id, parentId, headIds });
    }
    return departments;
  }

  async #people(ids: readonly string[]): Promise<PersonRow[]> {
    const found: PersonRow[] = [];
    for (let first = 0; first < ids.length; first += NUMBERS_AT_ONCE) {
      const rows = await this.#db.now
        .selectFrom('people')
        .select(['person_id', 'department_id', 'manager_id'])
        .select(['employed_from', 'employed_to', 'erased_at_ms'])
        .where('person_id', 'in', ids.slice(first, first + NUMBERS_AT_ONCE))
        .execute();
      found.push(...rows);
    }
    return found;
  }
}

function orgPersonOf(row: PersonRow, today: string): OrgPerson {
  const hasBegun = row.employed_from === null || row.employed_from <= today;
  const hasLeft = row.employed_to !== null && row.employed_to < today;
  return {
    id: row.person_id,
    departmentId: row.department_id,
    managerId: row.manager_id,
    employed: row.erased_at_ms === null && hasBegun && !hasLeft,
  };
}
