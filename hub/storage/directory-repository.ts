import { createHash } from 'node:crypto';
import type { HubDatabase } from '#hub/storage/hub-database';

/** Somebody as others may name them. */
export interface DirectoryEntry {
  readonly personId: string;
  readonly employeeNo: string;
  readonly managerId: string | null;
  readonly leftAtMs: number | null;
  readonly erasedAtMs: number | null;
}

/** Who has which number: what a table that names people is held against. */
export class DirectoryRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Everybody's number and manager, and no more: numbers are unique whoever asks. */
  async all(): Promise<readonly DirectoryEntry[]> {
    const rows = await this.#db.now
      .selectFrom('people')
      .select(['person_id', 'employee_no', 'manager_id', 'left_at_ms', 'erased_at_ms'])
      .orderBy('person_id')
      .execute();
    return rows.map((row) => ({
      personId: row.person_id,
      employeeNo: row.employee_no,
      managerId: row.manager_id,
      leftAtMs: row.left_at_ms,
      erasedAtMs: row.erased_at_ms,
    }));
  }

  /** Another one for every change of a person, a department or a site. */
  async fingerprint(): Promise<string> {
    const hash = createHash('sha256');
    const people = await this.#db.now
      .selectFrom('people')
      .select(['person_id as id', 'version', 'left_at_ms'])
      .orderBy('person_id')
      .execute();
    for (const { id, version, left_at_ms } of people)
      hash.update(`${id} ${version} ${left_at_ms}\n`);
    const departments = await this.#db.now
      .selectFrom('departments')
      .select(['department_id as id', 'version'])
      .orderBy('department_id')
      .execute();
    for (const { id, version } of departments) hash.update(`${id} ${version}\n`);
    const sites = await this.#db.now
      .selectFrom('sites')
      .select(['site_id as id', 'version', 'name_zh', 'name_en', 'closed_at_ms'])
      .orderBy('site_id')
      .execute();
    return hash.update(JSON.stringify(sites)).digest('hex');
  }
}
