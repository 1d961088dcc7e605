import { z } from 'zod';
import type { HubDatabase } from '#hub/storage/hub-database';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';

export interface StoredSecondFactor {
  /** `wanted` until the first code proves that an application has the secret. */
  readonly state: 'wanted' | 'on';
  /** Base32. */
  readonly secret: string;
  /** The step of the last code that was accepted. */
  readonly lastStep: number | null;
  /** Digests of the codes that are left. */
  readonly recovery: readonly string[];
}

const POLICIES = ['nobody', 'superAdministrators', 'administrators'] as const;
/** From whom a second factor is wanted. */
export type SecondFactorPolicy = (typeof POLICIES)[number];

const savedDigests = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.array(z.string()));

/** Secrets of authenticator applications, sealed by the hub's storage key: no copy of the database signs in. */
export class SecondFactorRepository {
  readonly #db: HubDatabase;
  readonly #storageKey: Buffer;

  constructor(db: HubDatabase, storageKey: Buffer) {
    this.#db = db;
    this.#storageKey = storageKey;
  }

  async get(accountId: string): Promise<StoredSecondFactor | undefined> {
    const row = await this.#db.now
      .selectFrom('second_factors')
      .selectAll()
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      state: row.state === 'on' ? 'on' : 'wanted',
      secret: decrypt(row.sealed, this.#storageKey, contextOf(accountId)).toString('utf8'),
      lastStep: row.last_step,
      recovery: savedDigests.parse(row.recovery),
    };
  }

  /** Those of some accounts who have it on. */
  async onFor(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (accountIds.length === 0) return new Set();
    const rows = await this.#db.now
      .selectFrom('second_factors')
      .select('account_id')
      .where('account_id', 'in', accountIds)
      .where('state', '=', 'on')
      .execute();
    return new Set(rows.map((row) => row.account_id));
  }

  async save(accountId: string, factor: StoredSecondFactor): Promise<void> {
    const row = {
      state: factor.state,
      sealed: encrypt(factor.secret, this.#storageKey, contextOf(accountId)),
      last_step: factor.lastStep,
      recovery: JSON.stringify(factor.recovery),
    };
    await this.#db.now
      .insertInto('second_factors')
      .values({ account_id: accountId, ...row })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
      .execute();
  }

  async remove(accountId: string): Promise<void> {
    await this.#db.now.deleteFrom('second_factors').where('account_id', '=', accountId).execute();
  }

  async policy(): Promise<SecondFactorPolicy> {
    const { second_factor } = await this.#db.now
      .selectFrom('sign_in_policy')
      .select('second_factor')
      .executeTakeFirstOrThrow();
    return z.enum(POLICIES).parse(second_factor);
  }

  async setPolicy(policy: SecondFactorPolicy): Promise<void> {
    await this.#db.now.updateTable('sign_in_policy').set({ second_factor: policy }).execute();
  }
}

/** A sealed secret opens for its own account and no other. */
function contextOf(accountId: string): string {
  return `second factor ${accountId}`;
}
