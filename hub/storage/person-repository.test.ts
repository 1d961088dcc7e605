import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HubDatabase } from '#hub/storage/hub-database';
import { PeopleViewRepository } from '#hub/storage/people-view-repository';
import { PersonRepository, type StoredPerson } from '#hub/storage/person-repository';
import { isConstraintFailure } from '#platform/sql/sql-failure';
import { openTestDatabase } from '#tests/hub/test-database';

const EVERYBODY = { kind: 'everybody', except: new Set<string>() } as const;
let db: HubDatabase;
let people: PersonRepository;
let views: PeopleViewRepository;
beforeEach(async () => {
  db = await openTestDatabase();
  people = new PersonRepository(db);
  views = new PeopleViewRepository(db);
});
afterEach(() => db.close());

function personOf(employeeNo: string, name: string): StoredPerson {
  const personId = randomUUID();
  return { personId, employeeNo, name, greetingName: name, locale: 'en', manager: false };
}

async function found(query: string): Promise<string[]> {
  const { people: rows, total } = await views.list({ query, limit: 10, reach: EVERYBODY });
  expect(total).toBe(rows.length);
  return rows.map((row) => row.employeeNo);
}

describe('a search', () => {
  beforeEach(async () => {
    await people.add(personOf('A001', 'Ann Lee'), 1);
    await people.add(personOf('b_02', '王小明'), 2);
    await people.add(personOf('C003', '100 % \\ Ltd'), 3);
  });

  test.each([
    ['', ['A001', 'b_02', 'C003'], 'nothing asked for is everybody'],
    ['ann', ['A001'], 'whatever the case'],
    ['小明', ['b_02'], 'in any script'],
    ['B_', ['b_02'], 'in employee numbers too'],
    ['0_', [], 'an underscore stands for itself'],
    ['%', ['C003'], 'so does a percent sign'],
    ['\\', ['C003'], 'and a backslash'],
    ["' OR 1=1 --", [], 'and a quotation mark'],
  ])('for %j finds %j: %s', async (query, numbers) => {
    expect(await found(query)).toEqual(numbers);
  });

  test('goes on behind the last one shown, however many join before it', async () => {
    const first = await views.list({ limit: 2, reach: EVERYBODY });
    expect(first).toMatchObject({ total: 3, next: ['b_02'] });
    await people.add(personOf('A002', 'Bob'), 4);
    const second = await views.list({ limit: 2, after: first.next, reach: EVERYBODY });
    expect(second.people.map((row) => row.employeeNo)).toEqual(['C003']);
    expect(second).toMatchObject({ total: 4, next: undefined });
  });
});

test('the holder of a number is found whatever its case, and no second one is taken', async () => {
  const ann = personOf('A001', 'Ann Lee');
  await people.add(ann, 1);
  expect(await people.holderOf('a001')).toBe(ann.personId);
  const refused = await people.add(personOf('a001', 'Bob'), 2).catch((error: unknown) => error);
  expect(isConstraintFailure(refused)).toBe(true);
});

test('a change leaves the rest of a person as it was, and is counted', async () => {
  const ann = { ...personOf('A001', 'Ann Lee'), pinVerifier: '$argon2id$' };
  await people.add({ ...ann, tags: ['night'], phone: '+86 21 5555' }, 1);
  const before = await people.record(ann.personId);
  if (before === undefined) throw new Error('she was added');
  await people.change(before, { ...before, manager: true });
  expect(await people.record(ann.personId)).toEqual({ ...before, manager: true, version: 2 });
  expect(await people.get(ann.personId)).toEqual({ ...ann, manager: true });
  expect(await views.view(ann.personId, EVERYBODY)).toMatchObject({
    manager: true,
    hasPin: true,
    templates: 0,
    tags: ['night'],
    phone: '+86 21 5555',
    state: 'active',
    onTerminals: { current: 0, total: 0 },
    version: '2',
  });
});

test('a PIN that is not there any more is gone', async () => {
  const ann = { ...personOf('A001', 'Ann Lee'), pinVerifier: '$argon2id$' };
  await people.add(ann, 1);
  const before = await people.record(ann.personId);
  if (before === undefined) throw new Error('she was added');
  const { pinVerifier: _, ...without } = before;
  await people.change(before, without);
  expect(await people.get(ann.personId)).not.toHaveProperty('pinVerifier');
});
