import { randomUUID } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import type { OpenAuthority } from '#hub/authority/open-authority';
import { FIRST_ADMINISTRATOR } from '#hub/sign-in/first-administrator';
import { printedPassword } from '#hub/sign-in/password-desk';
import { nameKey } from '#hub/sign-in/sign-in-lock';
import type { KnownAccount } from '#hub/storage/account-repository';

export interface ResetDone {
  readonly name: string;
  /** Shown once; it has to be replaced at the next sign-in. */
  readonly password: string;
}

/** @param names of those who could be meant instead */
export interface NoSuchAdministrator {
  readonly reason: 'no-such-administrator';
  readonly names: readonly string[];
}

const NAMES_MAX = 20; // told to somebody at a terminal

/**
 * For whoever holds the machine and has lost the last password: a new one, no second factor, nobody
 * signed in. Whoever can do this could as well write into the database; here it is written down.
 *
 * @param name of the administrator; without one the first of the super administrators
 */
export async function resetAdministrator(
  { accounts, auditLog, clock, served }: OpenAuthority,
  name: string | undefined,
): Promise<Result<ResetDone, NoSuchAdministrator>> {
  const { secondFactors, sessions, lock } = served;
  const { password, verifier } = await printedPassword();
  return await auditLog.unit(async () => {
    const all = await accounts.administrators({ limit: NAMES_MAX, after: undefined });
    const supers = all.filter(({ rank }) => rank.kind === 'superAdministrator');
    const found =
      name === undefined ? (supers[0] ?? (await founded())) : await accounts.named(name);
    if (found === undefined || found.rank.kind === 'none') {
      const names = all.map(({ shownName }) => shownName);
      return failed<NoSuchAdministrator>({ reason: 'no-such-administrator', names });
    }
    const { accountId, rank, shownName } = found;
    await accounts.setPassword(accountId, verifier, 'must-change');
    await accounts.setRank(accountId, rank, 'active');
    await secondFactors.remove(accountId);
    await sessions.endAllOf(accountId);
    await lock.forgive(nameKey(accountId, ''));
    await auditLog.append({
      actor: { kind: 'system', id: 'command-line', onBehalfOf: null },
      action: 'administrator.reset',
      subject: { kind: 'administrator', id: accountId },
      changes: [],
    });
    return ok({ name: shownName, password });
  });

  /** Of a hub that nobody runs any more. */
  async function founded(): Promise<KnownAccount | undefined> {
    const accountId = randomUUID();
    await accounts.add({
      accountId,
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
    return await accounts.get(accountId);
  }
}
