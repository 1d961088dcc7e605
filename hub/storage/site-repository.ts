import { randomUUID } from 'node:crypto';
import type { Site } from '#contracts/rest/v1/terminals';
import { assert } from '#domain/assert';
import type { HubDatabase } from '#hub/storage/hub-database';

/** The site this hub was founded with. */
export class SiteRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Founds the site at the first start; afterwards the console decides what it is called. */
  async found(first: Omit<Site, 'siteId'>): Promise<void> {
    await this.#db.transaction(async () => {
      const known = await this.#db.now.selectFrom('sites').select('site_id').executeTakeFirst();
      if (known !== undefined) return;
      const { name, zone } = first;
      await this.#db.now
        .insertInto('sites')
        .values({ site_id: randomUUID(), name_zh: name['zh-CN'], name_en: name.en, zone })
        .execute();
    });
  }

  async get(): Promise<Site> {
    const row = await this.#db.now
      .selectFrom('sites')
      .selectAll()
      .orderBy('created_at_ms') // without an order a changed row may come last, and be another site
      .orderBy('site_id')
      .executeTakeFirst();
    assert(row !== undefined, 'the site is founded at start');
    return {
      siteId: row.site_id,
      name: { 'zh-CN': row.name_zh, en: row.name_en },
      zone: row.zone,
    };
  }

  async change({ siteId, name, zone }: Site): Promise<void> {
    await this.#db.now
      .updateTable('sites')
      .set({ name_zh: name['zh-CN'], name_en: name.en, zone })
      .where('site_id', '=', siteId)
      .execute();
  }
}
