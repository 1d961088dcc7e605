import { describe, expect, test } from 'vitest';
import { auditAction, auditCheckpoint, auditEntry } from '#contracts/rest/v1/audit';
import { type AuditRecord, auditActorOf, auditChanges } from '#domain/authority/audit-entry';
import { appendAudit, signCheckpoint } from '#platform/crypto/audit-chain';
import { chainStart, hashEntry } from '#platform/crypto/entry-chain';
import { generateRawKeyPair, privateKeyOf } from '#platform/crypto/keys';

const at = Temporal.Instant.from('2026-03-02T08:00:00.123Z');
const start = chainStart('9b2f3c1e-6f0a-4d5b-8c7d-0123456789ab');
const act: AuditRecord = {
  actor: auditActorOf({ kind: 'system', part: 'retention' }),
  action: 'person.changed',
  subject: { kind: 'person', id: '11111111-1111-4111-8111-111111111111' },
  changes: auditChanges(
    { name: 'Wang', sites: ['north'], pin: 'old' },
    { name: 'Li', sites: [], pin: 'new' },
    new Set(['name', 'sites']),
  ),
};

describe('an audit entry', () => {
  const entry = appendAudit(start, at, act);

  test('travels as it was written: its hash still holds on the other side', () => {
    const arrived = auditEntry.parse(JSON.parse(JSON.stringify(entry)));
    expect(arrived).toEqual(entry);
    expect(hashEntry(arrived)).toBe(entry.hash);
  });

  test('has no room for anything besides', () => {
    const wordy = { ...entry, act: { ...act, comment: 'and his PIN is 314159' } };
    expect(auditEntry.safeParse(wordy).success).toBe(false);
  });

  test('names a secret field without a value, or is none', () => {
    const half = { ...entry, act: { ...act, changes: [{ field: 'pin', after: 'new' }] } };
    expect(auditEntry.safeParse(half).success).toBe(false);
  });
});

test('a checkpoint travels as it was signed', () => {
  const key = privateKeyOf('ed25519', generateRawKeyPair('ed25519').privateKey);
  const checkpoint = signCheckpoint(start, at, key);
  expect(auditCheckpoint.parse(JSON.parse(JSON.stringify(checkpoint)))).toEqual(checkpoint);
});

test.each([
  ['grant.changed', true],
  ['sign-in.second-factor.refused', true],
  ['changed', false],
  ['Grant.Changed', false],
  ['grant.', false],
])('%s is an action: %s', (action, isOne) => {
  expect(auditAction.safeParse(action).success).toBe(isOne);
});
