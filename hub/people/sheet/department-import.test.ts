import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reach } from '#domain/authority/reach';
import { reportOf } from '#hub/people/sheet/sheet-plan';
import { csvOf } from '#platform/sheet/csv-writer';
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

const bytes = (...lines: readonly string[]) => Buffer.from(lines.join('\n'));
const unit = async <T>(work: () => Promise<T>) => await bench.db.transaction(work);

async function checked(
  file: Uint8Array,
  departments: 'known' | 'create' = 'known',
  reach: Reach = EVERYBODY,
) {
  const plan = await bench.people.departmentImport.check(file, departments, reach);
  return reportOf(valueOf(plan), 'checked');
}

async function ordered(
  file: Uint8Array,
  digest: string,
  departments: 'known' | 'create' = 'known',
) {
  const order = { digest, departments, accept: 'all' } as const;
  return await bench.people.departmentImport.run(file, { order, unit }, EVERYBODY);
}

async function tree(): Promise<string> {
  return JSON.stringify(await bench.people.departmentDesk.list(EVERYBODY));
}

const TABLE = bytes(
  '部门,英文名称,负责人工号,排序',
  '总部/研发部,R&D,A2;A1,2',
  '总部,Head office,,1',
  '总部/销售部,,,1',
);

test('a table makes a tree, children before parents as well, and twice makes nothing', async () => {
  const [one, two] = [await bench.add({ employeeNo: 'A1' }), await bench.add({ employeeNo: 'A2' })];
  await bench.department('旧部门');
  const report = await checked(TABLE);
  expect(report).toMatchObject({ added: 3, faulty: 0, missing: 1, newDepartments: [] });
  valueOf(await ordered(TABLE, report.digest));
  const shown = await bench.people.departmentDesk.list(EVERYBODY);
  expect(shown.map(({ name }) => name)).toEqual(['旧部门', '总部', '销售部', '研发部']);
  expect(shown.at(-1)).toMatchObject({ nameEn: 'R&D', heads: [two.personId, one.personId] });
  const before = await tree();
  expect(await checked(TABLE)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  valueOf(await ordered(TABLE, report.digest));
  expect(await tree()).toBe(before);
});

test('an export imported again changes nothing', async () => {
  const file = await checked(TABLE);
  expect(file.faulty).toBe(1); // the heads are not there yet
  await bench.add({ employeeNo: 'A1' });
  await bench.add({ employeeNo: 'A2' });
  const { digest } = await checked(TABLE);
  valueOf(await ordered(TABLE, digest));
  const sheet = await bench.people.departmentImport.sheet(EVERYBODY, 'en');
  const again = await checked(await buffer(csvOf(sheet)));
  expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 3, faulty: 0, missing: 0 });
});

test('departments between are made only when asked for', async () => {
  const file = bytes('Department', 'A/B/C');
  expect(await checked(file)).toMatchObject({ faulty: 1 });
  const report = await checked(file, 'create');
  expect(report).toMatchObject({ added: 1, newDepartments: ['A', 'A/B'] });
  valueOf(await ordered(file, report.digest, 'create'));
  expect(await checked(file)).toMatchObject({ unchanged: 1, missing: 2 });
});

test('faults say where they are, and what was not shown is not done', async () => {
  const file = bytes('部门,负责人,排序', 'A,X9,-1', 'A,,', 'B//C,,', `${'长'.repeat(61)},,`);
  const report = await checked(file);
  expect(report.faults.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '2:3',
    '2:2',
    '3:1',
    '4:1',
    '5:1',
  ]);
  expect(refusalOf(await ordered(file, report.digest))).toBe('conflict accept');
  const fine = bytes('部门', 'A');
  const { digest } = await checked(fine);
  await bench.department('B');
  expect(refusalOf(await ordered(bytes('部门', 'A', 'D'), digest))).toBe('stale digest');
  expect(await tree()).toContain('"B"');
});

test('a scoped administrator writes only what is theirs', async () => {
  const factory = await bench.department('Factory');
  await bench.department('Office');
  const { people: reach } = askerOver([factory]);
  const file = bytes('Department,English name', 'Factory/Line,Line', 'Office,Bureau', 'New,');
  const report = await checked(file, 'known', reach);
  expect(report.faults.map(({ line }) => line)).toEqual([3, 4]);
  expect(report).toMatchObject({ added: 1 });
});
