import type { HubDatabase } from '#hub/storage/hub-database';

/** A site as people belong to it. */
export interface Workplace {
  readonly siteId: string;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly zone: string;
  readonly isClosed: boolean;
}

/** Where people can be at home, oldest first. */
export class WorkplaceRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<readonly Workplace[]> {
    const rows = await this.#db.now
      .selectFrom('sites')
      .select(['site_id', 'name_zh', 'name_en', 'zone', 'closed_at_ms'])
      .orderBy('created_at_ms')
      .orderBy('site_id')
      .execute();
    return rows.map((row) => ({
      siteId: row.site_id,
      name: { 'zh-CN': row.name_zh, en: row.name_en },
      zone: row.zone,
      isClosed: row.closed_at_ms !== null,
    }));
  }
}
