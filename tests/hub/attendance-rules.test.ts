/** Goal: rules reach the people and dates they are for, and what cannot be never gets in. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApprovalText, approvalText } from '#contracts/attendance/person-contract';
import { AttendanceBench, type BenchDoor } from '#tests/hub/attendance-bench';
import { removeFolder, temporaryFolder } from '#tests/hub/running-hub';

const MONDAY = '2026-03-02';
let folder: string;
let bench: AttendanceBench;
let first: BenchDoor;
let second: BenchDoor;
let ann: string;
let bob: string;

beforeEach(async () => {
  folder = temporaryFolder();
  bench = new AttendanceBench(folder, `${MONDAY}T07:00`);
  [ann, bob] = [bench.person('Ann'), bench.person('Bob')];
  [first, second] = [await bench.door(), await bench.door()];
  bench.rule({}, MONDAY);
});
afterEach(() => {
  bench.close();
  removeFolder(folder);
});

function reportBoth(wall: string): void {
  for (const door of [first, second]) bench.report(door, wall);
}

function form(given: object): ApprovalText {
  return approvalText.parse(given);
}

const makeupOn = (date: string) =>
  form({ kind: 'makeup', date, duty: 'off', at: `${date}T18:00`, submittedOn: date });

test('a rule by name goes before the department, and the department before everybody', () => {
  bench.rule({ for: { departments: ['lab'] } }, MONDAY, 'lab');
  bench.rule({ for: { people: [bob] } }, MONDAY, 'bob');
  for (const personId of [ann, bob]) {
    bench.attendance.recordDesk.setMember(personId, { departments: ['lab'] });
  }
  bench.compute();
  expect(bench.day(ann, MONDAY).result.rule).toBe('lab');
  expect(bench.day(bob, MONDAY).result.rule).toBe('bob');
  bench.attendance.recordDesk.setMember(ann, { departments: ['office'] });
  bench.compute();
  expect(bench.day(ann, MONDAY).result.rule).toBe('office');
});

test('each date is judged by the version in force on it', () => {
  bench.rule({ sections: [{ on: '10:00', off: '19:00' }] }, '2026-03-04');
  bench.at('2026-03-06T08:00');
  reportBoth('2026-03-06T08:00');
  bench.settle();
  const dueOn = (date: string) => bench.day(ann, date).result.duties[0]?.dueAt.slice(11, 16);
  expect([dueOn('2026-03-03'), dueOn('2026-03-04')]).toEqual(['09:00', '10:00']);
  expect(bench.day(ann, '2026-03-03').ruleVersion).toBe(1);
  expect(bench.day(ann, '2026-03-04').ruleVersion).toBe(2);
});

test('the national calendar holds: a make-up Saturday is worked, New Year is not', () => {
  bench.rule({}, '2026-02-10');
  bench.at('2026-03-02T08:00');
  reportBoth('2026-03-02T08:00');
  bench.settle();
  expect(bench.day(ann, '2026-02-14').result).toMatchObject({
    class: 'workday',
    reason: 'national',
  });
  expect(bench.day(ann, '2026-02-17').result).toMatchObject({ class: 'holiday' });
  expect(bench.day(ann, '2026-02-20').result).toMatchObject({ class: 'restday' });
});

describe('what cannot be is refused with path and reason', () => {
  test('a roster naming a shift that is not there, and a shift deleted from under a roster', () => {
    const { recordDesk, ruleDesk } = bench.attendance;
    const entry = { personId: ann, date: '2026-03-10', shift: 'n' };
    expect(recordDesk.setRoster([entry])).toMatchObject({
      failure: { refusals: [{ path: 'entries[0].shift' }] },
    });
    const shifts = [{ id: 'n', sections: [{ on: '22:00', off: '30:00' }] }];
    const night = { kind: 'shift', sections: undefined, shifts, for: { people: [ann] } };
    bench.rule(night, MONDAY, 'night');
    expect(recordDesk.setRoster([entry])).toMatchObject({ ok: true });
    const day = [{ id: 'd', sections: [{ on: '08:00', off: '16:00' }] }];
    expect(() => bench.rule({ ...night, shifts: day }, '2026-03-03', 'night')).toThrow(/roster/);
    expect(ruleDesk.publish('nothing', MONDAY)).toMatchObject({ failure: { kind: 'absent' } });
  });

  test('a make-up beyond the quota of the month', () => {
    bench.rule({ makeup: { countPerMonth: 1 } }, MONDAY);
    const { recordDesk } = bench.attendance;
    expect(recordDesk.addApproval(ann, makeupOn('2026-03-03')).ok).toBe(true);
    expect(recordDesk.addApproval(ann, makeupOn('2026-03-04'))).toMatchObject({
      failure: { refusals: [{ path: 'form', en: expect.stringContaining('used up') }] },
    });
  });

  test('a form of negative length', () => {
    const back = form({ kind: 'leave', from: `${MONDAY}T18:00`, to: `${MONDAY}T16:00` });
    expect(bench.attendance.recordDesk.addApproval(ann, back)).toMatchObject({
      failure: { kind: 'refused', refusals: [{ path: 'form.to' }] },
    });
  });
});
