import { company, deed, OPEN, OWN, PUBLIC, type Rule, rows } from '#tests/scope/rule';
import type { Side } from '#tests/scope/scope-shapes';

const personOf = ({ personId }: Side) => `/people/${personId}`;
const adminOf = ({ accountId }: Side) => `/administrators/${accountId}`;
const clientOf = ({ clientId }: Side) => `/api-clients/${clientId}`;
const grantOver = ({ siteId }: Side) => ({
  capability: 'people',
  access: 'change',
  departments: null,
  sites: [siteId],
});
const expiresAt = '2026-06-01T00:00:00Z';

/** Accounts, administrators, programs and the audit log. */
export const AUTHORITY_RULES: Readonly<Record<string, Rule>> = {
  session: OWN,
  signIn: PUBLIC,
  signInCode: PUBLIC,
  signOut: OWN,
  changePassword: OWN,
  signInWays: PUBLIC,
  startProvider: PUBLIC,
  finishProvider: PUBLIC,
  checkReset: PUBLIC,
  resetPassword: PUBLIC,
  rights: OWN,
  openSessions: OWN,
  endSession: OWN,
  endOtherSessions: OWN,
  secondFactor: OWN,
  startSecondFactor: OWN,
  confirmSecondFactor: OWN,
  renewRecoveryCodes: OWN,
  endSecondFactor: OWN,

  listAdministrators: rows(() => '/administrators'),
  administrator: rows(adminOf),
  viewAsAdministrator: rows((side) => `${adminOf(side)}/view`),
  addAdministrator: deed(
    'POST',
    () => '/administrators',
    (side) => ({
      payload: {
        name: 'new',
        locale: 'en',
        rank: { kind: 'administrator', grants: [grantOver(side)] },
      },
    }),
  ),
  changeAdministrator: deed('PATCH', adminOf, () => ({ payload: { state: 'active' } })),
  resetPasswordOf: deed('POST', (side) => `${adminOf(side)}/password-reset`),
  resetSecondFactorOf: deed('DELETE', (side) => `${adminOf(side)}/second-factor`),
  removeAdministrator: deed('DELETE', adminOf, () => ({ payload: {} })),
  signInPolicy: OPEN,
  setSignInPolicy: company('PUT', '/sign-in-policy', { secondFactor: 'nobody' }),
  inviteStaff: deed('POST', (side) => `${personOf(side)}/invitation`),
  resetStaffSecondFactor: deed('DELETE', (side) => `${personOf(side)}/second-factor`),
  listApiClients: rows(() => '/api-clients'),
  apiClient: rows(clientOf),
  addApiClient: deed(
    'POST',
    () => '/api-clients',
    (side) => ({
      payload: { name: 'new', grants: [grantOver(side)], expiresAt },
    }),
  ),
  changeApiClient: deed('PATCH', clientOf, () => ({ payload: { name: 'renamed' } })),
  renewApiClient: deed(
    'POST',
    (side) => `${clientOf(side)}/token`,
    () => ({
      payload: { expiresAt },
    }),
  ),
  revokeApiClient: deed('DELETE', clientOf),

  listAudit: rows(() => '/audit?limit=500'),
  verifyAudit: OPEN,
  auditCheckpoints: OPEN,
};
