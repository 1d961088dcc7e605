/** Goal: rules reach the people and dates they are for, and what cannot be never gets in. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EVERYBODY } from '#hub/storage/within-reach';
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
  bench = await AttendanceBench.open(folder, `${MONDAY}T07:00`);
  [ann, bob] = [await bench.person('Ann'), await bench.person('Bob')];
  [first, second] = [await bench.door(), await bench.door()];
  await bench.rule({}, MONDAY);
});
afterEach(async () => {
  await bench.close();
  removeFolder(folder);
});

async function reportBoth(wall: string): Promise<void> {
  for (const door of [first, second]) await bench.report(door, wall);
}

test('a rule by name goes before the department, and the department before everybody', async () => {
  await bench.rule({ for: { departments: ['lab'] } }, MONDAY, 'lab');
  await bench.rule({ for: { people: [bob] } }, MONDAY, 'bob');
  for (const personId of [ann, bob]) await bench.belongs(personId, 'lab');
  await bench.compute();
  expect((await bench.day(ann, MONDAY)).result.rule).toBe('lab');
  expect((await bench.day(bob, MONDAY)).result.rule).toBe('bob');
  await bench.belongs(ann, 'office');
  await bench.compute();
  expect((await bench.day(ann, MONDAY)).result.rule).toBe('office');
});

test('each date is judged by the version in force on it', async () => {
  await bench.rule({ sections: [{ on: '10:00', off: '19:00' }] }, '2026-03-04');
  bench.setTime('2026-03-06T08:00');
  await reportBoth('2026-03-06T08:00');
  await bench.settle();
  const dueOn = async (date: string) =>
    (await bench.day(ann, date)).result.duties[0]?.dueAt.slice(11, 16);
  expect([await dueOn('2026-03-03'), await dueOn('2026-03-04')]).toEqual(['09:00', '10:00']);
  expect((await bench.day(ann, '2026-03-03')).ruleVersion).toBe(1);
  expect((await bench.day(ann, '2026-03-04')).ruleVersion).toBe(2);
});

test('the national calendar holds: a make-up Saturday is worked, New Year is not', async () => {
  await bench.rule({}, '2026-02-10');
  bench.setTime('2026-03-02T08:00');
  await reportBoth('2026-03-02T08:00');
  await bench.settle();
  expect((await bench.day(ann, '2026-02-14')).result).toMatchObject({
    class: 'workday',
    reason: 'national',
  });
  expect((await bench.day(ann, '2026-02-17')).result).toMatchObject({ class: 'holiday' });
  expect((await bench.day(ann, '2026-02-20')).result).toMatchObject({ class: 'restday' });
});

describe('what cannot be is refused with path and reason', () => {
  test('a roster naming a shift that is not there, and a shift deleted from under a roster', async () => {
    const { recordDesk, ruleDesk } = bench.attendance;
    const entry = { personId: ann, date: '2026-03-10', shift: 'n' };
    expect(await recordDesk.setRoster([entry], EVERYBODY)).toMatchObject({
      failure: { refusals: [{ path: 'entries[0].shift' }] },
    });
    const shifts = [{ id: 'n', sections: [{ on: '22:00', off: '30:00' }] }];
    const night = { kind: 'shift', sections: undefined, shifts, for: { people: [ann] } };
    await bench.rule(night, MONDAY, 'night');
    expect(await recordDesk.setRoster([entry], EVERYBODY)).toMatchObject({ ok: true });
    const day = [{ id: 'd', sections: [{ on: '08:00', off: '16:00' }] }];
    await expect(bench.rule({ ...night, shifts: day }, '2026-03-03', 'night')).rejects.toThrow(
      /roster/,
    );
    expect(await ruleDesk.publish('nothing', MONDAY)).toMatchObject({
      failure: { kind: 'absent' },
    });
  });
});
