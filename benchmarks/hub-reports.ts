import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measurement, median, milliseconds } from '#benchmarks/benchmark';
import { departmentOf, HubWorld } from '#benchmarks/storage/hub-world';
import type { Reach } from '#domain/authority/reach';

const [DEPARTMENT, MONTH_MS, DAY_LIST_MS, ROUNDS] = [200, 300, 100, 7];
/**
 * The ordinary run; LINTEL_BENCH_PEOPLE=10000 LINTEL_BENCH_PUNCH_DAYS=300 is the size the budget is
 * about: twelve million punches.
 */
const PEOPLE = Number(process.env['LINTEL_BENCH_PEOPLE'] ?? 1000);
const PUNCH_DAYS = Number(process.env['LINTEL_BENCH_PUNCH_DAYS'] ?? 25);

/** What a department head looks at: the month of their people, and one day of them. */
export async function measureHubReports(): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-reports-'));
  const size = { people: PEOPLE, days: 31, punchDays: PUNCH_DAYS };
  const world = await HubWorld.open(folder, size);
  try {
    const { attendance, db } = world.bench;
    const reach = ofDepartment(departmentOf(Math.floor(PEOPLE / 2)));
    const month = { month: '2026-03', limit: DEPARTMENT, after: undefined, reach };
    const monthMs = await usual(() => attendance.monthReader.months(month));
    const day = { from: '2026-03-16', to: '2026-03-16', limit: DEPARTMENT, offset: 0, reach };
    const dayMs = await usual(() => attendance.days.between(day));
    const over = `the limit, on ${db.engine}, ${PEOPLE} people`;
    return {
      comparisons: [
        compared('month-report-department', monthMs, { limitMs: MONTH_MS, over }),
        compared('day-list-department', dayMs, { limitMs: DAY_LIST_MS, over }),
      ],
      remarks: [
        { name: 'punches behind the reports', figure: String(PEOPLE * PUNCH_DAYS * 4) },
        { name: 'days behind the reports', figure: String(PEOPLE * 31) },
      ],
    };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ofDepartment(departmentId: string): Reach {
  const none = new Set<string>();
  const departments = new Set([departmentId]);
  return { kind: 'some', departments, sites: none, crossings: [], people: none, except: none };
}

function compared(
  name: string,
  ms: number,
  { limitMs, over }: { readonly limitMs: number; readonly over: string },
) {
  return {
    name,
    ours: milliseconds(ms),
    peer: milliseconds(limitMs),
    peerName: over,
    value: ms / limitMs,
  };
}

/** On the wall: on PostgreSQL half of the work is another process's. */
async function usual(work: () => Promise<unknown>): Promise<number> {
  await work(); // not counted: the first one also compiles
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return median(times);
}
