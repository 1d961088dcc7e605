import { type DepartmentTree, departmentTree } from '#domain/authority/department-tree';
import type { PlaceReach, Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin, placesWithin } from '#hub/storage/within-reach';

/** Who is under whom: what authority is computed from. Read whole; a company has some hundred departments. */
export class OrganisationRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async tree(): Promise<DepartmentTree> {
    const rows = await this.#db.now
      .selectFrom('departments')
      .select(['department_id', 'parent_id'])
      .execute();
    return departmentTree(rows.map((row) => ({ id: row.department_id, parentId: row.parent_id })));
  }

  /** Whose direct manager somebody is. */
  async reportsOf(personId: string): Promise<ReadonlySet<string>> {
    const rows = await this.#db.now
      .selectFrom('people')
      .select('person_id')
      .where('manager_id', '=', personId)
      .execute();
    return new Set(rows.map((row) => row.person_id));
  }

  async isWithin(personId: string, reach: Reach): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('people as p')
      .select('p.person_id')
      .where('p.person_id', '=', personId)
      .where(peopleWithin('p.person_id', reach))
      .executeTakeFirst();
    return row !== undefined;
  }

  async headedBy(personId: string): Promise<ReadonlySet<string>> {
    const rows = await this.#db.now
      .selectFrom('department_heads')
      .select('department_id')
      .where('person_id', '=', personId)
      .execute();
    return new Set(rows.map((row) => row.department_id));
  }

  async countWithin(reach: Reach): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('people as p')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('p.erased_at_ms', 'is', null)
      .where(peopleWithin('p.person_id', reach))
      .executeTakeFirstOrThrow();
    return n;
  }

  async countPlaces(reach: PlaceReach): Promise<{ sites: number; terminals: number }> {
    const { sites } = await this.#db.now
      .selectFrom('sites as s')
      .select(({ fn }) => fn.countAll<number>().as('sites'))
      .where(placesWithin('s.site_id', reach))
      .executeTakeFirstOrThrow();
    const { terminals } = await this.#db.now
      .selectFrom('terminals as t')
      .select(({ fn }) => fn.countAll<number>().as('terminals'))
      .where('t.sign_key', 'is not', null)
      .where(placesWithin('t.site_id', reach))
      .executeTakeFirstOrThrow();
    return { sites, terminals };
  }
}
