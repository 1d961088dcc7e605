import { type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { formKind } from '#contracts/rest/v1/approval-template';
import type { Delegation } from '#domain/approvals/delegation/delegation';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { peopleWithin } from '#hub/storage/within-reach';

const savedKinds = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.array(formKind));

/** Whose votes are lent to whom. A row is only ever ended early, never changed. */
export class DelegationRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Those that hold at a moment, or come later, of which somebody is either end. */
  async touching(personIds: readonly string[], since: number): Promise<Delegation[]> {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('approval_delegations')
      .selectAll()
      .where((of) =>
        of.or([of('from_person_id', 'in', personIds), of('to_person_id', 'in', personIds)]),
      )
      .where('to_s', '>', since)
      .orderBy('from_s')
      .orderBy('delegation_id')
      .execute();
    return rows.map(delegationFrom);
  }

  /** @returns undefined where neither it is one's own nor its lender is in reach */
  async get(
    delegationId: string,
    by: { readonly reach: Reach; readonly personId: string | null },
  ): Promise<Delegation | undefined> {
    const within = peopleWithin('d.from_person_id', by.reach);
    const own = sql<SqlBool>`d.from_person_id = ${by.personId ?? ''}`;
    const row = await this.#db.now
      .selectFrom('approval_delegations as d')
      .selectAll('d')
      .where('d.delegation_id', '=', delegationId)
      .where(sql<SqlBool>`(${within} OR ${own})`)
      .executeTakeFirst();
    return row === undefined ? undefined : delegationFrom(row);
  }

  async add(
    delegation: Delegation,
    { byId, atMs }: { readonly byId: string; readonly atMs: number },
  ): Promise<void> {
    const { kinds } = delegation;
    await this.#db.now
      .insertInto('approval_delegations')
      .values({
        delegation_id: delegation.id,
        from_person_id: delegation.fromPersonId,
        to_person_id: delegation.toPersonId,
        from_s: delegation.from,
        to_s: delegation.to,
        kinds: kinds === null ? null : JSON.stringify([...kinds]),
        revoked_at_s: null,
        by_id: byId,
        at_ms: atMs,
      })
      .execute();
  }

  /** Doing it again changes nothing. */
  async revoke(delegationId: string, at: number): Promise<void> {
    await this.#db.now
      .updateTable('approval_delegations')
      .set({ revoked_at_s: at })
      .where('delegation_id', '=', delegationId)
      .where('revoked_at_s', 'is', null)
      .execute();
  }
}

function delegationFrom(row: Selectable<HubTables['approval_delegations']>): Delegation {
  return {
    id: row.delegation_id,
    fromPersonId: row.from_person_id,
    toPersonId: row.to_person_id,
    from: row.from_s,
    to: row.to_s,
    kinds: row.kinds === null ? null : new Set(savedKinds.parse(row.kinds)),
    revokedAt: row.revoked_at_s,
  };
}
