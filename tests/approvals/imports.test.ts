/** Goal: what another system decided acts once, and is taken back when it says so. Method: real desks and store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { approvalText } from '#contracts/attendance/person-contract';
import { rowOfCells } from '#contracts/rest/v1/approval-import';
import { readFormSheet } from '#hub/approvals/form-sheet';
import { ApprovalBench, done } from '#tests/approvals/approval-bench';

const MONDAY = '2026-03-02';
let bench: ApprovalBench;
let ann: string;
let employeeNo: string;

beforeEach(async () => {
  bench = await ApprovalBench.open(`${MONDAY}T07:00`);
  ann = await bench.person('Ann');
  employeeNo = ann.slice(0, 8);
  await bench.days.rule({}, MONDAY);
});
afterEach(() => bench.close());

const IMPORT = { faulty: 'refuse', mode: 'import' } as const;

function leave(change: object = {}): object {
  const identity = { source: 'oa', foreignId: 'F-1', employeeNo };
  return { ...identity, kind: 'leave', leaveType: 'annual', from: MONDAY, to: MONDAY, ...change };
}

async function taken(
  rows: readonly object[],
  options: Partial<Record<'faulty' | 'mode', string>> = {},
) {
  const delivered = rows.map((input, index) => ({ line: index + 1, input }));
  const { importDesk } = bench.approvals;
  return await importDesk.take(await bench.office(), delivered, {
    ...IMPORT,
    ...options,
  } as typeof IMPORT);
}

async function statesOf(personId: string): Promise<string[]> {
  const rows = await bench.days.db.now
    .selectFrom('approvals')
    .select('state')
    .where('person_id', '=', personId)
    .execute();
  return rows.map(({ state }) => state);
}

describe('a delivery', () => {
  test('acts once, however often it is sent', async () => {
    expect(await taken([leave()])).toMatchObject({ created: 1, faults: [] });
    expect(await statesOf(ann)).toEqual(['approved']);
    expect(await bench.days.marked()).toContain(`${ann} ${MONDAY}`);
    expect(await taken([leave()])).toMatchObject({ created: 0, same: 1 });
    expect(await statesOf(ann)).toEqual(['approved']);
  });

  test('takes from the account what it covers', async () => {
    await taken([leave()]);
    const { leave: accounts } = done(
      await bench.approvals.quotaDesk.quotas(await bench.staff(ann), {}),
    );
    const annual = accounts.find((each) => each.leaveTypeId === 'annual');
    expect(annual?.balance).toMatchObject({ granted: 10, used: 2, left: 8 });
  });

  test('amends what it sent before, and takes it back for good', async () => {
    await taken([leave()]);
    expect(await taken([leave({ to: '2026-03-03' })])).toMatchObject({ changed: 1 });
    expect(await taken([leave({ status: 'withdrawn' })])).toMatchObject({ withdrawn: 1 });
    expect(await statesOf(ann)).toEqual(['withdrawn']);
    const again = await taken([leave({ to: '2026-03-05' })]);
    expect(again.faults).toMatchObject([{ line: 1, field: 'foreignId' }]);
  });

  test('is refused whole for one bad row, with every reason', async () => {
    const report = await taken([
      leave(),
      leave({ foreignId: 'F-2', employeeNo: 'nobody' }),
      leave({ foreignId: 'F-3', to: '2026-03-01' }),
      leave({ foreignId: 'F-4', colour: 'red' }),
      leave({ foreignId: 'F-5', to: '2028-01-01' }),
      leave({ foreignId: 'F-6', from: '9999-12-31', to: '9999-12-31' }),
    ]);
    expect(report).toMatchObject({ rows: 6, created: 0 });
    expect(report.faults.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(await statesOf(ann)).toEqual([]);
  });

  test('may leave the bad rows out, or only be tried', async () => {
    const rows = [leave(), leave({ foreignId: 'F-2', employeeNo: 'nobody' })];
    expect(await taken(rows, { mode: 'try', faulty: 'skip' })).toMatchObject({ created: 1 });
    expect(await statesOf(ann)).toEqual([]);
    expect(await taken(rows, { faulty: 'skip' })).toMatchObject({ created: 1 });
    expect(await statesOf(ann)).toEqual(['approved']);
  });

  test('that contradicts itself is believed in neither row', async () => {
    const report = await taken([leave(), leave({ to: '2026-03-04' })], { faulty: 'skip' });
    expect(report).toMatchObject({ created: 0 });
    expect(report.faults.map(({ line }) => line)).toEqual([1, 2]);
  });

  test('never moves a form to somebody else, nor reaches whom the sender does not', async () => {
    const bob = await bench.person('Bob');
    await taken([leave()]);
    const moved = await taken([leave({ employeeNo: bob.slice(0, 8) })]);
    expect(moved.faults).toMatchObject([{ field: 'employeeNo' }]);
    const delivered = [{ line: 1, input: leave({ foreignId: 'F-9' }) }];
    const own = await bench.approvals.importDesk.take(await bench.office(ann), delivered, IMPORT);
    expect(own.faults).toMatchObject([{ field: 'employeeNo' }]);
  });
});

test('what was approved before there were forms can still be taken back', async () => {
  const trip = approvalText.parse({ kind: 'trip', id: 'old', from: MONDAY, to: MONDAY });
  await bench.days.form(ann, trip);
  await bench.approvals.found();
  await bench.approvals.found();
  const { forms } = bench.approvals;
  const page = { limit: 10, after: undefined };
  const mine = await forms.list({ box: 'mine' }, await bench.staff(ann), page);
  expect(mine.forms).toMatchObject([{ kind: 'trip', range: { from: MONDAY, to: MONDAY } }]);
  const row = { source: 'attendance', foreignId: 'old', employeeNo, kind: 'trip' };
  const back = { ...row, from: MONDAY, to: MONDAY, status: 'withdrawn' };
  expect(await taken([back])).toMatchObject({ withdrawn: 1, faults: [] });
});

describe('a table', () => {
  test('has the same columns, in Chinese as people write them', async () => {
    const csv = `\uFEFF来源,单号,工号,类型,假期类型,开始,结束\noa,F-1,${employeeNo},请假,annual,2026/3/2,2026/3/2\n`;
    const read = done(await readFormSheet(new TextEncoder().encode(csv)));
    const rows = read.map(({ cells }) => rowOfCells(cells));
    expect(await taken(rows)).toMatchObject({ created: 1, faults: [] });
  });

  test('without rows, or that is none, is refused and says why', async () => {
    for (const text of ['', 'source,foreignId\n', '<html><table></table></html>']) {
      const read = await readFormSheet(new TextEncoder().encode(text));
      expect(read).toMatchObject({ ok: false, failure: [{ path: 'file' }] });
    }
  });
});
