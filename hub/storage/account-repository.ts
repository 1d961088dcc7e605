import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { grant, grantFrom, grantText } from '#contracts/rest/v1/authority';
import { type Locale, locale } from '#contracts/wire/v1/ids';
import type { Rank } from '#domain/authority/actor';
import type { Grant } from '#domain/authority/grant';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

/** Staff have an account without a rank: they see themselves, and their people if they have any. */
export type AccountRank = Rank | { readonly kind: 'none' };

/** Somebody who can sign in, or will once they have set a password. */
export interface Account {
  readonly accountId: string;
  /** What they type at sign-in; staff without one type their employee number. */
  readonly name: string | null;
  readonly personId: string | null;
  readonly locale: Locale;
  readonly rank: AccountRank;
  readonly state: 'active' | 'disabled';
  /** `null` until the first password is set. */
  readonly verifier: string | null;
  readonly mustChange: boolean;
  readonly createdAtMs: number;
  readonly lastSignedInMs: number | null;
  readonly version: number;
}

/** An account with what is known of the person behind it. */
export interface KnownAccount extends Account {
  /** For people to read: the name, or the employee number. */
  readonly shownName: string;
  /** The last day they work here; `null` while that is open. */
  readonly employedTo: string | null;
  readonly isErased: boolean;
}

export interface AccountPage {
  readonly limit: number;
  /** Behind whose name to go on. */
  readonly after: string | undefined;
}

type AccountRow = Selectable<HubTables['accounts']> & {
  readonly employee_no: string | null;
  readonly employed_to: string | null;
  readonly erased_at_ms: number | null;
};

export class AccountRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Whoever has a rank: the hub has one of them from its first start on. */
  async countAdministrators(): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('accounts')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('rank', '<>', 'none')
      .executeTakeFirstOrThrow();
    return n;
  }

  /** Super administrators who can sign in today, but for one. */
  async otherSuperAdministrators(accountId: string): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('accounts')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('rank', '=', 'superAdministrator')
      .where('state', '=', 'active')
      .where('verifier', 'is not', null)
      .where('account_id', '<>', accountId)
      .executeTakeFirstOrThrow();
    return n;
  }

  async get(accountId: string): Promise<KnownAccount | undefined> {
    const row = await this.#view().where('a.account_id', '=', accountId).executeTakeFirst();
    return row === undefined ? undefined : accountFrom(row);
  }

  /** By the name that was typed, whatever its case; else by employee number. */
  async named(name: string): Promise<KnownAccount | undefined> {
    const own = await this.#view().where(isText('a.name', name)).executeTakeFirst();
    if (own !== undefined) return accountFrom(own);
    const staff = await this.#view().where(isText('p.employee_no', name)).executeTakeFirst();
    return staff === undefined ? undefined : accountFrom(staff);
  }

  async ofPerson(personId: string): Promise<KnownAccount | undefined> {
    const row = await this.#view().where('a.person_id', '=', personId).executeTakeFirst();
    return row === undefined ? undefined : accountFrom(row);
  }

  /** Everything a password may not be made of: names, number and address of its owner. */
  async wordsOf(accountId: string): Promise<readonly string[]> {
    const row = await this.#db.now
      .selectFrom('accounts as a')
      .leftJoin('people as p', 'p.person_id', 'a.person_id')
      .select(['a.name', 'p.name as full_name', 'p.greeting_name', 'p.employee_no', 'p.email'])
      .where('a.account_id', '=', accountId)
      .executeTakeFirst();
    return Object.values(row ?? {}).filter((word) => word !== null);
  }

  /** In order of names; one more than asked for, where there is one. */
  async administrators({ limit, after }: AccountPage): Promise<readonly KnownAccount[]> {
    const rows = await this.#view()
      .where('a.rank', '<>', 'none')
      .$if(after !== undefined, (all) => all.where(sql<boolean>`lower(a.name) > ${after ?? ''}`))
      .orderBy(sql`lower(a.name)`)
      .limit(limit)
      .execute();
    return rows.map(accountFrom);
  }

  /** @throws a constraint failure when the name or the person has an account already */
  async add(account: Account): Promise<void> {
    await this.#db.now
      .insertInto('accounts')
      .values({
        account_id: account.accountId,
        name: account.name,
        person_id: account.personId,
        locale: account.locale,
        ...rankColumns(account.rank),
        state: account.state,
        verifier: account.verifier,
        must_change: account.mustChange ? 1 : 0,
        created_at_ms: account.createdAtMs,
        last_signed_in_ms: account.lastSignedInMs,
      })
      .execute();
  }

  async setPassword(
    accountId: string,
    verifier: string,
    next: 'chosen' | 'must-change',
  ): Promise<void> {
    await this.#db.now
      .updateTable('accounts')
      .set(({ eb }) => ({
        verifier,
        must_change: next === 'chosen' ? 0 : 1,
        version: eb('version', '+', 1),
      }))
      .where('account_id', '=', accountId)
      .execute();
  }

  async setRank(accountId: string, rank: AccountRank, state: Account['state']): Promise<void> {
    await this.#db.now
      .updateTable('accounts')
      .set(({ eb }) => ({ ...rankColumns(rank), state, version: eb('version', '+', 1) }))
      .where('account_id', '=', accountId)
      .execute();
  }

  /** A member of staff becomes an administrator: now there is a name to sign in with. */
  async setName(accountId: string, name: string): Promise<void> {
    await this.#db.now
      .updateTable('accounts')
      .set({ name })
      .where('account_id', '=', accountId)
      .execute();
  }

  async noteSignIn(accountId: string, atMs: number): Promise<void> {
    await this.#db.now
      .updateTable('accounts')
      .set({ last_signed_in_ms: atMs })
      .where('account_id', '=', accountId)
      .execute();
  }

  /** With everything by which it signed in; what it did stays in the audit log under its id. */
  async remove(accountId: string): Promise<void> {
    const belongings = [
      'sessions',
      'sign_in_challenges',
      'second_factors',
      'one_time_links',
      'identity_links',
      'accounts',
    ] as const;
    for (const table of belongings) {
      await this.#db.now.deleteFrom(table).where('account_id', '=', accountId).execute();
    }
  }

  /** What somebody signed in by as staff goes with them; who runs the place has to be relieved first. */
  async removeStaff(personId: string): Promise<void> {
    const account = await this.ofPerson(personId);
    if (account?.rank.kind === 'none') await this.remove(account.accountId);
  }

  #view() {
    return this.#db.now
      .selectFrom('accounts as a')
      .leftJoin('people as p', 'p.person_id', 'a.person_id')
      .selectAll('a')
      .select(['p.employee_no', 'p.employed_to', 'p.erased_at_ms']);
  }
}

/** Whatever the case: the index on `lower(name)` keeps them apart and answers this. */
function isText(column: string, text: string) {
  return sql<boolean>`lower(${sql.ref(column)}) = lower(${text})`;
}

const savedGrants = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.array(grant));

/** Grants as a column keeps them, of accounts and of API clients. */
export function grantsColumn(grants: readonly Grant[]): string {
  return JSON.stringify(grants.map(grantText));
}

export function grantsFrom(column: string): readonly Grant[] {
  return savedGrants.parse(column).map(grantFrom);
}

function rankColumns(rank: AccountRank) {
  const grants = rank.kind === 'administrator' ? rank.grants : [];
  return { rank: rank.kind, grants: grantsColumn(grants) };
}

const savedRank = z.enum(['superAdministrator', 'administrator', 'none']);

function rankFrom(row: AccountRow): AccountRank {
  const kind = savedRank.parse(row.rank);
  return kind === 'administrator' ? { kind, grants: grantsFrom(row.grants) } : { kind };
}

function accountFrom(row: AccountRow): KnownAccount {
  return {
    accountId: row.account_id,
    name: row.name,
    personId: row.person_id,
    locale: locale.parse(row.locale),
    rank: rankFrom(row),
    state: row.state === 'active' ? 'active' : 'disabled',
    verifier: row.verifier,
    mustChange: row.must_change === 1,
    createdAtMs: row.created_at_ms,
    lastSignedInMs: row.last_signed_in_ms,
    version: row.version,
    shownName: row.name ?? row.employee_no ?? row.account_id,
    employedTo: row.employed_to,
    isErased: row.erased_at_ms !== null,
  };
}
