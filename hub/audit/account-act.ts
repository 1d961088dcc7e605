import type { AuditChange, AuditRecord } from '#domain/authority/audit-entry';
import type { KnownAccount } from '#hub/storage/account-repository';

/** What somebody did about their own account, at a moment when nobody was signed in yet. */
export function accountAct(
  { accountId, rank }: KnownAccount,
  action: string,
  changes: readonly AuditChange[] = [],
): AuditRecord {
  return {
    actor: {
      kind: rank.kind === 'none' ? 'staff' : 'administrator',
      id: accountId,
      onBehalfOf: null,
    },
    action,
    subject: { kind: 'account', id: accountId },
    changes,
  };
}

/** What befell an account without anybody having shown that it is theirs. */
export function befell(accountId: string, action: string): AuditRecord {
  return {
    actor: { kind: 'system', id: 'sign-in', onBehalfOf: null },
    action,
    subject: { kind: 'account', id: accountId },
    changes: [],
  };
}
