import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DepartmentChange } from '#contracts/rest/v1/departments';
import type { Reach } from '#domain/authority/reach';
import {
  askerOver,
  EVERYBODY,
  PersonnelBench,
  refusalOf,
  valueOf,
} from '#tests/hub/personnel-bench';

let bench: PersonnelBench;
beforeEach(async () => {
  bench = await PersonnelBench.open();
});
afterEach(() => bench.close());

async function change(departmentId: string, given: DepartmentChange, reach = EVERYBODY) {
  const seen = { change: given, isSeen: () => true };
  return await bench.people.departmentDesk.change(departmentId, seen, reach);
}

async function names(reach: Reach = EVERYBODY): Promise<string> {
  const shown = await bench.people.departmentDesk.list(reach);
  return shown.map(({ name, people }) => `${name}:${people}`).join(' ');
}

test('departments come in the order of a walk: by position, then by name', async () => {
  const company = await bench.department('Company');
  const b = await bench.department('B', company);
  await bench.department('A', company);
  await bench.department('B1', b);
  await bench.add({ departmentId: b });
  await bench.add({ departmentId: b, employedTo: '2026-02-01' });
  expect(await names()).toBe('Company:0 A:0 B:1 B1:0');
  valueOf(await change(b, { position: 0, nameEn: 'Bee' }));
  const a = (await bench.people.departmentDesk.list(EVERYBODY)).find(({ name }) => name === 'A');
  valueOf(await change(a?.departmentId ?? '', { position: 5 }));
  expect(await names()).toBe('Company:0 B:1 B1:0 A:0');
});

describe('what cannot be is refused:', () => {
  test('two of one name beside another, though elsewhere they may be', async () => {
    const company = await bench.department('Company');
    await bench.department('Lab', company);
    const again = await bench.people.departmentDesk.add(
      { name: 'Lab', parentId: company },
      EVERYBODY,
    );
    expect(refusalOf(again)).toBe('conflict name');
    expect(refusalOf(await change(await bench.department('Lab'), { parentId: company }))).toBe(
      'conflict name',
    );
  });

  test('a circle, a parent that is not there, and a head who left or is nobody', async () => {
    const top = await bench.department('Top');
    const low = await bench.department('Low', top);
    const gone = await bench.add({ employedTo: '2026-02-01' });
    expect(refusalOf(await change(top, { parentId: low }))).toBe('invalid parentId');
    expect(refusalOf(await change(top, { parentId: 'gone' }))).toBe('invalid parentId');
    for (const head of [gone.personId, randomUUID()]) {
      expect(refusalOf(await change(top, { heads: [head] }))).toBe('invalid heads');
    }
  });

  test('removing one that is not empty, with what is in the way', async () => {
    const top = await bench.department('Top');
    const low = await bench.department('Low', top);
    const { personId } = await bench.add({ departmentId: top });
    const refused = await bench.people.departmentDesk.remove(top, EVERYBODY);
    expect(refused).toMatchObject({
      failure: {
        kind: 'conflict',
        refusals: [{ en: expect.stringContaining('1 people') as string }],
      },
    });
    await bench.change(personId, { departmentId: null });
    valueOf(await bench.people.departmentDesk.remove(low, EVERYBODY));
    valueOf(await bench.people.departmentDesk.remove(top, EVERYBODY));
    expect(await names()).toBe('');
  });
});

test('heads are kept in their order, and head what they head', async () => {
  const lab = await bench.department('Lab');
  const [one, two] = [await bench.add({}), await bench.add({})];
  const heads = [two.personId, one.personId];
  expect(valueOf(await change(lab, { heads }))).toMatchObject({ heads });
  // Whoever left stays until somebody is named in their place.
  await bench.change(two.personId, { employedTo: '2026-02-01' });
  expect(valueOf(await change(lab, { nameEn: 'Laboratory' }))).toMatchObject({ heads });
});

test('a scoped administrator sees what leads to theirs, and changes only that', async () => {
  const company = await bench.department('Company');
  const factory = await bench.department('Factory', company);
  const office = await bench.department('Office', company);
  await bench.add({ departmentId: office });
  const { people: reach } = askerOver([factory]);
  expect(await names(reach)).toBe('Company:0 Factory:0');
  const desk = bench.people.departmentDesk;
  expect(refusalOf(await desk.add({ name: 'Line', parentId: factory }, reach))).toBe('accepted');
  expect(refusalOf(await desk.add({ name: 'New' }, reach))).toBe('not-allowed parentId');
  expect(refusalOf(await change(company, { name: 'Mine' }, reach))).toBe('not-allowed parentId');
  expect(refusalOf(await change(office, { name: 'Mine' }, reach))).toBe('absent');
  expect(refusalOf(await change(factory, { parentId: null }, reach))).toBe('not-allowed parentId');
  expect(refusalOf(await desk.remove(company, reach))).toBe('not-allowed parentId');
});
