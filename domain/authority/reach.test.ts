import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountActor, type Actor, holds, type Standing } from '#domain/authority/actor';
import { ACCESSES, CAPABILITIES } from '#domain/authority/capability';
import { departmentTree, withDescendants } from '#domain/authority/department-tree';
import { EVERYWHERE, type Grant } from '#domain/authority/grant';
import { coversArea, placeReachOf, reaches, reachesPlace, reachOf } from '#domain/authority/reach';

/*
 * Goal: nobody reaches a row that no grant of theirs names. Method: a small company as a table of
 * claims, then properties over arbitrary grants and people of the same company.
 */

/** company > factory > assembly; company > office. The annex hangs under nothing we know. */
const tree = departmentTree([
  { id: 'company', parentId: null },
  { id: 'factory', parentId: 'company' },
  { id: 'assembly', parentId: 'factory' },
  { id: 'office', parentId: 'company' },
  { id: 'annex', parentId: 'unheard-of' },
]);

const wang = { personId: 'wang', departments: ['assembly'], sites: ['north'] };
const li = { personId: 'li', departments: ['assembly'], sites: ['south'] };
const zhao = { personId: 'zhao', departments: ['office'], sites: ['north'] };
const everyone = [wang, li, zhao];
const all = ['wang', 'li', 'zhao'];

function account(standings: readonly Standing[], personId: string | null = null): AccountActor {
  return { kind: 'account', accountId: 'a', personId, standings, onBehalfOf: null };
}

function area(departments: readonly string[] | null, sites: readonly string[] | null) {
  return {
    departments: departments === null ? null : new Set(departments),
    sites: sites === null ? null : new Set(sites),
  };
}

function viewing(...areas: readonly Grant['area'][]): AccountActor {
  const grants = areas.map(
    (each): Grant => ({ capability: 'results', access: 'view', area: each }),
  );
  return account([{ kind: 'administrator', grants }]);
}

function reached(actor: Actor, access: 'view' | 'change' = 'view'): string[] {
  const reach = reachOf(actor, 'results', access, tree);
  return everyone.filter((person) => reaches(reach, person)).map(({ personId }) => personId);
}

describe('reachOf', () => {
  test.each([
    ['no grant at all', [], []],
    ['a department takes in all below it', [area(['factory'], null)], ['wang', 'li']],
    ['a site, whatever the department', [area(null, ['north'])], ['wang', 'zhao']],
    ['a department and a site: both conditions hold', [area(['factory'], ['north'])], ['wang']],
    [
      'two grants are a union',
      [area(['office'], null), area(['factory'], ['south'])],
      ['li', 'zhao'],
    ],
    ['neither named: everybody', [EVERYWHERE], ['wang', 'li', 'zhao']],
    ['a deleted department is nobody', [area(['gone'], null)], []],
    ['a deleted department at a site is nobody', [area(['gone'], ['north'])], []],
    ['no site at all is nobody', [area(['factory'], [])], []],
  ])('%s', (_claim, areas, people) => {
    expect(reached(viewing(...areas))).toEqual(people);
  });

  test.each([
    ['looking is not changing', viewing(EVERYWHERE), 'change', []],
    ['a super administrator', account([{ kind: 'superAdministrator' }]), 'change', all],
    ['the hub itself', { kind: 'system', part: 'recompute' }, 'change', all],
    ['staff see themselves', account([], 'li'), 'view', ['li']],
    ['staff change nothing of themselves', account([], 'li'), 'change', []],
    ['an account without a person sees nobody', account([]), 'view', []],
    [
      'a manager sees their reports, the departments they head, and themself',
      account(
        [{ kind: 'manager', reports: new Set(['zhao']), headOf: new Set(['factory']) }],
        'li',
      ),
      'view',
      all,
    ],
    [
      'a super administrator changes everybody but themself',
      account([{ kind: 'superAdministrator' }], 'zhao'),
      'change',
      ['wang', 'li'],
    ],
    [
      'a program sees what its token names',
      {
        kind: 'client',
        clientId: 'c',
        onBehalfOf: null,
        grants: [{ capability: 'results', access: 'change', area: area(null, ['south']) }],
      },
      'view',
      ['li'],
    ],
  ] as const satisfies readonly (readonly [string, Actor, 'view' | 'change', readonly string[]])[])(
    '%s',
    (_claim, actor, access, people) => {
      expect(reached(actor, access)).toEqual(people);
    },
  );

  test('a head decides for the department, not for themself nor whom they stand in for', () => {
    const heads: Standing = {
      kind: 'manager',
      reports: new Set(['wang', 'zhao']),
      headOf: new Set(['assembly']),
    };
    const actor = { ...account([heads], 'wang'), onBehalfOf: 'zhao' };
    const reach = reachOf(actor, 'approvals', 'change', tree);
    expect(everyone.filter((each) => reaches(reach, each))).toEqual([li]);
  });
});

const fleet = (...areas: readonly Grant['area'][]) =>
  placeReachOf(
    account([
      {
        kind: 'administrator',
        grants: areas.map((each) => ({ capability: 'fleet', access: 'change', area: each })),
      },
    ]),
    'fleet',
    'view',
  );

describe('placeReachOf', () => {
  test.each([
    ['nothing granted', fleet(), []],
    ['one site', fleet(area(null, ['north'])), ['north']],
    [
      'two grants are a union',
      fleet(area(null, ['north']), area(null, ['south'])),
      ['north', 'south'],
    ],
    ['no condition', fleet(EVERYWHERE), ['north', 'south']],
    ['a department has no terminals', fleet(area(['factory'], ['north'])), []],
  ])('%s', (_claim, reach, sites) => {
    expect(['north', 'south'].filter((site) => reachesPlace(reach, site))).toEqual(sites);
  });

  test('being somebody, or managing people, reaches no place', () => {
    const manager: Standing = {
      kind: 'manager',
      reports: new Set(['li']),
      headOf: new Set(['factory']),
    };
    expect(placeReachOf(account([manager], 'li'), 'people', 'view')).toEqual({ kind: 'nowhere' });
  });
});

describe('coversArea', () => {
  const held = reachOf(
    viewing(area(['factory'], null), area(null, ['north']), area(['office'], ['south'])),
    'results',
    'view',
    tree,
  );

  test.each([
    ['what lies below', area(['assembly'], null), true],
    ['less than a whole department', area(['assembly'], ['south']), true],
    ['a site held outright', area(null, ['north']), true],
    ['a crossing held as such', area(['office'], ['south']), true],
    ['pieces of several grants together', area(['factory', 'office'], ['north', 'south']), true],
    ['a department held at one site only', area(['office'], null), false],
    ['what lies above', area(['company'], null), false],
    ['a site held for one department only', area(null, ['south']), false],
    ['everywhere', EVERYWHERE, false],
  ])('%s', (_claim, wanted, isCovered) => {
    expect(coversArea(held, wanted)).toBe(isCovered);
  });

  test('everything is covered by everybody, nothing by nobody', () => {
    expect(coversArea(reachOf(viewing(EVERYWHERE), 'results', 'view', tree), EVERYWHERE)).toBe(
      true,
    );
    expect(coversArea({ kind: 'nobody' }, area(['office'], ['north']))).toBe(false);
  });
});

describe('withDescendants', () => {
  test('ends when departments lie below each other', () => {
    const circle = departmentTree([
      { id: 'a', parentId: 'b' },
      { id: 'b', parentId: 'a' },
    ]);
    expect([...withDescendants(circle, ['a'])].toSorted()).toEqual(['a', 'b']);
  });
});

const ids = (choices: readonly string[]) =>
  fc.option(
    fc.subarray([...choices]).map((chosen): ReadonlySet<string> => new Set(chosen)),
    { nil: null },
  );
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  capability: fc.constantFrom(...CAPABILITIES),
  access: fc.constantFrom(...ACCESSES),
  area: fc.record({
    departments: ids(['company', 'factory', 'assembly', 'office', 'annex', 'gone']),
    sites: ids(['north', 'south']),
  }),
});
const anyPerson = fc.record({
  personId: fc.constantFrom('wang', 'li', 'zhao', 'qian'),
  departments: fc.subarray(['company', 'factory', 'assembly', 'office', 'annex']),
  sites: fc.subarray(['north', 'south']),
});
const anyCapability = fc.constantFrom(...CAPABILITIES);
const anyAccess = fc.constantFrom(...ACCESSES);
const administrator = (grants: readonly Grant[], personId: string | null = null) =>
  account([{ kind: 'administrator', grants }], personId);

describe('whatever is granted,', () => {
  test('taking a grant away never adds anybody', () => {
    fc.assert(
      fc.property(
        fc.array(anyGrant, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        anyPerson,
        fc.tuple(anyCapability, anyAccess),
        (grants, pick, person, [capability, access]) => {
          const fewer = grants.toSpliced(pick % grants.length, 1);
          const after = reaches(reachOf(administrator(fewer), capability, access, tree), person);
          const before = reaches(reachOf(administrator(grants), capability, access, tree), person);
          expect(after && !before).toBe(false);
        },
      ),
    );
  });

  test('a person outside every grant is never reached, and one inside some grant always is', () => {
    fc.assert(
      fc.property(
        fc.array(anyGrant, { maxLength: 6 }),
        anyPerson,
        anyCapability,
        (grants, person, capability) => {
          const isNamed = grants
            .filter((grant) => grant.capability === capability)
            .some(({ area: { departments, sites } }) => {
              const below = departments === null ? null : withDescendants(tree, departments);
              return (
                (below === null || person.departments.some((id) => below.has(id))) &&
                (sites === null || person.sites.some((id) => sites.has(id)))
              );
            });
          const reach = reachOf(administrator(grants), capability, 'view', tree);
          expect(reaches(reach, person)).toBe(isNamed);
        },
      ),
    );
  });

  test('whoever may change may look', () => {
    fc.assert(
      fc.property(
        fc.array(anyGrant, { maxLength: 6 }),
        anyPerson,
        anyCapability,
        (grants, person, capability) => {
          const actor = administrator(grants, 'li');
          const [view, change] = ACCESSES.map((access) =>
            reaches(reachOf(actor, capability, access, tree), person),
          );
          expect(change === true && view === false).toBe(false);
          expect(holds(actor, capability, 'change') && !holds(actor, capability, 'view')).toBe(
            false,
          );
        },
      ),
    );
  });

  test('an area that is covered holds nobody out of reach', () => {
    fc.assert(
      fc.property(
        fc.array(anyGrant, { maxLength: 5 }),
        anyGrant,
        anyPerson,
        (grants, { capability, area: wanted }, person) => {
          const held = reachOf(administrator(grants), capability, 'view', tree);
          fc.pre(coversArea(held, wanted));
          const given = administrator([{ capability, access: 'view', area: wanted }]);
          const reach = reachOf(given, capability, 'view', tree);
          expect(reaches(reach, person) && !reaches(held, person)).toBe(false);
        },
      ),
    );
  });
});
