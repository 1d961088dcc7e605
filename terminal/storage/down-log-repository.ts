import type { z } from 'zod';
import { siteBody } from '#contracts/wire/v1/down-log';
import type { TerminalDatabase } from '#terminal/storage/terminal-database';

export type Site = z.output<typeof siteBody>;

/** What the hub told this terminal, and how far it has heard. */
export class DownLogRepository {
  readonly #db: TerminalDatabase;

  constructor(db: TerminalDatabase) {
    this.#db = db;
  }

  cursor(): number {
    const rev = this.#db.prepare<[], number>('SELECT rev FROM down_log').pluck().get();
    return rev ?? 0;
  }

  moveCursor(rev: number): void {
    this.#db.prepare<[number]>('UPDATE down_log SET rev = ?').run(rev);
  }

  site(): Site | undefined {
    const text = this.#db.prepare<[], string | null>('SELECT site FROM down_log').pluck().get();
    return typeof text === 'string' ? siteBody.parse(JSON.parse(text)) : undefined;
  }

  putSite(site: Site): void {
    this.#db.prepare<[string]>('UPDATE down_log SET site = ?').run(JSON.stringify(site));
  }
}
