/** Goal: results follow every change, exactly and once. Method: real ingest and SQLite, a clock by hand. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalText } from '#contracts/attendance/person-contract';
import { approvalText } from '#contracts/attendance/person-contract';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { EVERYBODY } from '#hub/storage/within-reach';
import { AttendanceBench, type BenchDoor, wallMs } from '#tests/hub/attendance-bench';
import { removeFolder, temporaryFolder } from '#tests/hub/running-hub';

const MONDAY = '2026-03-02';
const MONDAY_NUMBER = dayNumberOf(MONDAY);
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

function form(given: object): ApprovalText {
  return approvalText.parse(given);
}

const datesOf = (marks: readonly string[]) => marks.map((mark) => mark.split(' ')[1] ?? '');

async function datesMarked(): Promise<string[]> {
  return [...new Set(datesOf(await bench.marked()))].toSorted();
}

describe('E19: a terminal that was away', () => {
  test('keeps the day pending, and its late upload makes it normal', async () => {
    bench.setTime(`${MONDAY}T20:00`);
    await bench.settle();
    expect(await bench.day(ann, MONDAY)).toMatchObject({ state: 'open' });
    bench.setTime('2026-03-03T08:00');
    await bench.report(first, '2026-03-03T07:59');
    await bench.report(second, `${MONDAY}T12:00`);
    await bench.settle();
    expect(await bench.day(ann, MONDAY)).toMatchObject({
      state: 'pendingSync',
      result: { outcome: { code: 'undecided' } },
    });
    const late = [
      await bench.punch(second, ann, `${MONDAY}T08:57`),
      await bench.punch(second, ann, `${MONDAY}T18:02`),
    ];
    await bench.upload(second, late);
    await bench.report(second, '2026-03-03T08:00');
    await bench.settle();
    expect(await bench.day(ann, MONDAY)).toMatchObject({
      state: 'provisional',
      result: { outcome: { code: 'normal' }, rawExceptions: [] },
    });
    expect(await bench.day(bob, MONDAY)).toMatchObject({
      state: 'provisional',
      result: { outcome: { code: 'absent' } },
    });
  });

  test('after the lock it becomes adjustment rows, and the locked day keeps every byte', async () => {
    bench.setTime('2026-04-02T08:00');
    await reportBoth('2026-04-02T08:00');
    await bench.settle();
    const { periodLock } = bench.attendance;
    expect(
      (await periodLock.lock('2026-03-31', { pending: 'refuse', exceptions: 'accept' })).ok,
    ).toBe(true);
    await bench.settle();
    expect(await bench.day(ann, MONDAY)).toMatchObject({ state: 'final' });
    const locked = JSON.stringify(await bench.day(ann, MONDAY));
    await bench.upload(second, [
      await bench.punch(second, ann, `${MONDAY}T08:57`),
      await bench.punch(second, ann, `${MONDAY}T18:02`),
    ]);
    await bench.compute();
    expect(JSON.stringify(await bench.day(ann, MONDAY))).toBe(locked);
    expect(await bench.adjustments(ann, MONDAY)).toMatchObject({
      'absent.count': -1,
      'absent.seconds': -28_800,
      payableSeconds: 28_800,
    });
    const booked = await bench.rows();
    await bench.attendance.marks.around(ann, MONDAY_NUMBER);
    await bench.compute();
    expect(await bench.rows()).toEqual(booked);
  });

  test('a period is not locked over its head', async () => {
    bench.setTime('2026-03-04T08:00');
    await bench.report(first, '2026-03-04T08:00');
    await bench.settle();
    const { periodLock } = bench.attendance;
    expect(
      await periodLock.lock(MONDAY, { pending: 'refuse', exceptions: 'accept' }),
    ).toMatchObject({
      ok: false,
      failure: { path: 'pending' },
    });
    expect(
      await periodLock.lock('2026-03-04', { pending: 'accept', exceptions: 'accept' }),
    ).toMatchObject({
      ok: false,
      failure: { path: 'through' },
    });
    expect((await periodLock.lock(MONDAY, { pending: 'accept', exceptions: 'accept' })).ok).toBe(
      true,
    );
    await bench.settle();
    expect(await bench.day(ann, MONDAY)).toMatchObject({
      state: 'final',
      result: { outcome: { code: 'absent' } },
    });
    expect(
      (await periodLock.lock('2026-03-01', { pending: 'accept', exceptions: 'accept' })).ok,
    ).toBe(false);
  });
});

test('a period is not locked over what is still to be computed', async () => {
  bench.setTime('2026-03-04T08:00');
  await reportBoth('2026-03-04T08:00');
  await bench.settle();
  await bench.attendance.marks.around(ann, MONDAY_NUMBER);
  const { periodLock } = bench.attendance;
  expect(await periodLock.lock(MONDAY, { pending: 'accept', exceptions: 'accept' })).toMatchObject({
    failure: { path: 'through' },
  });
  await bench.compute();
  expect((await periodLock.lock(MONDAY, { pending: 'accept', exceptions: 'accept' })).ok).toBe(
    true,
  );
});

test('a person whom the lock did not find is booked from nothing, once', async () => {
  bench.setTime('2026-03-04T08:00');
  await reportBoth('2026-03-04T08:00');
  await bench.settle();
  await bench.attendance.periodLock.lock(MONDAY, { pending: 'refuse', exceptions: 'accept' });
  await bench.settle();
  const eve = '2026-03-01'; // before the rule: nobody has a day there
  await bench.rule({}, '2026-02-20');
  await bench.compute();
  expect(await bench.day(ann, eve)).toMatchObject({ state: 'final', figures: {} });
  const bytes = await bench.rows();
  await bench.attendance.ruleDesk.clockChanged();
  await bench.compute();
  expect(await bench.rows()).toEqual(bytes);
  expect(await bench.adjustments(ann, '2026-02-27')).toMatchObject({ 'absent.count': 1 });
});

test('whether a day is computed alone or with its month, it comes to the same bytes', async () => {
  await bench.upload(first, [await bench.punch(first, ann, `${MONDAY}T08:55`)]);
  const far = form({ kind: 'leave', from: '2026-03-13', to: '2026-03-13' });
  await bench.form(ann, far);
  bench.setTime('2026-03-20T08:00');
  await reportBoth('2026-03-20T08:00');
  await bench.settle();
  const together = await bench.rows();
  for (let date = MONDAY_NUMBER; date <= MONDAY_NUMBER + 17; date += 1) {
    await bench.attendance.marks.between(ann, date, date);
    await bench.compute();
  }
  expect(await bench.rows()).toEqual(together);
});

describe('exactly the days that may differ are computed again', () => {
  beforeEach(async () => {
    bench.setTime('2026-03-09T08:00');
    await reportBoth('2026-03-09T08:00');
    await bench.settle();
  });

  const NEIGHBOURS = ['2026-03-03', '2026-03-04', '2026-03-05'];

  test('a punch and its withdrawal: its date and the neighbours, of that person', async () => {
    const punch = await bench.punch(first, ann, '2026-03-04T09:30');
    await bench.upload(first, [punch]);
    expect(await bench.marked()).toEqual(NEIGHBOURS.map((date) => `${ann} ${date}`));
    await bench.compute();
    const gone = first.entry('void', { punchSeq: punch.seq, reason: 'not-me' }, punch.at.wallMs);
    await bench.upload(first, [gone]);
    expect(await bench.marked()).toEqual(NEIGHBOURS.map((date) => `${ann} ${date}`));
  });

  test('a punch that comes again marks nothing', async () => {
    const punch = await bench.punch(first, ann, '2026-03-04T09:30');
    await bench.upload(first, [punch]);
    await bench.compute();
    await bench.upload(first, [punch]);
    expect(await bench.marked()).toEqual([]);
  });

  test('a punch before 08:00 UTC+8 belongs to the date of the site, not of Greenwich', async () => {
    await bench.upload(first, [await bench.punch(first, ann, '2026-03-04T00:10')]);
    expect(datesOf(await bench.marked())).toEqual(NEIGHBOURS);
  });

  test('a form, its rejection, and a roster entry', async () => {
    const { recordDesk } = bench.attendance;
    const leave = form({ kind: 'leave', from: '2026-03-04T16:00', to: '2026-03-04T18:00' });
    const id = await bench.form(ann, leave);
    expect(datesOf(await bench.marked())).toEqual(NEIGHBOURS);
    await bench.compute();
    await bench.form(ann, { ...leave, id }, 'withdrawn');
    expect(datesOf(await bench.marked())).toEqual(NEIGHBOURS);
    await bench.compute();
    await recordDesk.setRoster([{ personId: bob, date: '2026-03-04', shift: null }], EVERYBODY);
    expect(await bench.marked()).toEqual(NEIGHBOURS.map((date) => `${bob} ${date}`));
    await bench.compute();
    await recordDesk.setRoster([{ personId: bob, date: '2026-03-04', shift: null }], EVERYBODY);
    expect(await bench.marked()).toEqual([]);
  });

  test('a company day: that date and its neighbours, of everybody', async () => {
    const day = { date: '2026-03-04', repeat: 'daily', kind: 'restday', name: '' } as const;
    await bench.attendance.ruleDesk.setCompanyDays([day]);
    expect(await bench.marked()).toHaveLength(6);
    expect(await datesMarked()).toEqual(NEIGHBOURS);
    await bench.compute();
    await bench.attendance.ruleDesk.setCompanyDays([day]);
    expect(await bench.marked()).toEqual([]);
  });

  test('a new version: from the eve of its first day on', async () => {
    await bench.rule({ tolerance: { lateMinutes: 10 } }, '2026-03-06');
    expect(await datesMarked()).toEqual([
      '2026-03-05',
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
    ]);
  });

  test('the clock of the site: every day there is', async () => {
    await bench.attendance.ruleDesk.clockChanged();
    expect(await bench.marked()).toHaveLength(2 * 8);
  });
});

test('a result follows its form, and carries its rule version and the hash of its inputs', async () => {
  const punches = [
    await bench.punch(first, ann, `${MONDAY}T08:55`),
    await bench.punch(first, ann, `${MONDAY}T16:00`),
  ];
  await bench.upload(first, punches);
  bench.setTime('2026-03-03T08:00');
  await reportBoth('2026-03-03T08:00');
  await bench.settle();
  const before = await bench.day(ann, MONDAY);
  expect(before.result.outcome.code).toBe('early');
  const leave = form({
    kind: 'leave',
    from: `${MONDAY}T16:00`,
    to: `${MONDAY}T18:00`,
    state: 'pending',
  });
  const id = await bench.form(ann, leave);
  await bench.compute();
  expect((await bench.day(ann, MONDAY)).result.outcome.code).toBe('early');
  await bench.form(ann, { ...leave, id }, 'approved');
  await bench.compute();
  const after = await bench.day(ann, MONDAY);
  expect(after.result).toMatchObject({
    outcome: { code: 'normal', 'zh-CN': '正常' },
    rawExceptions: [{ kind: 'early', minutes: 120 }],
    exceptions: [],
  });
  expect(after.ruleVersion).toBe(1);
  expect(after.inputsHash).toMatch(/^[0-9a-f]{64}$/);
  expect(after.inputsHash).not.toBe(before.inputsHash);
  await bench.form(ann, { ...leave, id }, 'rejected');
  await bench.compute();
  expect((await bench.day(ann, MONDAY)).result.outcome.code).toBe('early');
});

test('computed twice, and in any order of arrival, not one byte differs', async () => {
  const walls = ['02T08:55', '02T18:01', '03T09:30', '03T18:00', '04T08:58'];
  for (const [index, wall] of walls.toReversed().entries()) {
    const door = index % 2 === 0 ? first : second;
    await bench.upload(door, [await bench.punch(door, ann, `2026-03-${wall}`)]);
    await bench.compute();
  }
  bench.setTime('2026-03-06T08:00');
  await reportBoth('2026-03-06T08:00');
  await bench.settle();
  const once = await bench.rows();
  await bench.settle();
  expect(await bench.marked()).toEqual([]);
  await bench.attendance.ruleDesk.clockChanged(); // marks everything, changes nothing
  await bench.compute();
  expect(await bench.rows()).toEqual(once);
});

test('a crash between the commit of a punch and its day loses nothing', async () => {
  bench.setTime('2026-03-03T08:00');
  await reportBoth('2026-03-03T08:00');
  await bench.settle();
  await bench.upload(first, [await bench.punch(first, ann, `${MONDAY}T09:30`)]);
  await bench.close(); // nothing was computed
  bench = await AttendanceBench.open(folder, '2026-03-03T08:00');
  expect(datesOf(await bench.marked())).toEqual(['2026-03-01', MONDAY, '2026-03-03']);
  await bench.compute();
  expect((await bench.day(ann, MONDAY)).result.rawExceptions).toContainEqual({
    kind: 'late',
    count: 1,
    minutes: 30,
  });
});

/** A database that refuses every change to one person's days. */
const STOP = {
  sqlite: (personId: string) => [
    `CREATE TEMP TRIGGER stop BEFORE UPDATE ON attendance_days
     WHEN OLD.person_id = '${personId}' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  ],
  postgres: (personId: string) => [
    `CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    `CREATE TRIGGER stop BEFORE UPDATE ON attendance_days FOR EACH ROW
     WHEN (OLD.person_id = '${personId}') EXECUTE FUNCTION stop()`,
  ],
} as const;
const GO_ON = {
  sqlite: 'DROP TRIGGER stop',
  postgres: 'DROP TRIGGER stop ON attendance_days',
} as const;

test('one whose days cannot be stored keeps the marks, and holds up nobody', async () => {
  await bench.compute();
  for (const statement of STOP[bench.db.engine](ann))
    await sql.raw(statement).execute(bench.db.now);
  await bench.upload(first, [
    await bench.punch(first, ann, `${MONDAY}T08:50`),
    await bench.punch(first, bob, `${MONDAY}T08:50`),
  ]);
  await bench.compute();
  expect((await bench.day(bob, MONDAY)).result.punches).toHaveLength(1);
  expect((await bench.day(ann, MONDAY)).result.punches).toHaveLength(0);
  expect(await bench.marked()).toContain(`${ann} ${MONDAY}`);
  await sql.raw(GO_ON[bench.db.engine]).execute(bench.db.now);
  await bench.settle();
  expect((await bench.day(ann, MONDAY)).result.punches).toHaveLength(1);
  expect(await bench.marked()).toEqual([]);
});

test('a terminal whose clock is not compared with ours, or whose queue waits, proves nothing', async () => {
  const { terminals } = bench.store;
  const state = first.state(wallMs('2026-03-03T08:00'));
  const unsynced = { ...state, clock: { ...state.clock, trust: 'estimated' as const } };
  const waiting = { ...state, queueDepth: 1 };
  const ahead = { ...state, headSeq: 99 };
  for (const doubtful of [unsynced, waiting, ahead]) {
    await terminals.noteComplete(doubtful, wallMs('2026-03-03T08:00'));
  }
  expect(await terminals.completeThroughMs()).toEqual([0, 0]);
  await terminals.noteComplete(state, wallMs('2026-03-03T07:00')); // its clock runs ahead of ours
  expect(Math.max(...(await terminals.completeThroughMs()))).toBe(wallMs('2026-03-03T07:00'));
});
