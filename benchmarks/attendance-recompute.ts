import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measurement, median, milliseconds, timed } from '#benchmarks/benchmark';
import { ruleDraft } from '#contracts/rest/v1/attendance';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { assert } from '#domain/assert';
import { openAttendance } from '#hub/attendance/open-attendance';
import { mintIdentity } from '#hub/identity/hub-identity';
import { openHubDatabase } from '#hub/storage/hub-database';
import { openStore } from '#hub/storage/open-store';
import { EVERYBODY } from '#hub/storage/within-reach';
import type { Clock } from '#platform/clock/clock';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

const [SAMPLE, DAYS, LATE_PUNCHES, REPORTS] = [400, 31, 60, 5];
const [MONTH_PEOPLE, MONTH_SECONDS, LATE_PUNCH_MS] = [10_000, 60, 5];
const [DEPARTMENT, DEPARTMENT_MS] = [200, 300];
const TERMINAL = 't-abcdefghijklmnop';
const HOURS = [8.9, 12.1, 12.9, 18.1]; // a morning, a lunch and an evening each day
const PAGE = { limit: 400, offset: 0 };
const ONE_DAY_MS = 86_400_000;
const FIRST_MS = Temporal.Instant.from('2026-03-01T00:00:00+08:00').epochMilliseconds;

/**
 * A month of many people computed from the hub's own database into it, and one late punch. The month
 * is measured on a sample and scaled; that this is fair is measured too, against half of the sample.
 */
export async function measureAttendance(): Promise<Measurement> {
  await monthOf(SAMPLE / 8); // not counted: the first run also compiles
  const half = await monthOf(SAMPLE / 2);
  const whole = await monthOf(SAMPLE);
  const seconds = (whole.monthMs / SAMPLE) * (MONTH_PEOPLE / 1000);
  const growth = whole.monthMs / SAMPLE / (half.monthMs / (SAMPLE / 2));
  return {
    comparisons: [
      {
        name: 'attendance-month-10k',
        ours: `${seconds.toFixed(1)} s`,
        peer: `${MONTH_SECONDS} s`,
        peerName: `the limit, scaled from ${SAMPLE} people`,
        value: seconds / MONTH_SECONDS,
      },
      {
        name: 'attendance-linearity',
        ours: milliseconds(whole.monthMs / SAMPLE),
        peer: milliseconds(half.monthMs / (SAMPLE / 2)),
        peerName: 'a person among half as many',
        value: growth,
      },
      {
        name: 'attendance-late-punch',
        ours: milliseconds(whole.lateMs),
        peer: milliseconds(LATE_PUNCH_MS),
        peerName: 'the limit, commit included',
        value: whole.lateMs / LATE_PUNCH_MS,
      },
      {
        name: 'attendance-month-report',
        ours: milliseconds(whole.reportMs),
        peer: milliseconds(DEPARTMENT_MS),
        peerName: `the limit, for a department of ${DEPARTMENT}`,
        value: whole.reportMs / DEPARTMENT_MS,
      },
    ],
    remarks: [
      { name: 'bytes of one stored day', figure: String(whole.bytesPerDay) },
      {
        name: 'days computed',
        figure: `${SAMPLE} people × ${DAYS}, ${whole.days} rows`,
      },
    ],
  };
}

async function monthOf(people: number) {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-attendance-'));
  const opened = await openHubDatabase({ dataDir: folder });
  assert(opened.ok, 'a new database opens');
  const db = opened.value;
  try {
    const store = openStore(db, mintIdentity());
    await store.site.found({ name: { 'zh-CN': '总部', en: 'Head office' }, zone: 'Asia/Shanghai' });
    const logger = createLogger('hub', 'silent');
    const attendance = openAttendance(db, store, { clock: inApril(), logger });
    const log = await PunchedLog.open(store);
    const ids: string[] = [];
    await db.transaction(async () => {
      while (ids.length < people) ids.push(await log.addPerson());
    });
    await publish(attendance);
    const compute = async (): Promise<void> => {
      while (await attendance.recompute.slice());
    };
    await compute(); // warm, and every row is there
    await attendance.work.markExisting({ from: '2026-03-01', to: '2026-03-31' });
    const days = await attendance.work.count();
    const monthMs = await timed(compute);
    const late: number[] = [];
    for (const personId of ids.slice(0, LATE_PUNCHES)) {
      const atMs = FIRST_MS + 10 * ONE_DAY_MS + 9.5 * 3_600_000;
      await db.transaction(async () => {
        await log.punch(personId, [atMs]);
        await attendance.marks.atMoment(personId, atMs);
      });
      late.push(await timed(compute));
    }
    const stored = await attendance.days.between({
      from: '2026-03-01',
      to: '2026-03-31',
      reach: EVERYBODY,
      ...PAGE,
    });
    const bytes = stored.days.map(({ result }) => Buffer.byteLength(JSON.stringify(result)));
    const wanted = { month: '2026-03', limit: DEPARTMENT, after: undefined, reach: EVERYBODY };
    const reports: number[] = [];
    for (let round = 0; round < REPORTS; round += 1) {
      reports.push(await timed(() => attendance.monthReader.months(wanted)));
    }
    const [lateMs, reportMs] = [median(late), median(reports)];
    return { monthMs, lateMs, reportMs, days, bytesPerDay: median(bytes) };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function publish({ ruleDesk }: ReturnType<typeof openAttendance>): Promise<void> {
  const sections = [
    { on: '09:00', off: '12:00' },
    { on: '13:00', off: '18:00' },
  ];
  const overtime = { workday: { source: 'punches', minMinutes: 30 } };
  const rule = ruleDraft.parse({ sections, tolerance: { lateMinutes: 5 }, overtime });
  const drafted = await ruleDesk.draft({ ...rule, id: 'office' });
  const published = await ruleDesk.publish('office', '2026-03-01');
  assert(drafted.ok && published.ok, 'the rule is sound');
}

/** The month is over, and real time goes on within it. */
function inApril(): Clock {
  const april = Temporal.Instant.from('2026-04-01T12:00:00+08:00');
  return { ...systemClock(), now: () => april };
}

type Store = ReturnType<typeof openStore>;

/** Punches as ingest stores them, without the signatures that this does not measure. */
class PunchedLog {
  readonly #store: Store;
  readonly #siteId: string;
  readonly #logId = randomUUID();
  #seq = 0;

  static async open(store: Store): Promise<PunchedLog> {
    const { siteId } = await store.site.get();
    const log = new PunchedLog(store, siteId);
    // Seen and never joined: its name is known, and nobody waits for it.
    await store.terminals.countRefusals(TERMINAL, { count: 1, reason: 'not-joined', atMs: 0 });
    await store.log.begin(log.#logId, TERMINAL);
    return log;
  }

  private constructor(store: Store, siteId: string) {
    this.#store = store;
    this.#siteId = siteId;
  }

  async addPerson(): Promise<string> {
    const personId = randomUUID();
    const name = { name: personId, greetingName: personId, employeeNo: personId.slice(0, 18) };
    await this.#store.people.add({ personId, ...name, locale: 'en', manager: false }, 0);
    const days = Array.from({ length: DAYS }, (_, day) => FIRST_MS + day * ONE_DAY_MS);
    const times = days.flatMap((dayMs) => HOURS.map((hour) => dayMs + hour * 3_600_000));
    await this.punch(personId, times);
    return personId;
  }

  async punch(personId: string, times: readonly number[]): Promise<void> {
    const body = { personId, method: 'face', siteId: this.#siteId, galleryRev: 0 } as const;
    const entries = times.map((punchedAtMs) => ({
      entry: this.#entry(body, punchedAtMs),
      punchedAtMs,
    }));
    await this.#store.log.append(
      entries.map(({ entry }) => entry),
      0,
    );
    for (const { entry, punchedAtMs } of entries) {
      const source = { terminalId: TERMINAL, receivedAtMs: punchedAtMs, punchedAtMs };
      await this.#store.punches.save(entry, body, source);
    }
  }

  #entry(body: UpEntry['body'], wallMs: number): UpEntry {
    this.#seq += 1;
    return {
      logId: this.#logId,
      seq: this.#seq,
      kind: 'punch',
      at: { wallMs, monoMs: 0, bootId: this.#logId, offsetMs: 0, errorMs: 0, trust: 'synced' },
      body,
      prev: 'a'.repeat(64),
      hash: 'b'.repeat(64),
      sig: 'C'.repeat(86),
    };
  }
}
