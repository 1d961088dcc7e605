import type { HubDatabase } from '#hub/storage/hub-database';

/** Leave that was granted somebody by hand, or taken away. */
export interface StoredGrant {
  readonly grantId: string;
  readonly personId: string;
  readonly leaveTypeId: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export class LeaveGrantRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** In the order they were made. The caller has found the person within its reach. */
  async of(personId: string): Promise<StoredGrant[]> {
    const rows = await this.#db.now
      .selectFrom('leave_grants')
      .selectAll()
      .where('person_id', '=', personId)
      .orderBy('at_ms')
      .orderBy('grant_id')
      .execute();
    return rows.map((row) => ({
      grantId: row.grant_id,
      personId: row.person_id,
      leaveTypeId: row.leave_type_id,
      from: row.from_date,
      to: row.to_date,
      amount: row.amount,
      reason: row.reason,
      by: row.by_id,
      atMs: row.at_ms,
    }));
  }

  async add(grant: StoredGrant): Promise<void> {
    await this.#db.now
      .insertInto('leave_grants')
      .values({
        grant_id: grant.grantId,
        person_id: grant.personId,
        leave_type_id: grant.leaveTypeId,
        from_date: grant.from,
        to_date: grant.to,
        amount: grant.amount,
        reason: grant.reason,
        by_id: grant.by,
        at_ms: grant.atMs,
      })
      .execute();
  }
}
