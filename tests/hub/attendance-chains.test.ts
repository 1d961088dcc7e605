/** Goal: where windows of many dates overlap, a change reaches every date it may touch, and stops there. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYBODY } from '#hub/storage/within-reach';
import { AttendanceBench, type BenchDoor } from '#tests/hub/attendance-bench';
import { removeFolder, temporaryFolder } from '#tests/hub/running-hub';

const NIGHTS = ['2026-03-03', '2026-03-04', '2026-03-05'];

/** Off may be punched until 22:00 next evening, while the next on is looked for from 16:00. */
const NIGHT = {
  id: 'n',
  sections: [
    {
      on: '20:00',
      off: '32:00',
      onWindow: { from: '16:00', to: '31:59' },
      offWindow: { from: '20:01', to: '46:00' },
    },
  ],
};

let folder: string;
let bench: AttendanceBench;
let door: BenchDoor;
let ann: string;

beforeEach(async () => {
  folder = temporaryFolder();
  bench = await AttendanceBench.open(folder, '2026-03-02T07:00');
  [ann, door] = [await bench.person('Ann'), await bench.door()];
  await bench.rule({ kind: 'shift', sections: undefined, shifts: [NIGHT] }, '2026-03-01');
  await roster('n', NIGHTS);
});
afterEach(async () => {
  await bench.close();
  removeFolder(folder);
});

async function roster(shift: string | null, dates: readonly string[]): Promise<void> {
  const entries = dates.map((date) => ({ personId: ann, date, shift }));
  const changed = await bench.attendance.recordDesk.setRoster(entries, EVERYBODY);
  expect(changed).toMatchObject({ ok: true });
}

async function punch(...walls: readonly string[]): Promise<void> {
  const entries = [];
  for (const wall of walls) entries.push(await bench.punch(door, ann, `2026-03-${wall}`));
  await bench.upload(door, entries);
}

/** What the days come to when all of them are computed together. */
async function rowsAfresh(): Promise<string[]> {
  await bench.attendance.ruleDesk.clockChanged();
  await bench.compute();
  return await bench.rows();
}

async function dutiesFilled(date: string): Promise<(string | null)[]> {
  const { duties } = (await bench.day(ann, date)).result;
  return duties.map((duty) => duty.punchedAt?.slice(8, 16) ?? null);
}

/** Five punches for six duties: which one stays empty is decided by all of them together. */
async function fiveOfSix(): Promise<void> {
  await punch('03T23:30', '04T21:00', '05T01:00', '05T21:00', '06T08:30');
  bench.setTime('2026-03-08T08:00');
  await bench.report(door, '2026-03-08T08:00');
  await bench.settle();
}

test('a late punch of the first of three nights decides the third', async () => {
  await fiveOfSix();
  expect(await dutiesFilled('2026-03-05')).toEqual([null, '06T08:30']);
  await punch('03T19:50'); // marks the 2nd to the 4th
  await bench.compute();
  expect(await dutiesFilled('2026-03-05')).toEqual(['05T21:00', '06T08:30']);
  expect(await bench.rows()).toEqual(await rowsAfresh());
});

test('an ordinary punch changes no byte of a date that is not computed', async () => {
  await bench.rule({ for: { people: [ann] } }, '2026-03-01', 'days');
  bench.setTime('2026-03-08T08:00');
  await bench.report(door, '2026-03-08T08:00');
  await bench.settle();
  for (const wall of ['05T08:50', '05T00:10', '05T23:50', '04T18:05']) {
    await punch(wall);
    await bench.compute();
    expect(await bench.rows()).toEqual(await rowsAfresh());
  }
});

test('pairs that no duty claims reach two dates', async () => {
  const presence = { date: 'started', pairing: 'pairs' };
  await bench.rule({ for: { people: [ann] }, presence }, '2026-03-01', 'days');
  bench.setTime('2026-03-08T08:00');
  await bench.report(door, '2026-03-08T08:00');
  await bench.settle();
  for (const wall of ['05T08:50', '04T18:05', '05T18:05', '06T09:00', '03T09:00']) {
    await punch(wall);
    await bench.compute();
    expect(await bench.rows()).toEqual(await rowsAfresh());
  }
});

test('a window beyond the next day, and one that opens the evening before', async () => {
  const [long, early] = [
    { id: 'long', sections: [{ on: '22:00', off: '46:00' }] },
    { id: 'early', sections: [{ on: '00:30', off: '08:30' }] },
  ];
  const windows = { afterOffMinutes: 240 };
  const lateRule = [{ leftAfterMinutes: 60, laterMinutes: 60 }];
  await bench.rule(
    { kind: 'shift', sections: undefined, shifts: [NIGHT, long, early], lateRule, windows },
    '2026-03-01',
  );
  await roster('long', ['2026-03-03']);
  await roster(null, ['2026-03-04']);
  await roster('early', ['2026-03-05', '2026-03-06']);
  bench.setTime('2026-03-08T08:00');
  await bench.report(door, '2026-03-08T08:00');
  await bench.settle();
  for (const wall of ['03T22:00', '05T01:40', '04T21:00', '05T09:40', '05T21:30', '06T08:40']) {
    await punch(wall);
    await bench.compute();
    expect(await bench.rows()).toEqual(await rowsAfresh());
  }
});

test('a night taken out of the roster sets the others free', async () => {
  await fiveOfSix();
  await roster(null, ['2026-03-03']);
  await bench.compute();
  expect(await bench.rows()).toEqual(await rowsAfresh());
  await roster('n', ['2026-03-03']);
  await bench.compute();
  expect(await bench.rows()).toEqual(await rowsAfresh());
});

test('the hash of a day tells what the far end of its chain was', async () => {
  await fiveOfSix();
  const hashOf = async () => (await bench.day(ann, '2026-03-05')).inputsHash;
  const before = await hashOf();
  await punch('03T19:50');
  await bench.compute();
  expect(await hashOf()).not.toBe(before);
});

test('a chain longer than a rotation makes is followed as far as the calculation does', async () => {
  const march = Array.from(
    { length: 31 },
    (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`,
  );
  await roster('n', march);
  bench.setTime('2026-04-03T08:00');
  await bench.report(door, '2026-04-03T08:00');
  await fiveOfSix();
  for (const date of march.slice(0, 20)) await punch(`${date.slice(8)}T23:1${date.slice(9)}`);
  await bench.compute();
  expect(await bench.rows()).toEqual(await rowsAfresh());
});
