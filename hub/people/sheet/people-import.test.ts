/*
 * Goal: a table does what its dry run showed, as a whole and once, and says of every fault where it lies.
 * Method: files as people have them, against a real store on either engine.
 */
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportReport } from '#contracts/rest/v1/sheet-import';
import type { Asker } from '#hub/people/person-check';
import { reportSheet } from '#hub/people/sheet/report-sheet';
import { reportOf } from '#hub/people/sheet/sheet-plan';
import { csvOf } from '#platform/sheet/csv-writer';
import type { Sheet } from '#platform/sheet/sheet';
import { xlsxOf } from '#platform/sheet/xlsx-writer';
import {
  ADMINISTRATOR,
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

const bytes = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'));
const unit = async <T>(work: () => Promise<T>) => await bench.db.transaction(work);

interface Choice {
  readonly departments?: 'known' | 'create';
  readonly accept?: 'all' | 'good-rows';
  readonly asker?: Asker;
}

async function checked(file: Uint8Array, choice: Choice = {}): Promise<ImportReport> {
  const { departments = 'known', asker = ADMINISTRATOR } = choice;
  return reportOf(
    valueOf(await bench.people.peopleImport.check(file, departments, asker)),
    'checked',
  );
}

async function ordered(file: Uint8Array, digest: string, choice: Choice = {}) {
  const { departments = 'known', accept = 'all', asker = ADMINISTRATOR } = choice;
  const order = { digest, departments, accept };
  return await bench.people.peopleImport.run(file, { order, unit }, asker);
}

async function imported(file: Uint8Array, choice: Choice = {}): Promise<ImportReport> {
  const { digest } = await checked(file, choice);
  return valueOf(await ordered(file, digest, choice));
}

function counts({ added, changed, unchanged, faulty, missing }: ImportReport): number[] {
  return [added, changed, unchanged, faulty, missing];
}

async function everybody(): Promise<string> {
  const { people } = await bench.people.views.list({ state: 'all', limit: 99, reach: EVERYBODY });
  return JSON.stringify(people);
}

async function bytesOf(sheet: Sheet, format: 'csv' | 'xlsx'): Promise<Uint8Array> {
  const notes = { name: 'n', heading: ['a', 'b'], lines: [] } as const;
  const parts = format === 'csv' ? csvOf(sheet) : xlsxOf(sheet, notes);
  return await buffer(parts);
}

const STAFF = bytes(
  '工号,姓名,部门,常驻地点,可打卡地点,直属上级工号,标签,手机,入职日期,可录入人脸',
  'A002,欧阳娜娜,总部/研发部,上海,上海;温哥华,A001,夜班；门禁,13800000000,2026/3/1,',
  'A001,林晓梅,总部,温哥华,,,,,2026年2月1日,是',
);

describe('a dry run', () => {
  test('says what would be new, changed and missing, and changes nothing', async () => {
    await bench.add({ employeeNo: 'a001', name: 'Lin', siteIds: [bench.shanghai] });
    await bench.add({ employeeNo: 'B9', name: 'Bob' });
    const before = await everybody();
    const report = await checked(STAFF, { departments: 'create' });
    expect(counts(report)).toEqual([1, 1, 0, 0, 1]);
    expect(report.newDepartments).toEqual(['总部', '总部/研发部']);
    expect(report.missingRows).toEqual([{ key: 'B9', name: 'Bob' }]);
    expect(report.changes[1]?.fields).toContainEqual({
      field: 'name',
      before: 'Lin',
      after: '林晓梅',
    });
    expect(report.columns[0]).toEqual({ heading: '工号', field: 'employeeNo' });
    expect(await everybody()).toBe(before);
  });

  test('finds every fault of every row, with line, column, value and what to do', async () => {
    await bench.department('总部');
    const report = await checked(
      bytes(
        '工号,姓名,部门,邮箱,手机,入职日期,直属上级,常驻地点',
        'A 1,林,总部,x,1,2026-02-30,A9,火星',
        'B2,,没有,,,,,',
        'B3,王,总部,,,,,',
        'b3,王,总部,,,,,',
      ),
    );
    expect(counts(report)).toEqual([1, 0, 0, 3, 0]);
    expect(report.faults.map(({ line, column, value }) => [line, column, value])).toEqual([
      [2, 1, 'A 1'],
      [2, 4, 'x…'],
      [2, 5, '1…'],
      [2, 8, '火星'],
      [2, 7, 'A9'],
      [2, 6, '2026-02-30'],
      [3, 2, ''],
      [3, 3, '没有'],
      [5, 1, 'b3'],
    ]);
    for (const fault of report.faults) expect(fault.en).not.toBe(fault['zh-CN']);
  });

  test('of a file that is no table of people says so', async () => {
    const noNumber = await bench.people.peopleImport.check(
      bytes('姓名', '林'),
      'known',
      ADMINISTRATOR,
    );
    expect(refusalOf(noNumber)).toBe('invalid file');
    const double = bytes('工号,员工编号', '1,2');
    expect(refusalOf(await bench.people.peopleImport.check(double, 'known', ADMINISTRATOR))).toBe(
      'invalid file',
    );
    const empty = await bench.people.peopleImport.check(new Uint8Array(), 'known', ADMINISTRATOR);
    expect(refusalOf(empty)).toBe('invalid file');
  });

  test('is there as a table too, with every fault and change in it', async () => {
    const file = bytes('Employee no.,Name,Phone', '=A1,Ann,1', 'B2,Bob,');
    const plan = valueOf(await bench.people.peopleImport.check(file, 'known', ADMINISTRATOR));
    const csv = Buffer.from(await bytesOf(reportSheet(plan, 'zh-CN'), 'csv')).toString();
    expect(csv).toContain("2,1,Employee no.,'=A1,有误,工号须为 1 到 20 位字母、数字或下划线");
    expect(csv).toContain(',新增,,B2,Bob,');
  });
});

describe('an import', () => {
  test('makes people, departments and everything between them', async () => {
    const report = await imported(STAFF, { departments: 'create' });
    expect(counts(report)).toEqual([2, 0, 0, 0, 0]);
    const { people } = await bench.people.views.list({ limit: 9, reach: EVERYBODY });
    const [lin, ouyang] = people;
    expect(lin).toMatchObject({
      name: '林晓梅',
      greetingName: '晓梅',
      siteIds: [bench.vancouver],
      employedFrom: '2026-02-01',
      manager: true,
    });
    expect(ouyang).toMatchObject({
      greetingName: '娜娜',
      locale: 'zh-CN',
      siteIds: [bench.shanghai, bench.vancouver],
      managerId: lin?.personId,
      tags: ['夜班', '门禁'].toSorted(),
      phone: '13800000000',
    });
    const tree = await bench.people.departmentDesk.list(EVERYBODY);
    expect(tree.map(({ name, people: count }) => `${name}:${count}`)).toEqual([
      '总部:1',
      '研发部:1',
    ]);
    expect(await bench.told(bench.vancouver)).toEqual(['person', 'person']);
  });

  test('of the same file again changes nothing, and may be sent again after it was done', async () => {
    const { digest } = await checked(STAFF, { departments: 'create' });
    const choice = { departments: 'create' } as const;
    expect(counts(valueOf(await ordered(STAFF, digest, choice)))).toEqual([2, 0, 0, 0, 0]);
    const before = await everybody();
    const told = await bench.told(bench.shanghai);
    expect(counts(valueOf(await ordered(STAFF, digest, choice)))).toEqual([0, 0, 2, 0, 0]);
    expect(counts(await imported(STAFF, choice))).toEqual([0, 0, 2, 0, 0]);
    expect(await everybody()).toBe(before);
    expect(await bench.told(bench.shanghai)).toEqual(told);
  });

  test('is refused when file, options or people are not what was shown', async () => {
    const { digest } = await checked(STAFF, { departments: 'create' });
    const other = bytes('工号,姓名', 'A001,林晓梅');
    expect(refusalOf(await ordered(other, digest))).toBe('stale digest');
    expect(refusalOf(await ordered(STAFF, digest, { accept: 'good-rows' }))).toBe('stale digest');
    await bench.add({ employeeNo: 'A001', name: 'Lin' });
    expect(refusalOf(await ordered(STAFF, digest, { departments: 'create' }))).toBe('stale digest');
    expect(await bench.people.departmentDesk.list(EVERYBODY)).toEqual([]);
  });

  test('with faults imports nothing, unless the good rows are accepted', async () => {
    const file = bytes('工号,姓名', 'A001,林晓梅', 'A 2,王', 'A003,李');
    const { digest } = await checked(file);
    expect(refusalOf(await ordered(file, digest))).toBe('conflict accept');
    expect(await everybody()).toBe('[]');
    const done = valueOf(await ordered(file, digest, { accept: 'good-rows' }));
    expect(counts(done)).toEqual([2, 0, 0, 1, 0]);
    expect(await everybody()).toContain('A003');
  });

  test('leaves out whoever reports to somebody whose row is faulty, and those below them', async () => {
    const file = bytes(
      '工号,姓名,直属上级',
      'A1,林,A2',
      'A2,,',
      'A3,王,A1',
      'A4,李,A5',
      'A5,赵,A4',
    );
    const report = await checked(file);
    expect(report.faults.map(({ line, column }) => [line, column])).toEqual([
      [2, 3],
      [3, 2],
      [4, 3],
      [5, 3],
      [6, 3],
    ]);
  });

  test('leaves alone what no column speaks of, and an empty cell takes away', async () => {
    const { personId } = await bench.add({
      employeeNo: 'A1',
      phone: '12345',
      email: 'ann@example.com',
      tags: ['night'],
    });
    await imported(bytes('Employee no.,E-mail', 'A1,'));
    expect(await bench.view(personId)).toMatchObject({
      name: 'Ann Lee',
      phone: '12345',
      email: null,
      tags: ['night'],
    });
  });

  test('takes somebody who left on again when the first day is a later one', async () => {
    const { personId } = await bench.add({
      employeeNo: 'A1',
      employedFrom: '2025-01-01',
      employedTo: '2025-06-30',
    });
    await imported(bytes('Employee no.,First day,Last day', 'A1,2026-03-01,'));
    expect(await bench.view(personId)).toMatchObject({
      state: 'active',
      employedFrom: '2026-03-01',
      earlier: [{ from: '2025-01-01', to: '2025-06-30' }],
    });
  });

  test('reads what Excel saves in China: GBK, without a mark', async () => {
    // "工号,姓名\r\nA1,王小明\r\n" as code page 936 writes it.
    const gbk = Buffer.from('b9a4bac52cd0d5c3fb0d0a41312ccdf5d0a1c3f70d0a', 'hex');
    expect(await checked(gbk)).toMatchObject({ encoding: 'gb18030', added: 1, faulty: 0 });
  });
});

describe('a scoped administrator', () => {
  test('imports within their area, and is told of every row beyond it', async () => {
    const factory = await bench.department('Factory');
    await bench.department('Office');
    await bench.add({ employeeNo: 'B1', name: 'Bob' });
    const asker = askerOver([factory]);
    const file = bytes(
      'Employee no.,Name,Department,Tags',
      'A1,Ann,Factory,',
      'A2,Eve,Office,',
      'A3,Dan,Factory/Line,',
      'A4,Kim,New,',
      'A5,Lee,Factory,night',
      'B1,Bobby,Factory,',
    );
    const report = await checked(file, { departments: 'create', asker });
    expect(report.faults.map(({ line, heading }) => `${line} ${heading}`)).toEqual([
      '3 Department',
      '5 Department',
      '6 Tags',
      '7 Employee no.',
    ]);
    expect(report).toMatchObject({ added: 2, newDepartments: ['Factory/Line'], missing: 0 });
  });
});

describe.each(['csv', 'xlsx'] as const)('an export as %s', (format) => {
  test.each(['zh-CN', 'en'] as const)('imported again in %s changes nothing', async (language) => {
    await imported(STAFF, { departments: 'create' });
    const lab = await bench.department('Lab');
    const gone = await bench.add({ employeeNo: '0042', tags: ['a;b', ' "c"', '=1+1'] });
    await bench.add({
      employeeNo: 'C3',
      name: '-Ann, "A" Lee',
      departmentId: lab,
      managerId: gone.personId,
      siteIds: [bench.vancouver, bench.shanghai],
      email: 'ann@example.com',
      phone: '+1 604 555',
      employedFrom: '2024-02-29',
    });
    await bench.change(gone.personId, { employedTo: '2026-02-01' });
    const before = await everybody();
    const filter = { state: 'all', below: 'include' } as const;
    const sheet = await bench.people.peopleExport.sheet(filter, { reach: EVERYBODY, language });
    const file = await bytesOf(sheet, format);
    const report = await checked(file, { departments: 'create' });
    expect([counts(report), report.faults, report.newDepartments]).toEqual([
      [0, 0, 4, 0, 0],
      [],
      [],
    ]);
    valueOf(await ordered(file, report.digest));
    expect(await everybody()).toBe(before);
  });
});
