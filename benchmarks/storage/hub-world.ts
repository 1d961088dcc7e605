import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ruleDraft } from '#contracts/rest/v1/attendance';
import { assert } from '#domain/assert';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { openAttendance } from '#hub/attendance/open-attendance';
import { mintIdentity } from '#hub/identity/hub-identity';
import { openHubDatabase } from '#hub/storage/hub-database';
import { openStore } from '#hub/storage/open-store';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

const ROWS_AT_ONCE = 500; // nine values each, and SQLite takes 32 766
const DEPARTMENT_PEOPLE = 200;
const FIRST_DAY = '2026-03-02';
const HOURS = [8.9, 12.1, 12.9, 18.1]; // a morning, a lunch and an evening
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TERMINAL = 't-abcdefghijklmnop';

/** How much there is. */
export interface WorldSize {
  readonly people: number;
  /** Days with results, beginning on 1 March 2026. */
  readonly days: number;
  /** Days with four punches for everybody, ending with the same month. */
  readonly punchDays: number;
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** SQLite in the folder, or the empty PostgreSQL database that LINTEL_BENCH_DATABASE_URL names. */
async function openBench(dataDir: string) {
  const databaseUrl = process.env['LINTEL_BENCH_DATABASE_URL'];
  const opened = await openHubDatabase({ dataDir, databaseUrl });
  assert(opened.ok, 'a new database opens');
  const db = opened.value;
  const store = openStore(db, mintIdentity());
  await store.site.found({ name: { 'zh-CN': '总部', en: 'Head office' }, zone: 'Asia/Shanghai' });
  const april = Temporal.Instant.from('2026-04-02T08:00:00+08:00');
  const clock = { ...systemClock(), now: () => april };
  const logger = createLogger('hub', 'silent');
  return { db, store, clock, attendance: openAttendance(db, store, { clock, logger }) };
}

/**
 * A hub's database of any size, by bulk insert: one day is computed as the hub computes it, and its
 * row stands for everybody's.
 */
export class HubWorld {
  readonly bench: Bench;
  readonly personIds: readonly string[];

  static async open(folder: string, size: WorldSize): Promise<HubWorld> {
    const bench = await openBench(folder);
    const log = await beginLog(bench);
    const model = await addModel(bench, log);
    const personIds = await addPeople(bench, size.people);
    await addDays(bench, personIds, { days: size.days, model });
    await addPunches(bench, personIds, { days: size.punchDays, log });
    if (bench.db.engine === 'postgres') await sql`ANALYZE`.execute(bench.db.now);
    return new HubWorld(bench, personIds);
  }

  private constructor(bench: Bench, personIds: readonly string[]) {
    this.bench = bench;
    this.personIds = personIds;
  }

  async close(): Promise<void> {
    await this.bench.db.close();
  }
}

export function departmentOf(index: number): string {
  return `department-${Math.floor(index / DEPARTMENT_PEOPLE)}`;
}

async function addPeople({ db }: Bench, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const names = [...new Set(ids.map((_, index) => departmentOf(index)))];
  await db.now
    .insertInto('departments')
    .values(names.map((name) => ({ department_id: name, name, parent_id: null, name_en: null })))
    .execute();
  await inParts(
    ids.map((person_id, index) => ({
      person_id,
      employee_no: `E${String(index).padStart(6, '0')}`,
      name: `员工${index}`,
      greeting_name: `员工${index}`,
      locale: 'zh-CN',
      manager: 0,
      created_at_ms: 0,
      department_id: departmentOf(index),
    })),
    async (rows) => await db.now.insertInto('people').values(rows).execute(),
  );
  return ids;
}

type Model = Awaited<ReturnType<typeof addModel>>;

async function addDays(
  { db }: Bench,
  personIds: readonly string[],
  { days, model }: { readonly days: number; readonly model: Model },
): Promise<void> {
  const first = Temporal.PlainDate.from('2026-03-01');
  for (let offset = 0; offset < days; offset += 1) {
    const date = first.add({ days: offset }).toString();
    const result = model.result.replaceAll(FIRST_DAY, date);
    const rows = personIds.map((person_id) => ({
      ...model,
      person_id,
      date,
      result: result.replace(model.person_id, person_id),
    }));
    await inParts(rows, async (part) => {
      await db.now.insertInto('attendance_days').values(part).execute();
    });
  }
}

interface Log {
  readonly logId: string;
  readonly siteId: string;
  seq: number;
}

/** Of a terminal that was seen and never joined: its name is known, and nobody waits for it. */
async function beginLog({ store }: Bench): Promise<Log> {
  const { siteId } = await store.site.get();
  const logId = randomUUID();
  await store.terminals.countRefusals(TERMINAL, { count: 1, reason: 'not-joined', atMs: 0 });
  await store.log.begin(logId, TERMINAL);
  return { logId, siteId, seq: 0 };
}

/** The day of somebody who came late; whoever computed it is taken away again. */
async function addModel(bench: Bench, log: Log) {
  const { db, attendance, store } = bench;
  const personId = randomUUID();
  const name = { name: 'Model', greetingName: 'Model', employeeNo: 'MODEL', locale: 'en' as const };
  await store.people.add({ personId, ...name, manager: false }, 0);
  const late = Temporal.Instant.from(`${FIRST_DAY}T00:20:00+08:00`).epochMilliseconds;
  await writePunches(
    bench,
    log,
    HOURS.map((hour) => ({ personId, atMs: late + hour * HOUR_MS })),
  );
  const rule = ruleDraft.parse({ sections: [{ on: '09:00', off: '18:00' }] });
  const drafted = await attendance.ruleDesk.draft({ ...rule, id: 'office' });
  const published = await attendance.ruleDesk.publish('office', '2026-03-01');
  assert(drafted.ok && published.ok, 'the rule is sound');
  await attendance.marks.around(personId, dayNumberOf(FIRST_DAY));
  while (await attendance.recompute.slice());
  const row = await db.now
    .selectFrom('attendance_days')
    .selectAll()
    .where('person_id', '=', personId)
    .where('date', '=', FIRST_DAY)
    .executeTakeFirst();
  assert(row !== undefined, 'the day of the model was computed');
  await db.now.deleteFrom('attendance_days').execute();
  await db.now.deleteFrom('attendance_dirty').execute();
  return row;
}

async function addPunches(
  bench: Bench,
  personIds: readonly string[],
  { days, log }: { readonly days: number; readonly log: Log },
): Promise<void> {
  const endMs = Temporal.Instant.from('2026-04-01T00:00:00+08:00').epochMilliseconds;
  for (let day = days; day > 0; day -= 1) {
    const dayMs = endMs - day * DAY_MS;
    await writePunches(
      bench,
      log,
      personIds.flatMap((personId) =>
        HOURS.map((hour) => ({ personId, atMs: dayMs + hour * HOUR_MS })),
      ),
    );
  }
}

interface Given {
  readonly personId: string;
  readonly atMs: number;
}

async function writePunches({ db }: Bench, log: Log, given: readonly Given[]): Promise<void> {
  const { logId: log_id, siteId: site_id } = log;
  await inParts(given, async (part) => {
    const numbered = part.map(({ personId, atMs }) => {
      log.seq += 1;
      return { person_id: personId, punched_at_ms: atMs, seq: log.seq, received_at_ms: atMs };
    });
    const entry = { log_id, kind: 'punch', prev: '-', hash: '-', entry: '{}' };
    await db.now
      .insertInto('up_entries')
      .values(numbered.map(({ seq, received_at_ms }) => ({ ...entry, seq, received_at_ms })))
      .execute();
    const place = { log_id, site_id, terminal_id: TERMINAL, method: 'face', direction: null };
    const told = { clock_trust: 'synced', hash: '-', wifi: null, confidence: null, liveness: null };
    await db.now
      .insertInto('punches')
      .values(numbered.map((each) => ({ ...each, ...place, ...told })))
      .execute();
  });
}

async function inParts<Row>(
  rows: readonly Row[],
  write: (part: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    await write(rows.slice(first, first + ROWS_AT_ONCE));
  }
}
