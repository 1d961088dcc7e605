import { type SqlBool, sql } from 'kysely';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin } from '#hub/storage/within-reach';

export interface StoredDepartment {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly nameEn: string | null;
  readonly position: number;
  /** Whoever decides for it, first of all first. */
  readonly heads: readonly string[];
  /** Counts changes. */
  readonly version: number;
}

export interface DepartmentCounts {
  readonly people: number;
  readonly below: number;
}

/** The tree of departments. It is read whole: a company has some hundred of them. */
export class DepartmentRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** In the order of a walk: neighbours by position, then by name. */
  async all(): Promise<readonly StoredDepartment[]> {
    const rows = await this.#db.now
      .selectFrom('departments')
      .selectAll()
      .orderBy('position')
      .orderBy('name')
      .orderBy('department_id')
      .execute();
    const heads = Map.groupBy(await this.#heads(), (row) => row.department_id);
    return rows.map((row) => ({
      id: row.department_id,
      parentId: row.parent_id,
      name: row.name,
      nameEn: row.name_en,
      position: row.position,
      heads: (heads.get(row.department_id) ?? []).map((head) => head.person_id),
      version: row.version,
    }));
  }

  async #heads() {
    return await this.#db.now
      .selectFrom('department_heads')
      .select(['department_id', 'person_id'])
      .orderBy('department_id')
      .orderBy('position')
      .execute();
  }

  /** Those that hold somebody within reach, or are within it whole, and all above them. */
  async visibleTo(reach: Reach): Promise<ReadonlySet<string>> {
    const own = reach.kind === 'some' ? [...reach.departments] : [];
    const isOwn =
      own.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`d.department_id IN (${sql.join(own)})`;
    const isAll = reach.kind === 'everybody' ? sql<SqlBool>`1 = 1` : sql<SqlBool>`1 = 0`;
    const { rows } = await sql<{ id: string }>`
      WITH RECURSIVE seen (id, parent_id) AS (
        SELECT d.department_id, d.parent_id FROM departments d
        WHERE ${isAll} OR ${isOwn} OR EXISTS (
          SELECT 1 FROM people p
          WHERE p.department_id = d.department_id AND ${peopleWithin('p.person_id', reach)})
        UNION
        SELECT d.department_id, d.parent_id FROM seen
          JOIN departments d ON d.department_id = seen.parent_id)
      SELECT id FROM seen`.execute(this.#db.now);
    return new Set(rows.map((row) => row.id));
  }

  /** People who are employed and directly in each, of those within reach. */
  async headcounts(reach: Reach): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#db.now
      .selectFrom('people as p')
      .select(({ fn }) => ['p.department_id', fn.countAll<number>().as('n')])
      .where('p.department_id', 'is not', null)
      .where('p.left_at_ms', 'is', null)
      .where(peopleWithin('p.person_id', reach))
      .groupBy('p.department_id')
      .execute();
    return new Map(
      rows.flatMap((row) => (row.department_id === null ? [] : [[row.department_id, row.n]])),
    );
  }

  /** What stands in the way of removing a department. Whoever left counts: their record names it. */
  async countsOf(departmentId: string): Promise<DepartmentCounts> {
    const { rows } = await sql<{ people: number; below: number }>`SELECT
      (SELECT count(*) FROM people WHERE department_id = ${departmentId}) AS people,
      (SELECT count(*) FROM departments WHERE parent_id = ${departmentId}) AS below`.execute(
      this.#db.now,
    );
    return rows[0] ?? { people: 0, below: 0 };
  }

  async add(department: Omit<StoredDepartment, 'version'>): Promise<void> {
    await this.#db.now
      .insertInto('departments')
      .values({ department_id: department.id, ...columnsOf(department) })
      .execute();
    await this.#setHeads(department);
  }

  async change(department: StoredDepartment): Promise<StoredDepartment> {
    const version = department.version + 1;
    await this.#db.now
      .updateTable('departments')
      .set({ ...columnsOf(department), version })
      .where('department_id', '=', department.id)
      .execute();
    await this.#db.now
      .deleteFrom('department_heads')
      .where('department_id', '=', department.id)
      .execute();
    await this.#setHeads(department);
    return { ...department, version };
  }

  async remove(departmentId: string): Promise<void> {
    for (const table of ['department_heads', 'departments'] as const) {
      await this.#db.now.deleteFrom(table).where('department_id', '=', departmentId).execute();
    }
  }

  /** Takes somebody off the heads of every department. */
  async removeHead(personId: string): Promise<void> {
    await this.#db.now.deleteFrom('department_heads').where('person_id', '=', personId).execute();
  }

  async #setHeads({ id, heads }: Pick<StoredDepartment, 'id' | 'heads'>): Promise<void> {
    if (heads.length === 0) return;
    const rows = heads.map((person_id, position) => ({ department_id: id, person_id, position }));
    await this.#db.now.insertInto('department_heads').values(rows).execute();
  }
}

function columnsOf({ parentId, name, nameEn, position }: Omit<StoredDepartment, 'version'>) {
  return { parent_id: parentId, name, name_en: nameEn, position };
}
