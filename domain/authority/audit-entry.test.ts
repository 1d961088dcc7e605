import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#domain/authority/actor';
import { auditActorOf, auditChanges } from '#domain/authority/audit-entry';

describe('auditChanges', () => {
  test('shows before and after of what may be shown, and only names the rest', () => {
    const before = { name: 'Wang', pinVerifier: 'old', sites: ['north'], locale: 'en' };
    const after = { name: 'Wang Li', pinVerifier: 'new', sites: ['north'], managerId: 'zhao' };
    expect(auditChanges(before, after, new Set(['name', 'locale', 'managerId']))).toEqual([
      { field: 'locale', before: 'en', after: null },
      { field: 'managerId', before: null, after: 'zhao' },
      { field: 'name', before: 'Wang', after: 'Wang Li' },
      { field: 'pinVerifier' },
    ]);
  });

  test('a value that is not listed is nowhere in the log, whatever changed', () => {
    const secret = fc.string({ minLength: 12 }).map((text) => `secret-${text}`);
    fc.assert(
      fc.property(secret, secret, (before, after) => {
        const text = JSON.stringify(
          auditChanges({ pin: before }, { pin: after }, new Set(['name'])),
        );
        expect(text).not.toContain('secret-');
      }),
    );
  });
});

describe('auditActorOf', () => {
  const account = {
    kind: 'account',
    accountId: 'a1',
    personId: 'li',
    standings: [],
    onBehalfOf: 'zhao',
  } as const;
  const manages = {
    kind: 'manager',
    reports: new Set<string>(),
    headOf: new Set<string>(),
  } as const;

  test.each([
    ['staff', account, { kind: 'staff', id: 'a1', onBehalfOf: 'zhao' }],
    [
      'a manager is staff',
      { ...account, standings: [manages] },
      { kind: 'staff', id: 'a1', onBehalfOf: 'zhao' },
    ],
    [
      'an administrator',
      { ...account, standings: [manages, { kind: 'superAdministrator' }] },
      { kind: 'administrator', id: 'a1', onBehalfOf: 'zhao' },
    ],
    [
      'a program',
      { kind: 'client', clientId: 'c1', grants: [], onBehalfOf: null },
      { kind: 'client', id: 'c1', onBehalfOf: null },
    ],
    [
      'the hub',
      { kind: 'system', part: 'retention' },
      { kind: 'system', id: 'retention', onBehalfOf: null },
    ],
  ] as const satisfies readonly (readonly [string, Actor, object])[])(
    '%s, by id and never by name',
    (_who, actor, entry) => {
      expect(auditActorOf(actor)).toEqual(entry);
    },
  );
});
