import type { HubDatabase } from '#hub/storage/hub-database';

/** Somebody with a last day whom terminals still know. */
export interface Leaver {
  readonly personId: string;
  readonly employedTo: string;
  /** Where they are at home. */
  readonly siteId: string | null;
}

/** Who is about to go, and who went. */
export class LeavingRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async due(): Promise<readonly Leaver[]> {
    const rows = await this.#db.now
      .selectFrom('people as p')
      .leftJoin('person_sites as s', (join) =>
        join.onRef('s.person_id', '=', 'p.person_id').on('s.home', '=', 1),
      )
      .select((of) => [
        'p.person_id',
        of.ref('p.employed_to').$notNull().as('employed_to'),
        's.site_id',
      ])
      .where('p.employed_to', 'is not', null)
      .where('p.left_at_ms', 'is', null)
      .orderBy('p.person_id')
      .execute();
    return rows.map((row) => ({
      personId: row.person_id,
      employedTo: row.employed_to,
      siteId: row.site_id,
    }));
  }

  /** Those who left before then and whose face is still here. */
  async withFacesSince(leftBeforeMs: number): Promise<readonly string[]> {
    const rows = await this.#db.now
      .selectFrom('people as p')
      .innerJoin('template_keys as k', 'k.person_id', 'p.person_id')
      .select('p.person_id')
      .where('p.left_at_ms', '<', leftBeforeMs)
      .orderBy('p.person_id')
      .execute();
    return rows.map((row) => row.person_id);
  }

  async hasLeftSince(personId: string, leftBeforeMs: number): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('people')
      .select('person_id')
      .where('person_id', '=', personId)
      .where('left_at_ms', '<', leftBeforeMs)
      .executeTakeFirst();
    return row !== undefined;
  }
}
