import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountActor, Actor, Rank } from '#domain/authority/actor';
import { ACCESSES, CAPABILITIES } from '#domain/authority/capability';
import {
  type AdministratorChange,
  mayChangeAdministrator,
  mayGive,
  maySeeAdministrator,
} from '#domain/authority/delegation';
import { departmentTree } from '#domain/authority/department-tree';
import type { Grant } from '#domain/authority/grant';
import { coversArea, reachOf } from '#domain/authority/reach';
import { authorityText } from '#domain/authority/refusal-text';

/*
 * Goal: nobody rises, or raises others, above themselves, and the company never locks itself out.
 * Method: an administrator of the factory against a table of attempts, then properties.
 */

const tree = departmentTree([
  { id: 'company', parentId: null },
  { id: 'factory', parentId: 'company' },
  { id: 'assembly', parentId: 'factory' },
  { id: 'office', parentId: 'company' },
]);
const SUPER: Rank = { kind: 'superAdministrator' };

function grant(
  capability: Grant['capability'],
  access: Grant['access'],
  departments: readonly string[] | null,
): Grant {
  const ids = departments === null ? null : new Set(departments);
  return { capability, access, area: { departments: ids, sites: null } };
}

function rank(...grants: readonly Grant[]): Rank {
  return { kind: 'administrator', grants };
}

function actor(own: Rank, accountId = 'me'): AccountActor {
  return { kind: 'account', accountId, personId: null, standings: [own], onBehalfOf: null };
}

const factory = rank(
  grant('administrators', 'change', ['factory']),
  grant('people', 'change', ['factory']),
  grant('results', 'view', null),
);

describe('mayGive', () => {
  test.each([
    ['what one holds', factory, rank(grant('people', 'change', ['factory'])), 'ok'],
    ['less of it', factory, rank(grant('people', 'view', ['assembly'])), 'ok'],
    ['nothing', factory, rank(), 'ok'],
    [
      'change, holding only view',
      factory,
      rank(grant('results', 'change', ['factory'])),
      'beyond-own',
    ],
    ['what one does not hold', factory, rank(grant('rules', 'view', ['factory'])), 'beyond-own'],
    ['another department', factory, rank(grant('people', 'view', ['office'])), 'beyond-own'],
    [
      'what one holds, where one may not appoint',
      factory,
      rank(grant('results', 'view', ['office'])),
      'beyond-own',
    ],
    ['everything', factory, SUPER, 'super-only'],
    ['everything, as a super administrator', SUPER, SUPER, 'ok'],
    [
      'anything, without the right to appoint',
      rank(grant('people', 'change', null)),
      rank(),
      'not-allowed',
    ],
    ['an empty choice', SUPER, rank(grant('people', 'view', [])), 'reaches-nobody'],
    [
      'terminals by department',
      SUPER,
      rank(grant('fleet', 'view', ['office'])),
      'places-have-no-department',
    ],
  ] as const)('%s', (_what, own, given, outcome) => {
    const answer = mayGive(actor(own), given, tree);
    expect(answer.ok ? 'ok' : answer.failure.reason).toBe(outcome);
  });

  test('no site chosen is refused like no department', () => {
    const area = { departments: null, sites: new Set<string>() };
    const answer = mayGive(actor(SUPER), rank({ capability: 'fleet', access: 'view', area }), tree);
    expect(answer).toMatchObject({ failure: { reason: 'reaches-nobody' } });
  });

  test('names exactly what goes too far', () => {
    const tooFar = grant('people', 'view', ['office']);
    const answer = mayGive(
      actor(factory),
      rank(grant('people', 'view', ['assembly']), tooFar),
      tree,
    );
    expect(answer).toEqual({ ok: false, failure: { reason: 'beyond-own', beyond: [tooFar] } });
  });
});

function attempt(own: Rank, change: Partial<AdministratorChange>, by: Actor = actor(own)): string {
  const answer = mayChangeAdministrator(
    by,
    {
      target: { accountId: 'other', rank: rank(grant('people', 'view', ['assembly'])) },
      next: { kind: 'removed' },
      otherSuperAdministrators: 1,
      selfLowering: 'refused',
      ...change,
    },
    tree,
  );
  return answer.ok ? 'ok' : answer.failure.reason;
}

describe('mayChangeAdministrator', () => {
  const otherSuper = { accountId: 'other', rank: SUPER };
  const meSuper = { accountId: 'me', rank: SUPER };
  const meFactory = { accountId: 'me', rank: factory };

  test.each([
    ['a lesser one may be removed', factory, {}, 'ok'],
    [
      'and widened within bounds',
      factory,
      { next: rank(grant('people', 'change', ['factory'])) },
      'ok',
    ],
    ['but not beyond', factory, { next: rank(grant('people', 'view', null)) }, 'beyond-own'],
    [
      'one with other rights is out of reach, even to lower them',
      factory,
      { target: { accountId: 'other', rank: rank(grant('rules', 'view', ['factory'])) } },
      'beyond-own',
    ],
    ['a super administrator is above the others', factory, { target: otherSuper }, 'super-only'],
    ['nor can one be made one', factory, { target: meFactory, next: SUPER }, 'super-only'],
    ['without the right nothing is changed', rank(), {}, 'not-allowed'],
    ['a super administrator may lower another', SUPER, { target: otherSuper, next: factory }, 'ok'],
    [
      'the last one cannot be removed',
      SUPER,
      { target: meSuper, otherSuperAdministrators: 0, selfLowering: 'confirmed' },
      'last-super',
    ],
    [
      'nor disabled',
      SUPER,
      { target: meSuper, next: { kind: 'disabled' }, otherSuperAdministrators: 0 },
      'last-super',
    ],
    [
      'nor lowered',
      SUPER,
      { target: meSuper, next: factory, otherSuperAdministrators: 0 },
      'last-super',
    ],
    [
      'but can be left as they are',
      SUPER,
      { target: meSuper, next: SUPER, otherSuperAdministrators: 0 },
      'ok',
    ],
    [
      'one does not lower oneself by accident',
      SUPER,
      { target: meSuper, next: factory },
      'lowers-self',
    ],
    [
      'nor take a single right from oneself',
      factory,
      { target: meFactory, next: rank(grant('administrators', 'change', ['factory'])) },
      'lowers-self',
    ],
    ['only on purpose', SUPER, { target: meSuper, next: factory, selfLowering: 'confirmed' }, 'ok'],
    ['nor remove oneself', SUPER, { target: meSuper }, 'lowers-self'],
    [
      'keeping what one has is no lowering',
      factory,
      {
        target: { accountId: 'me', rank: rank(grant('people', 'view', ['assembly'])) },
        next: rank(grant('people', 'change', ['assembly'])),
      },
      'ok',
    ],
  ] as const)('%s', (_claim, own, change, outcome) => {
    expect(attempt(own, change)).toBe(outcome);
  });

  test('the hub itself may, and is never lowered by it', () => {
    const hub: Actor = { kind: 'system', part: 'command line' };
    expect(attempt(SUPER, { target: meSuper, next: { kind: 'disabled' } }, hub)).toBe('ok');
  });

  test('a program may what its grants allow', () => {
    const grants = factory.kind === 'administrator' ? factory.grants : [];
    const client: Actor = { kind: 'client', clientId: 'me', grants, onBehalfOf: null };
    expect(attempt(SUPER, {}, client)).toBe('ok');
    expect(attempt(SUPER, { target: otherSuper }, client)).toBe('super-only');
  });
});

describe('maySeeAdministrator', () => {
  const looker = (departments: readonly string[] | null) =>
    rank(grant('administrators', 'view', departments));

  test.each([
    ['all by a super administrator', SUPER, SUPER, true],
    [
      'one whose area is mine',
      looker(['factory']),
      rank(grant('rules', 'view', ['assembly'])),
      true,
    ],
    ['one whose area is not', looker(['factory']), rank(grant('rules', 'view', ['office'])), false],
    ['a super administrator, looking everywhere', looker(null), SUPER, true],
    ['a super administrator, looking at a part', looker(['factory']), SUPER, false],
    ['anybody, without the right', rank(), rank(), false],
  ] as const)('%s', (_claim, own, target, isSeen) => {
    expect(maySeeAdministrator(actor(own), target, tree)).toBe(isSeen);
  });
});

const anyGrant: fc.Arbitrary<Grant> = fc
  .record({
    capability: fc.constantFrom(...CAPABILITIES),
    access: fc.constantFrom(...ACCESSES),
    departments: fc.option(
      fc.subarray(['company', 'factory', 'assembly', 'office'], { minLength: 1 }),
      { nil: null },
    ),
  })
  .map(({ capability, access, departments }) => grant(capability, access, departments));
const anyGrants = fc.array(anyGrant, { maxLength: 6 });

describe('whatever is passed on,', () => {
  test('what was given is a part of what the giver holds, through any number of hands', () => {
    fc.assert(
      fc.property(anyGrants, anyGrants, anyGrants, (first, second, third) => {
        const appoint = grant('administrators', 'change', ['company']);
        const giver = actor(rank(appoint, ...first));
        const heir = actor(rank(appoint, ...second));
        fc.pre(mayGive(giver, rank(appoint, ...second), tree).ok);
        fc.pre(mayGive(heir, rank(...third), tree).ok);
        for (const { capability, access, area } of third) {
          expect(coversArea(reachOf(giver, capability, access, tree), area)).toBe(true);
        }
      }),
    );
  });

  test('any choice among one’s own grants may be given, where one may appoint', () => {
    fc.assert(
      fc.property(anyGrants, fc.array(fc.nat(), { maxLength: 4 }), (held, picks) => {
        const own = held.filter((each) => each.capability !== 'fleet');
        const given = picks.flatMap((pick) => own.slice(pick % (own.length + 1)).slice(0, 1));
        const giver = actor(rank(grant('administrators', 'change', null), ...own));
        expect(mayGive(giver, rank(...given), tree)).toEqual({ ok: true, value: undefined });
      }),
    );
  });
});

describe('authorityText', () => {
  test('says what to do, in both languages', () => {
    expect(authorityText('last-super')).toEqual({
      'zh-CN': '这是最后一位超级管理员，请先指定另一位再操作',
      en: 'This is the last super administrator; appoint another one first',
    });
  });
});
