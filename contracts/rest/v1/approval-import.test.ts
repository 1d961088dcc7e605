import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clockFaultsOf,
  foreignFormOf,
  foreignImport,
  foreignRow,
  IMPORT_ROWS_MAX,
  importFault,
  readForeignRows,
  rowOfCells,
} from '#contracts/rest/v1/approval-import';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { zoneClock } from '#domain/attendance/time/zone-clock';

const clock = zoneClock('Asia/Shanghai');
const identity = { source: 'oa', foreignId: 'F-1', employeeNo: '1001' };
const leave = {
  ...identity,
  kind: 'leave',
  leaveType: 'annual',
  from: '2026-03-02',
  to: '2026-03-03',
};

function read(...inputs: readonly unknown[]) {
  return readForeignRows(inputs.map((input, index) => ({ line: index + 2, input })));
}

describe('a row of another system', () => {
  test.each([
    [leave, 'days'],
    [{ ...leave, fromHalf: 'pm', status: 'withdrawn', name: '年假' }, 'halves, taken back'],
    [{ ...identity, kind: 'trip', from: '2026-03-02T09:00', to: '2026-03-02T18:00' }, 'times'],
    [
      {
        ...identity,
        kind: 'overtime',
        from: '2026-03-02T10:00:00Z',
        to: '2026-03-02T12:00:00Z',
        compensation: 'pay',
      },
      'offsets',
    ],
    [
      { ...identity, kind: 'makeup', date: '2026-03-02', duty: 'off', at: '2026-03-02T18:00' },
      'a punch',
    ],
  ])('case %#', (input, _why) => {
    expect(read(input).faults).toEqual([]);
  });

  test.each([
    [{ ...leave, to: '2026-03-03T18:00' }, 'to', 'a date to a time'],
    [
      { ...leave, from: '2026-03-02T09:00', to: '2026-03-02T10:00', toHalf: 'am' },
      'fromHalf',
      'halves of times',
    ],
    [{ ...leave, from: '2026-02-30' }, 'from', 'no such day'],
    [{ ...leave, employeeNo: '=HYPERLINK("x")' }, 'employeeNo', 'a formula'],
    [{ ...leave, foreignId: '' }, 'foreignId', 'no id'],
    [{ ...leave, leaveType: undefined }, 'leaveType', 'no leave type'],
    [{ ...leave, kind: 'holiday' }, 'kind', 'no such kind'],
    [{ ...leave, extra: 1 }, '$', 'something nobody asked for'],
    ['leave', '$', 'no row at all'],
  ])('case %# says its line and field', (input, field, _why) => {
    const { rows, faults } = read(leave, input);
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(faults.map((fault) => [fault.line, fault.field])).toEqual([[3, field]]);
    expect(faults.every((fault) => importFault.safeParse(fault).success)).toBe(true);
    expect(faults[0]?.['zh-CN']).not.toBe('');
  });

  test('is placed on the clock of the person', () => {
    const row = foreignRow.parse({
      ...identity,
      kind: 'outing',
      from: '2026-03-02T09:00',
      to: '2026-03-02T10:00',
    });
    expect(foreignFormOf(row, 'p1', clock)).toEqual({
      source: 'oa',
      foreignId: 'F-1',
      personId: 'p1',
      status: 'approved',
      name: '',
      subject: {
        kind: 'outing',
        extent: { unit: 'time', from: 1_772_413_200, to: 1_772_416_800 },
      },
    });
    const days = foreignFormOf(foreignRow.parse(leave), 'p1', clock).subject;
    const from = dayNumberOf('2026-03-02');
    expect(days).toEqual({
      kind: 'leave',
      leaveTypeId: 'annual',
      extent: { unit: 'day', from, to: from + 1, starts: 'am', ends: 'pm' },
    });
  });

  test.each([
    [{ ...leave, to: '2026-03-01' }, ['to'], 'backwards'],
    [{ ...leave, from: '2026-03-02T09:00', to: '2026-03-02T01:00:00Z' }, ['to'], 'no time at all'],
    [leave, [], 'forwards'],
    [
      { ...identity, kind: 'makeup', date: '2026-03-02', duty: 'on', at: '2026-03-02T09:00' },
      [],
      'a punch has no length',
    ],
  ])('case %# runs forwards, or is refused', (input, fields, _why) => {
    const row = foreignRow.parse(input);
    const faults = clockFaultsOf({ line: 5, row }, foreignFormOf(row, 'p1', clock));
    expect(faults.map(({ field }) => field)).toEqual(fields);
  });
});

describe('a CSV line', () => {
  test('may be written in Chinese, as spreadsheets write it', () => {
    const row = rowOfCells({
      来源: 'oa',
      单号: 'F-1',
      工号: ' 1001 ',
      类型: '请假',
      假期类型: 'annual',
      开始: '2026/3/2',
      开始半天: '下午',
      结束: '2026-03-03',
      结束半天: '',
      状态: '已通过',
    });
    expect(read(row).faults).toEqual([]);
    expect(row).toEqual({ ...leave, fromHalf: 'pm', status: 'approved' });
  });

  test('of a make-up names the punch', () => {
    const row = rowOfCells({
      来源: 'oa',
      单号: 'F-2',
      工号: '1001',
      类型: '补卡',
      日期: '2026-03-02',
      上下班: '下班',
      时段: '2',
      补卡时间: '2026/3/2 9:05',
      原因: '缺卡',
    });
    expect(row).toMatchObject({
      duty: 'off',
      section: 2,
      at: '2026-03-02T09:05',
      reason: 'missing',
    });
    expect(read(row).faults).toEqual([]);
  });

  test('that cannot be read keeps its own words in the fault', () => {
    const { faults } = read(rowOfCells({ ...leave, from: 'tomorrow' }));
    expect(faults.map(({ field }) => field)).toEqual(['from']);
    expect(rowOfCells({ section: 'two' })).toEqual({ section: 'two' });
  });

  test('never breaks the reader', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (cells) => {
        const { rows, faults } = read(rowOfCells(cells));
        expect(rows.length + Math.min(1, faults.length)).toBe(1);
      }),
    );
  });
});

describe('a delivery', () => {
  test('has a limit, and tries or imports', () => {
    expect(foreignImport.parse({ rows: [leave] })).toMatchObject({
      faulty: 'refuse',
      mode: 'import',
    });
    const tooMany = Array.from({ length: IMPORT_ROWS_MAX + 1 }, () => leave);
    expect(foreignImport.safeParse({ rows: tooMany }).success).toBe(false);
    expect(foreignImport.safeParse({ rows: [] }).success).toBe(false);
  });
});
