import { sql } from 'kysely';
import type { HubDatabase } from '#hub/storage/hub-database';

/** Which identity of the company's provider is which account here. */
export class IdentityLinkRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async accountOf(issuer: string, subject: string): Promise<string | undefined> {
    const row = await this.#db.now
      .selectFrom('identity_links')
      .select('account_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.account_id;
  }

  /** Whether an account is somebody else's at that provider already. */
  async isLinked(issuer: string, accountId: string): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('identity_links')
      .select('subject')
      .where('issuer', '=', issuer)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async add(issuer: string, subject: string, accountId: string, atMs: number): Promise<void> {
    await this.#db.now
      .insertInto('identity_links')
      .values({ issuer, subject, account_id: accountId, linked_at_ms: atMs })
      .execute();
  }

  async removeAllOf(accountId: string): Promise<void> {
    await this.#db.now.deleteFrom('identity_links').where('account_id', '=', accountId).execute();
  }

  /** The one person an employee number or an address belongs to; nobody where it is two people's. */
  async personOf(by: 'employee_no' | 'email', value: string): Promise<string | undefined> {
    const rows = await this.#db.now
      .selectFrom('people')
      .select('person_id')
      .where(sql<boolean>`lower(${sql.ref(by)}) = lower(${value})`)
      .where('erased_at_ms', 'is', null)
      .limit(2)
      .execute();
    return rows.length === 1 ? rows[0]?.person_id : undefined;
  }
}
