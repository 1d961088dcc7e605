import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Measurement, milliseconds } from '#benchmarks/benchmark';
import { assert } from '#domain/assert';
import { openAttendance } from '#hub/attendance/open-attendance';
import { mintIdentity } from '#hub/identity/hub-identity';
import { type OpenedPeople, openPeople } from '#hub/people/open-people';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import { type HubDatabase, openHubDatabase } from '#hub/storage/hub-database';
import { openStore } from '#hub/storage/open-store';
import { EVERYBODY } from '#hub/storage/within-reach';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

const PEOPLE = 10_000;
const [CHECK_SECONDS, IMPORT_SECONDS] = [5, 10];
const [TURN_MS, WRITER_MS] = [250, 5000];
const WRITE_EVERY_MS = 5;
const SOMEBODY = 'somebody-who-punches';
const DATES = ['2026-03-01', '2026-03-02', '2026-03-03'];

/**
 * A table of ten thousand people, tried and imported, and tried and imported again with every row
 * changed. Meanwhile somebody writes a row every few milliseconds, as an acknowledged punch does:
 * told are how long one of them waited, and how long nobody at all had a turn.
 */
export async function measurePeopleImport(): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-people-'));
  const opened = await openHubDatabase({ dataDir: folder });
  assert(opened.ok, 'a new database opens');
  const db = opened.value;
  try {
    const desk = await openDesk(db);
    const added = await importOf(tableOf('138'), desk);
    const changed = await importOf(tableOf('139'), desk);
    return {
      comparisons: [...figuresOf('added', added), ...figuresOf('changed', changed)],
      remarks: [],
    };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

interface Desk {
  readonly db: HubDatabase;
  readonly desk: OpenedPeople['peopleImport'];
  readonly work: AttendanceWorkRepository;
}

function onChange(): void {} // there are no terminals to tell

async function openDesk(db: HubDatabase): Promise<Desk> {
  const store = openStore(db, mintIdentity());
  await store.site.found({ name: { 'zh-CN': '总部', en: 'Head office' }, zone: 'Asia/Shanghai' });
  const parts = { clock: systemClock(), logger: createLogger('hub', 'silent') };
  const attendance = openAttendance(db, store, parts);
  const people = openPeople({ ...store, ...attendance, ...parts, db, onChange });
  return { db, desk: people.peopleImport, work: attendance.work };
}

function numberOf(index: number): string {
  return `E${String(index).padStart(6, '0')}`;
}

/** Two hundred departments; everybody but the first reports to somebody else in the file. */
function tableOf(prefix: string): Uint8Array {
  const rows = Array.from({ length: PEOPLE }, (_, index) => {
    const manager = index === 0 ? '' : numberOf(Math.floor(index / 10));
    const phone = `${prefix}${String(index).padStart(8, '0')}`;
    const department = `总部/部门${index % 20}/小组${index % 200}`;
    return `${numberOf(index)},王小明,${department},${manager},${phone},e${index}@example.com,2026-01-01`;
  });
  return Buffer.from(['工号,姓名,部门,直属上级,手机,邮箱,入职日期', ...rows].join('\n'));
}

interface Timed {
  readonly checkMs: number;
  readonly importMs: number;
  /** The longest that one writer waited, and the longest that nobody had a turn. */
  readonly writerMs: number;
  readonly turnMs: number;
}

async function importOf(bytes: Uint8Array, { db, desk, work }: Desk): Promise<Timed> {
  const asker = { people: EVERYBODY, rules: EVERYBODY };
  const beside = writeBeside(db, work);
  const began = performance.now();
  const plan = await desk.check(bytes, 'create', asker);
  const checked = performance.now();
  assert(plan.ok && plan.value.faults.length === 0, 'the table has no fault');
  const order = { digest: plan.value.digest, accept: 'all', departments: 'create' } as const;
  const done = await desk.run(bytes, { order, unit: (write) => db.transaction(write) }, asker);
  const ended = performance.now();
  assert(done.ok, 'what was shown is imported');
  return { checkMs: checked - began, importMs: ended - checked, ...(await beside()) };
}

/** @returns ends it, and tells how long it had to wait */
function writeBeside(
  db: HubDatabase,
  work: AttendanceWorkRepository,
): () => Promise<Pick<Timed, 'writerMs' | 'turnMs'>> {
  const over = new AbortController();
  let [writerMs, turnMs] = [0, 0];
  const write = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await db.transaction(async () => await work.mark(SOMEBODY, DATES));
      writerMs = Math.max(writerMs, performance.now() - began);
      await pause(WRITE_EVERY_MS);
    }
  };
  const turn = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await pause(1);
      turnMs = Math.max(turnMs, performance.now() - began);
    }
  };
  const both = Promise.all([write(), turn()]);
  return async () => {
    over.abort();
    await both;
    return { writerMs, turnMs };
  };
}

function figuresOf(what: 'added' | 'changed', timed: Timed): Measurement['comparisons'] {
  const { checkMs, importMs, writerMs, turnMs } = timed;
  const figure = (name: string, ms: number, limitMs: number) => ({
    name: `people-import-${what}-${name}`,
    ours: milliseconds(ms),
    peer: milliseconds(limitMs),
    peerName: `the limit, for ${PEOPLE} people`,
    value: ms / limitMs,
  });
  return [
    figure('check', checkMs, CHECK_SECONDS * 1000),
    figure('write', importMs, IMPORT_SECONDS * 1000),
    figure('turn', turnMs, TURN_MS),
    figure('writer', writerMs, WRITER_MS),
  ];
}
