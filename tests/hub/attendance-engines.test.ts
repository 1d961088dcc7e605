/**
 * Goal: what a day comes to depends on neither the database nor on how many hubs share it. Method: one
 * world told to SQLite and to PostgreSQL, and to two hubs over one PostgreSQL, on a clock by hand.
 */
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { approvalText } from '#contracts/attendance/person-contract';
import type { StateBody } from '#contracts/wire/v1/messages';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { AttendanceBench, BenchDoor, wallMs } from '#tests/hub/attendance-bench';
import { removeFolder, temporaryFolder } from '#tests/hub/running-hub';
import { testDatabaseUrl } from '#tests/hub/test-database';

const MONDAY = '2026-03-02';
const NO_SERVER = 'no PostgreSQL: LINTEL_TEST_DATABASE_URL names a server to make databases on';
const ANN = '0a5f7c1e-7a3c-4a76-8a50-000000000001';
const PEOPLE = [
  ANN,
  'F0b15f7c-1E7a-4c76-8A50-000000000003',
  '0b5f7c1e-7a3c-4a76-8a50-000000000002',
];
const SERVER = process.env['LINTEL_TEST_DATABASE_URL'];

let folder: string;
const benches: AttendanceBench[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
  removeFolder(folder);
});

async function benchAt(databaseUrl: string | undefined): Promise<AttendanceBench> {
  const bench = await AttendanceBench.at({ dataDir: folder, databaseUrl }, `${MONDAY}T07:00`);
  benches.push(bench);
  return bench;
}

/** What the doors signed, once for both. */
class Told {
  readonly doors = [new BenchDoor(), new BenchDoor()] as const;
  readonly entries = this.doors.map((door) => [door.genesis()]);
  #late: UpEntry | undefined;
  #states: readonly StateBody[] | undefined;

  async by(bench: AttendanceBench): Promise<void> {
    if (this.entries[0]?.length === 1) await this.#punch(bench);
    for (const [index, door] of this.doors.entries()) {
      await bench.store.terminals.join(door.state(0), (await bench.store.site.get()).siteId, 0);
      await bench.upload(door, this.entries[index] ?? []);
    }
  }

  /** As they stood before the late punch. */
  async reportTo(bench: AttendanceBench, wall: string): Promise<void> {
    this.#states ??= this.doors.map((door) => door.state(wallMs(wall)));
    for (const state of this.#states) {
      await bench.store.terminals.noteComplete(state, wallMs(wall));
    }
  }

  /** One that arrives after the lock. */
  async lateBy(bench: AttendanceBench): Promise<void> {
    this.#late ??= await bench.punch(this.doors[0], ANN, '2026-03-03T20:30');
    await bench.upload(this.doors[0], [this.#late]);
  }

  async #punch(bench: AttendanceBench): Promise<void> {
    for (const [index, personId] of PEOPLE.entries()) {
      for (const date of ['02', '03', '04', '05']) {
        const door = index % 2;
        const [came, left] = [`08:4${index}:3${date[1]}`, `18:0${date[1]}`];
        for (const wall of [came, left]) {
          const punch = await bench.punch(
            this.doors[door === 0 ? 0 : 1],
            personId,
            `2026-03-${date}T${wall}`,
          );
          this.entries[door]?.push(punch);
        }
      }
    }
  }
}

async function live(bench: AttendanceBench, told: Told): Promise<void> {
  const { ruleDesk, periodLock } = bench.attendance;
  for (const personId of PEOPLE) await bench.person(personId, personId);
  const overtime = { workday: { source: 'punches', minMinutes: 1 } };
  for (const [id, people] of [
    ['b', []],
    ['A', [ANN]],
    ['ä', PEOPLE.slice(1, 2)],
  ] as const) {
    await bench.rule({ for: { people: [...people] }, overtime }, '2026-02-27', id);
  }
  await told.by(bench);
  for (const id of ['z', 'B', 'é', 'a']) {
    const leave = { kind: 'leave', id, from: `${MONDAY}T09:00`, to: '2026-03-03T10:00' };
    await bench.form(ANN, approvalText.parse(leave));
  }
  await ruleDesk.setCompanyDays([
    { date: '2026-03-05', repeat: 'daily', kind: 'restday', name: '庆' },
  ]);
  bench.setTime('2026-03-07T08:00');
  await told.reportTo(bench, '2026-03-07T08:00');
  await bench.settle();
  expect(
    (await periodLock.lock('2026-03-04', { pending: 'refuse', exceptions: 'accept' })).ok,
  ).toBe(true);
  await bench.settle();
  const withdrawn = { kind: 'leave', id: 'B', from: `${MONDAY}T09:00`, to: '2026-03-03T10:00' };
  await bench.form(ANN, approvalText.parse(withdrawn), 'withdrawn');
  await told.lateBy(bench);
  await bench.form(
    ANN,
    approvalText.parse({ kind: 'trip', id: 't', from: MONDAY, to: '2026-03-04' }),
  );
  await bench.settle();
}

test('the same world comes to the same bytes on SQLite and on PostgreSQL', async ({ skip }) => {
  skip(SERVER === undefined, NO_SERVER);
  const told = new Told();
  const [file, server] = [await benchAt(undefined), await benchAt(await testDatabaseUrl(folder))];
  for (const bench of [file, server]) await live(bench, told);
  const rows = await file.rows();
  expect(rows.filter((row) => row.includes('"figure"')).length).toBeGreaterThan(0);
  expect(rows.length).toBeGreaterThan(3 * 7);
  expect(await server.rows()).toEqual(rows);
});

test('two hubs on one database share the days, and come to what one comes to', async ({ skip }) => {
  skip(SERVER === undefined, NO_SERVER);
  const url = await testDatabaseUrl(folder);
  const [one, other] = [await benchAt(url), await benchAt(url)];
  await live(one, new Told());
  const alone = await one.rows();
  other.setTime('2026-03-07T08:00');
  for (let round = 0; round < 5; round += 1) {
    await one.attendance.ruleDesk.clockChanged();
    await Promise.all([one.compute(), other.compute(), one.compute(), other.compute()]);
    while ((await one.marked()).length > 0) await one.compute();
    expect(await other.rows()).toEqual(alone);
  }
});

test('a punch that arrives while its day is being computed is not overlooked', async ({ skip }) => {
  skip(SERVER === undefined, NO_SERVER);
  const url = await testDatabaseUrl(folder);
  const [one, other] = [await benchAt(url), await benchAt(url)];
  const [ann, door] = [await one.person(), await one.door()];
  await one.rule({}, MONDAY);
  const [early, late] = [
    await one.punch(door, ann, `${MONDAY}T08:50`),
    await one.punch(door, ann, `${MONDAY}T18:10`),
  ];
  await one.upload(door, [early]);
  let arrived: Promise<void> | undefined;
  await other.db.transaction(async () => {
    await other.attendance.work.datesOf(ann, 62); // from here on it knows of one punch only
    arrived ??= one.upload(door, [late]);
    await Promise.race([arrived, somebodyWaits(one)]);
    await other.attendance.recompute.slice();
  });
  await arrived;
  await one.compute();
  expect((await one.day(ann, MONDAY)).result.punches).toHaveLength(2);
});

/** Until a connection waits for what another one has written. */
async function somebodyWaits({ db }: AttendanceBench): Promise<void> {
  for (let waiting = 0; waiting === 0; ) {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*) AS n FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db.now);
    waiting = rows[0]?.n ?? 0;
  }
}
