import { describe, expect, test } from 'vitest';
import type { Actor } from '#domain/authority/actor';
import { apiClientActor } from '#domain/authority/api-client';
import { mayJudge } from '#domain/authority/conduct';
import { admit, type RouteAuthority } from '#domain/authority/route';

const li: Actor = {
  kind: 'account',
  accountId: 'a1',
  personId: 'li',
  standings: [{ kind: 'superAdministrator' }],
  onBehalfOf: 'zhao',
};
const nobodyOnStaff: Actor = { ...li, personId: null, onBehalfOf: null, standings: [] };
const hub: Actor = { kind: 'system', part: 'recompute' };
const program: Actor = {
  kind: 'client',
  clientId: 'c1',
  grants: [{ capability: 'approvals', access: 'view', area: { departments: null, sites: null } }],
  onBehalfOf: 'li',
};

describe('mayJudge', () => {
  test.each([
    ['nobody edits their own punches, whatever their rank', li, 'li', 'punch', 'own-punch'],
    ['nobody approves their own request', li, 'li', 'request', 'own-request'],
    ['nor that of whom they stand in for', li, 'zhao', 'request', 'own-request'],
    ['nor through a program', program, 'li', 'exception', 'own-exception'],
    ['nor adjusts their own result', li, 'li', 'result', 'own-result'],
    ['others’ are theirs to judge', li, 'wang', 'punch', undefined],
    ['the hub is nobody', hub, 'li', 'result', undefined],
    ['an account without a person has nothing of its own', nobodyOnStaff, 'li', 'punch', undefined],
  ] as const)('%s', (...[, actor, personId, record, fault]) => {
    const answer = mayJudge(actor, personId, record);
    expect(answer.ok ? undefined : answer.failure).toBe(fault);
  });
});

describe('admit', () => {
  const lookAtApprovals: RouteAuthority = { capability: 'approvals', access: 'view' };
  const decide: RouteAuthority = { capability: 'approvals', access: 'change' };

  test.each([
    ['anybody through a public door', null, 'public', 'ok'],
    ['nobody in particular through no other', null, 'signed-in', 'sign-in-needed'],
    ['not even to themself', null, 'self', 'sign-in-needed'],
    ['nor to what a right is needed for', null, lookAtApprovals, 'sign-in-needed'],
    ['an account to what needs a session', nobodyOnStaff, 'signed-in', 'ok'],
    ['a member of staff to themself', li, 'self', 'ok'],
    ['an account without a person has no self', nobodyOnStaff, 'self', 'not-allowed'],
    ['a program has no session', program, 'signed-in', 'not-allowed'],
    ['a program to what its token names', program, lookAtApprovals, 'ok'],
    ['and no further', program, decide, 'not-allowed'],
    ['an account without rights', nobodyOnStaff, lookAtApprovals, 'not-allowed'],
    ['a super administrator', li, decide, 'ok'],
  ] as const)('%s', (_claim, actor, authority, outcome) => {
    const answer = admit(actor, authority);
    expect(answer.ok ? 'ok' : answer.failure).toBe(outcome);
  });
});

describe('apiClientActor', () => {
  const client = {
    clientId: 'c1',
    grants: [],
    expiresAt: Temporal.Instant.from('2026-06-01T00:00:00Z'),
    revokedAt: null,
  };
  const use = { at: Temporal.Instant.from('2026-05-31T23:59:59Z'), onBehalfOf: 'li' };

  test('acts until it expires', () => {
    expect(apiClientActor(client, use)).toEqual({
      ok: true,
      value: { kind: 'client', clientId: 'c1', grants: [], onBehalfOf: 'li' },
    });
  });

  test.each([
    ['the last instant is already too late', client, { ...use, at: client.expiresAt }, 'expired'],
    ['a revoked one never acts', { ...client, revokedAt: use.at }, use, 'revoked'],
  ])('%s', (_claim, which, when, failure) => {
    expect(apiClientActor(which, when)).toEqual({ ok: false, failure });
  });
});
