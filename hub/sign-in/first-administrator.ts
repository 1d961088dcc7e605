import { randomUUID } from 'node:crypto';
import { printedPassword } from '#hub/sign-in/password-desk';
import type { AccountRepository } from '#hub/storage/account-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';

export const FIRST_ADMINISTRATOR = 'admin';

export interface FoundingDeps {
  readonly db: HubDatabase;
  readonly accounts: AccountRepository;
  readonly clock: Clock;
}

/** @returns the password of the first administrator when it was made just now; only its hash is kept */
export async function foundAdministrator(deps: FoundingDeps): Promise<string | undefined> {
  const { db, accounts, clock } = deps;
  if ((await accounts.countAdministrators()) > 0) return undefined;
  const { password, verifier } = await printedPassword();
  return await db.transaction(async () => {
    if ((await accounts.countAdministrators()) > 0) return undefined; // another hub was faster
    await accounts.add({
      accountId: randomUUID(),
      name: FIRST_ADMINISTRATOR,
      personId: null,
      locale: 'zh-CN',
      rank: { kind: 'superAdministrator' },
      state: 'active',
      verifier,
      mustChange: true,
      createdAtMs: clock.now().epochMilliseconds,
      lastSignedInMs: null,
      version: 1,
    });
    return password;
  });
}
