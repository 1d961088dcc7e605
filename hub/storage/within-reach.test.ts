/*
 * Goal: what a query may touch is what the domain says, row by row, on either engine.
 * Method: a company of every kind of person; reaches are made up and each is compared with `reaches`.
 */
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlaceReach, type Reach, reaches, reachesPlace } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import {
  departmentsWithin,
  EVERYBODY,
  peopleWithin,
  placesWithin,
  terminalsWithin,
} from '#hub/storage/within-reach';
import { openTestDatabase } from '#tests/hub/test-database';

const DEPARTMENTS = ['north', 'south', 'empty'];
const SITES = ['harbour', 'hill', 'closed'];
const STRANGER = 'nobody who was ever here';

/** Every department or none, with every choice of sites. */
const COMPANY = ['north', 'south', null].flatMap((department) =>
  [[], ['harbour'], ['hill'], ['harbour', 'hill']].map((sites) => ({
    personId: `${department ?? 'none'} at ${sites.join(' and ') || 'no site'}`,
    departments: department === null ? [] : [department],
    sites,
  })),
);
const IDS = COMPANY.map(({ personId }) => personId);

let db: HubDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
  for (const site_id of SITES) {
    const site = { site_id, name_zh: site_id, name_en: site_id, zone: 'Asia/Shanghai' };
    await db.now.insertInto('sites').values(site).execute();
    const joined = { sign_key: 's', seal_key: 's', joined_at_ms: 0 };
    const terminal = { terminal_id: `t-${site_id}`, site_id, ...joined };
    await db.now.insertInto('terminals').values(terminal).execute();
  }
  await db.now.insertInto('terminals').values({ terminal_id: 't-stranger' }).execute();
  for (const department_id of DEPARTMENTS) {
    await db.now.insertInto('departments').values({ department_id, name: department_id }).execute();
  }
  for (const { personId: person_id, departments, sites } of COMPANY) {
    const words = { employee_no: person_id, name: person_id, greeting_name: person_id };
    const rest = { locale: 'en', manager: 0, created_at_ms: 0 };
    const [department_id = null] = departments;
    await db.now
      .insertInto('people')
      .values({ person_id, department_id, ...words, ...rest })
      .execute();
    for (const [index, site_id] of sites.entries()) {
      const home = index === 0 ? 1 : 0;
      await db.now.insertInto('person_sites').values({ person_id, site_id, home }).execute();
    }
  }
});
afterAll(() => db.close());

async function found(reach: Reach): Promise<readonly string[]> {
  const rows = await db.now
    .selectFrom('people as p')
    .select('p.person_id')
    .where(peopleWithin('p.person_id', reach))
    .execute();
  return rows.map((row) => row.person_id).toSorted();
}

function some(of: Partial<Reach & { kind: 'some' }>): Reach {
  const nothing = { departments: new Set(''), sites: new Set(''), people: new Set('') };
  return { kind: 'some', ...nothing, crossings: [], except: new Set(''), ...of };
}

const setOf = (ids: readonly string[]) =>
  fc.subarray([...ids]).map((chosen): ReadonlySet<string> => new Set(chosen));
const departments = setOf(DEPARTMENTS);
const sites = setOf(SITES);
const nobodyToo = setOf([...IDS, STRANGER]);
const crossing = fc.record({
  departments: departments.filter(({ size }) => size > 0),
  sites: sites.filter(({ size }) => size > 0),
});
const someReach = fc.record({
  kind: fc.constant('some' as const),
  departments,
  sites,
  crossings: fc.array(crossing, { maxLength: 2 }),
  people: nobodyToo,
  except: nobodyToo,
});
const anyReach: fc.Arbitrary<Reach> = fc.oneof(
  fc.constant({ kind: 'nobody' as const }),
  fc.record({ kind: fc.constant('everybody' as const), except: nobodyToo }),
  someReach,
);

describe('a query about people', () => {
  test('finds whom the domain says, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(anyReach, async (reach) => {
        const expected = COMPANY.filter((each) => reaches(reach, each));
        expect(await found(reach)).toEqual(expected.map(({ personId }) => personId).toSorted());
      }),
      { numRuns: 150 },
    );
  });

  test('of the hub itself finds everybody', async () => {
    expect(await found(EVERYBODY)).toEqual(IDS.toSorted());
  });

  test.each([
    [
      'a department and a site together',
      { crossings: [{ departments: ['north'], sites: ['hill'] }] },
    ],
    ['a department or a site', { departments: ['north'], sites: ['hill'] }],
  ])('tells %s apart', async (_what, { crossings = [], ...sets }: object & Chosen) => {
    const reach = some({
      departments: new Set(sets.departments),
      sites: new Set(sets.sites),
      crossings: crossings.map((both) => ({
        departments: new Set(both.departments),
        sites: new Set(both.sites),
      })),
    });
    const isBoth = crossings.length > 0;
    const isWanted = (each: string) =>
      isBoth ? /^north at .*hill/.test(each) : /^north|hill/.test(each);
    expect(await found(reach)).toEqual(IDS.filter(isWanted).toSorted());
  });

  test('can say "or mine" beside the reach', async () => {
    const rows = await db.now
      .selectFrom('people as p')
      .select('p.person_id')
      .where((of) =>
        of.or([
          peopleWithin('p.person_id', some({ departments: new Set(['north']) })),
          of('p.employee_no', '=', 'none at no site'),
        ]),
      )
      .execute();
    expect(rows).toHaveLength(5);
  });

  test('in a list of a department is answered by its index, not by asking each row', async () => {
    if (db.engine !== 'sqlite') return;
    const query = db.now
      .selectFrom('punches as p')
      .selectAll()
      .where(peopleWithin('p.person_id', some({ departments: new Set(['north']) })))
      .compile();
    const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(
      query.sql.replace(/\?/g, "'north'"),
    )}`.execute(db.now);
    const plan = rows.map(({ detail }) => detail).join('\n');
    expect(plan).toContain('SEARCH p USING INDEX punches_by_person');
    expect(plan).toContain('people_by_department');
    expect(plan).not.toContain('CORRELATED');
  });
});

interface Chosen {
  readonly departments?: readonly string[];
  readonly sites?: readonly string[];
  readonly crossings?: readonly { departments: readonly string[]; sites: readonly string[] }[];
}

const anyPlaces: fc.Arbitrary<PlaceReach> = fc.oneof(
  fc.constantFrom({ kind: 'nowhere' as const }, { kind: 'everywhere' as const }),
  fc.record({ kind: fc.constant('some' as const), sites: sites.filter(({ size }) => size > 0) }),
);

describe('a query about places', () => {
  test('finds the sites the domain says, and the terminals that stand there', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlaces, async (reach) => {
        const expected = SITES.filter((each) => reachesPlace(reach, each)).toSorted();
        const own = await db.now
          .selectFrom('sites as s')
          .select('s.site_id')
          .where(placesWithin('s.site_id', reach))
          .execute();
        expect(own.map((row) => row.site_id).toSorted()).toEqual(expected);
        const terminals = await db.now
          .selectFrom('terminals as t')
          .select('t.terminal_id')
          .where(terminalsWithin('t.terminal_id', reach))
          .execute();
        const strangers = reach.kind === 'everywhere' ? ['t-stranger'] : [];
        const standing = [...expected.map((each) => `t-${each}`), ...strangers];
        expect(terminals.map((row) => row.terminal_id).toSorted()).toEqual(standing.toSorted());
      }),
      { numRuns: 20 },
    );
  });
});

describe('a query about departments', () => {
  test.each([
    ['nobody', { kind: 'nobody' } as const, []],
    ['everybody', EVERYBODY, DEPARTMENTS],
    ['one of them', some({ departments: new Set(['north']) }), ['north']],
    [
      'one at some sites',
      some({ crossings: [{ departments: new Set(['south']), sites: new Set(['hill']) }] }),
      ['south'],
    ],
    ['people by name', some({ people: new Set(['north at hill']) }), []],
  ])('for a reach of %s', async (_whom, reach, expected) => {
    const rows = await db.now
      .selectFrom('departments as d')
      .select('d.department_id')
      .where(departmentsWithin('d.department_id', reach))
      .execute();
    expect(rows.map((row) => row.department_id).toSorted()).toEqual(expected.toSorted());
  });
});
