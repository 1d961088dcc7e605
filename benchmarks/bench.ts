/*
 * Every figure is a comparison with a named peer in the same run, because milliseconds alone say
 * more about a machine than about us. A budget missed ends with exit code 1.
 *
 * `node benchmarks/bench.ts`: a table on standard error, one line of JSON on standard output.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { measureAccuracy } from '#benchmarks/accuracy';
import { measureAttendance } from '#benchmarks/attendance-recompute';
import type { Comparison, Measurement } from '#benchmarks/benchmark';
import { measureEngineMemory } from '#benchmarks/engine-memory';
import { measureExactSearch } from '#benchmarks/exact-search';
import { measureFrameToDecision } from '#benchmarks/frame-to-decision';
import { measureHubReports } from '#benchmarks/hub-reports';
import { measurePayrollExport } from '#benchmarks/payroll-export';
import { measurePeopleImport } from '#benchmarks/people-import';
import { MODEL_DIR } from '#benchmarks/stage';
import { cardOf, FACE_ENGINE_KINDS } from '#terminal/face/models/model-cards';
import { fetchModels } from '#terminal/face/models/model-store';

const budget = z.strictObject({
  unit: z.string(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});
const budgets = z
  .record(z.string(), budget)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'budgets.json'), 'utf8')));

const BENCHMARKS: readonly (() => Promise<Measurement>)[] = [
  measureEngineMemory,
  measureExactSearch,
  measureFrameToDecision,
  measureAccuracy,
  measureAttendance,
  measurePayrollExport,
  measurePeopleImport,
  measureHubReports,
];

function judge(comparison: Comparison) {
  const limits = budgets[comparison.name];
  if (limits === undefined) throw new Error(`${comparison.name} has no budget`);
  const { unit, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = limits;
  const kept = comparison.value >= atLeast && comparison.value <= atMost;
  return { ...comparison, unit, limit: limits.atLeast ?? limits.atMost, kept };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

for (const kind of FACE_ENGINE_KINDS) {
  const fetched = await fetchModels({ card: cardOf(kind), modelDir: MODEL_DIR });
  if (!fetched.ok) {
    say(fetched.failure.message.en);
    process.exit(1);
  }
}
const judged: ReturnType<typeof judge>[] = [];
const skipped: string[] = [];
for (const measure of BENCHMARKS) {
  const measurement = await measure();
  if (measurement.skipped !== undefined) {
    skipped.push(measurement.skipped);
    say(`skipped: ${measurement.skipped}`);
  }
  for (const result of measurement.comparisons.map(judge)) {
    judged.push(result);
    const { name, ours, peer, peerName, value, unit, limit, kept } = result;
    const verdict = `${value.toFixed(2)} ${unit} (budget ${limit})`;
    say(
      `${kept ? 'kept  ' : 'MISSED'} ${name.padEnd(26)} ${ours.padStart(10)}  ${peerName}: ${peer}  → ${verdict}`,
    );
  }
  for (const { name, figure } of measurement.remarks) say(`       ${name.padEnd(38)} ${figure}`);
}
process.stdout.write(`${JSON.stringify({ results: judged, skipped })}\n`);
if (judged.some(({ kept }) => !kept)) process.exitCode = 1;
