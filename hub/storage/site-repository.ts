import { randomUUID } from 'node:crypto';
import type { Site } from '#contracts/rest/v1/terminals';
import { assert } from '#domain/assert';
import type { SqliteDatabase } from '#platform/sqlite/database';

interface SiteRow {
  readonly site_id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly zone: string;
}

/** The one site this hub serves. */
export class SiteRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  /** Founds the site at the first start; afterwards the console decides what it is called. */
  found(first: Omit<Site, 'siteId'>): void {
    const count = this.#db.prepare<[], { n: number }>('SELECT count(*) AS n FROM site').get();
    if (count?.n !== 0) return;
    this.#db
      .prepare('INSERT INTO site (site_id, name_zh, name_en, zone) VALUES (?, ?, ?, ?)')
      .run(randomUUID(), first.name['zh-CN'], first.name.en, first.zone);
  }

  get(): Site {
    const row = this.#db.prepare<[], SiteRow>('SELECT * FROM site').get();
    assert(row !== undefined, 'the site is founded at start');
    return {
      siteId: row.site_id,
      name: { 'zh-CN': row.name_zh, en: row.name_en },
      zone: row.zone,
    };
  }

  change({ siteId, name, zone }: Site): void {
    this.#db
      .prepare('UPDATE site SET name_zh = ?, name_en = ?, zone = ? WHERE site_id = ?')
      .run(name['zh-CN'], name.en, zone, siteId);
  }
}
