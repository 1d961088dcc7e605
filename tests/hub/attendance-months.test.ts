/** Goal: the month of the API is the sum of the days of the API. Method: a month of every kind of day. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { approvalText } from '#contracts/attendance/person-contract';
import type { StoredMonth } from '#contracts/rest/v1/attendance-months';
import { EVERYBODY } from '#hub/storage/within-reach';
import { AttendanceBench, type BenchDoor } from '#tests/hub/attendance-bench';
import { removeFolder, temporaryFolder } from '#tests/hub/running-hub';

const MARCH = { month: '2026-03', limit: 100, after: undefined, reach: EVERYBODY };

let folder: string;
let bench: AttendanceBench;
let door: BenchDoor;
let ann: string;
let bob: string;

beforeEach(async () => {
  folder = temporaryFolder();
  bench = await AttendanceBench.open(folder, '2026-03-01T07:00');
  [ann, bob] = [await bench.person('Ann'), await bench.person('Bob')];
  door = await bench.door();
  const overtime = { workday: { source: 'punches', minMinutes: 30 } };
  await bench.rule({ overtime, makeup: { countPerMonth: 3 } }, '2026-02-20');
});
afterEach(async () => {
  await bench.close();
  removeFolder(folder);
});

/** Late, early, long, short of a punch, on leave, and absent for the rest. */
async function live(): Promise<void> {
  const walls = [
    ['02T08:55', '02T18:00'],
    ['03T09:40', '03T18:00'],
    ['04T08:50', '04T16:30'],
    ['05T08:50', '05T20:45'],
    ['06T08:50'],
    ['09T08:50', '09T14:00'],
    ['31T08:50', '31T18:00'],
  ];
  for (const wall of walls.flat()) {
    await bench.upload(door, [await bench.punch(door, ann, `2026-03-${wall}`)]);
  }
  const forms = [
    { kind: 'leave', from: '2026-03-09T14:00', to: '2026-03-09T18:00' },
    { kind: 'trip', from: '2026-03-10', to: '2026-03-11' },
    {
      kind: 'makeup',
      date: '2026-03-06',
      duty: 'off',
      at: '2026-03-06T18:00',
      submittedOn: '2026-03-07',
    },
  ];
  for (const form of forms) {
    await bench.form(ann, approvalText.parse(form));
  }
  bench.setTime('2026-04-03T08:00');
  await bench.report(door, '2026-04-03T08:00');
  await bench.settle();
}

async function monthOf(personId: string, month = MARCH.month): Promise<StoredMonth> {
  const { months } = await bench.attendance.monthReader.months({ ...MARCH, month, personId });
  const [found] = months;
  if (found === undefined) throw new Error('no month');
  return found;
}

async function daysOf(personId: string) {
  const query = {
    from: '2026-03-01',
    to: '2026-03-31',
    limit: 100,
    offset: 0,
    personId,
    reach: EVERYBODY,
  };
  const { days } = await bench.attendance.days.between(query);
  return days.map((day) => day.result);
}

const sum = (figures: readonly number[]) => figures.reduce((total, each) => total + each, 0);

test('every figure of the month is the sum over its days', async () => {
  await live();
  const month = await monthOf(ann);
  const days = await daysOf(ann);
  const work = days.filter((day) => day.class === 'workday');
  expect(days).toHaveLength(31);
  expect(month).toMatchObject({
    personId: ann,
    workDays: work.length,
    regularSeconds: sum(work.map((day) => day.workedSeconds)),
    standardSeconds: sum(work.map((day) => day.standardSeconds)),
    payableSeconds: sum(work.map((day) => day.payableSeconds)),
    restDays: days.length - work.length,
    states: { open: 0, pendingSync: 0, provisional: 31, final: 0 },
  });
  for (const { kind, count, minutes } of month.exceptions) {
    const own = days.flatMap((day) => day.exceptions).filter((each) => each.kind === kind);
    expect([kind, count]).toEqual([kind, sum(own.map((each) => each.count))]);
    expect([kind, minutes]).toEqual([kind, sum(own.map((each) => each.minutes))]);
  }
  const kinds = new Set(days.flatMap((day) => day.exceptions).map((each) => each.kind));
  expect(month.exceptions.map((each) => each.kind)).toEqual([...kinds].toSorted());
  expect(month.overtime.workday.paySeconds).toBe(sum(days.map((day) => day.overtime.paySeconds)));
  expect(month.items).toMatchObject({
    leave: { count: 1, seconds: 4 * 3600 },
    trip: { count: 1 },
    makeup: { count: 1 },
  });
  expect(month.payroll).toMatchObject({ lateTimes: 1, lateSeconds: 2400, leaveEarlyTimes: 1 });
});

test('what is booked beside locked days is told with their month, and not added to it', async () => {
  await live();
  expect(
    (
      await bench.attendance.periodLock.lock('2026-03-31', {
        pending: 'refuse',
        exceptions: 'accept',
      })
    ).ok,
  ).toBe(true);
  await bench.settle();
  const { states: _, ...locked } = await monthOf(ann);
  await bench.upload(door, [await bench.punch(door, ann, '2026-03-12T08:50')]);
  await bench.upload(door, [await bench.punch(door, ann, '2026-03-12T18:00')]);
  await bench.compute();
  const { states, adjustments, ...after } = await monthOf(ann);
  expect({ ...after, adjustments: [] }).toEqual(locked);
  expect(states.final).toBe(31);
  expect(adjustments).toContainEqual({ figure: 'absent.count', difference: -1 });
});

test('months come in pages, a person once, those without days with zeros', async () => {
  await live();
  const late = await bench.person('Zoe');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const read = await bench.attendance.monthReader.months({ ...MARCH, limit: 1, after });
    seen.push(...read.months.map((each) => each.personId));
    after = read.next?.[0];
  } while (after !== undefined);
  expect(seen).toEqual([ann, bob, late].toSorted());
  expect(await monthOf(late)).toMatchObject({ workDays: 0, states: { provisional: 0 } });
  expect(await monthOf(ann, '2026-02')).not.toMatchObject({ workDays: 0 });
});
