import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from '#benchmarks/benchmark';
import { HubWorld } from '#benchmarks/storage/hub-world';
import { newExport } from '#contracts/rest/v1/export';
import { assert } from '#domain/assert';
import { openExports } from '#hub/exports/open-exports';
import { EVERYBODY } from '#hub/storage/within-reach';
import { createLogger } from '#platform/log/logger';

const [PEOPLE, SECONDS, DAYS] = [10_000, 30, 31];
const MEMORY_GROWTH_MB = 128; // what a hub of any size may need on top while it exports
const SAMPLE_EVERY_MS = 20;
const MB = 1024 * 1024;
/** The ordinary run; LINTEL_BENCH_PEOPLE=10000 measures the size the budget is about. */
const SAMPLE = Number(process.env['LINTEL_BENCH_PEOPLE'] ?? 1000);

/** The payroll of a month, as its asker gets it: rows read, added up, written, hashed, on the disk. */
export async function measurePayrollExport(): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-payroll-'));
  const world = await HubWorld.open(folder, { people: SAMPLE, days: DAYS, punchDays: 0 });
  try {
    // Memory of the first, before anything has grown; time of the second, since the first also compiles.
    const { growthMb } = await exported(world, folder);
    const { ms, bytes } = await exported(world, folder);
    const seconds = (ms / 1000) * (PEOPLE / SAMPLE);
    const { engine } = world.bench.db;
    return {
      comparisons: [
        {
          name: 'payroll-export-10k',
          ours: `${seconds.toFixed(1)} s`,
          peer: `${SECONDS} s`,
          peerName: `the limit, on ${engine}, ${SAMPLE} people scaled to ${PEOPLE}`,
          value: seconds / SECONDS,
        },
        {
          name: 'payroll-export-memory',
          ours: `${growthMb.toFixed(0)} MB`,
          peer: `${MEMORY_GROWTH_MB} MB`,
          peerName: 'the limit on top of the hub at rest',
          value: growthMb / MEMORY_GROWTH_MB,
        },
      ],
      remarks: [{ name: 'payroll file', figure: `${SAMPLE} rows, ${bytes} bytes` }],
    };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exported({ bench }: HubWorld, dataDir: string) {
  const logger = createLogger('hub', 'silent');
  const { clock, db } = bench;
  const own = { db, dataDir, clock, logger };
  const exports = openExports({ ...bench.store, ...bench.attendance, ...own });
  const viewer = { caller: 'account:bench', reach: EVERYBODY };
  const period = { from: '2026-03-01', to: '2026-03-31' };
  const request = { kind: 'payroll', period, format: 'xlsx', language: 'zh-CN' };
  const asked = await exports.exportDesk.request(newExport.parse(request), viewer);
  assert(asked.ok, 'an export is taken');
  globalThis.gc?.();
  const rest = process.memoryUsage.rss();
  let most = rest;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  // Wall time: on PostgreSQL half of the work is another process's.
  const before = performance.now();
  await exports.runner.next();
  const ms = performance.now() - before;
  clearInterval(look);
  const job = await exports.exportDesk.get(asked.value.exportId, viewer);
  assert(job?.state === 'ready', 'the export was made');
  return { ms, growthMb: (most - rest) / MB, bytes: job.file?.bytes ?? 0 };
}
