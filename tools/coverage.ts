/**
 * `node tools/coverage.ts [path …]`: has a test taken every branch of `domain/`?
 *
 * Runs the tests of the pure rooms with V8's own counters on and lists what never ran, by file and
 * line. Paths narrow what is judged, not what is run. Exits 1 while anything is left.
 */
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startVitest, type TestCase } from 'vitest/node';
import { type Covered, coveredOf, type KeptScript } from '#tools/branches/uncovered';
import { emptyTally, summaryOf, tallyReporter } from '#tools/test-tally';

const ROOT = resolve(import.meta.dirname, '..');
const TESTS = ['domain/', 'tests/attendance/', 'tests/exceptions/', 'tests/payroll/'];
const KEEPER = fileURLToPath(new URL('./branches/keep-coverage.ts', import.meta.url));

const paths = process.argv.slice(2).map((path) => relative(ROOT, resolve(path)));
const judged = filesUnder(paths.length > 0 ? paths : ['domain']);
const folder = mkdtempSync(join(tmpdir(), 'lintel-coverage-'));
process.env['LINTEL_COVERAGE_DIR'] = folder;
const tally = emptyTally();
const run = await startVitest('test', TESTS, {
  root: ROOT,
  watch: false,
  reporters: [tallyReporter(tally), { onTestCaseResult: tellFailure }],
  setupFiles: [KEEPER],
});
await run.close();
const covered = new Map(coveredOf(readKept(folder)).map((each) => [each.url, each]));
rmSync(folder, { recursive: true, force: true });

const complaints = judged.flatMap((file) => complaintsOf(file));
const blocks = judged.reduce((sum, file) => sum + (coveredAt(file)?.blocks ?? 0), 0);
for (const complaint of complaints) console.log(complaint);
console.log(
  complaints.length === 0
    ? `Every branch ran: ${blocks} functions and branches in ${judged.length} files.`
    : `${complaints.length} places never ran, of ${blocks} functions and branches.`,
);
for (const line of summaryOf(tally)) console.log(line);
process.exitCode = complaints.length === 0 && tally.failed === 0 ? 0 : 1;

function tellFailure(test: TestCase): void {
  const { state, errors = [] } = test.result();
  if (state === 'failed') console.log(`FAILED ${test.fullName}: ${errors[0]?.message ?? ''}`);
}

function filesUnder(places: readonly string[]): readonly string[] {
  const patterns = places.map((place) => (place.endsWith('.ts') ? place : `${place}/**/*.ts`));
  return globSync(patterns, { cwd: ROOT })
    .filter((file) => !file.endsWith('.test.ts'))
    .toSorted();
}

function readKept(from: string): readonly KeptScript[] {
  return readdirSync(from).flatMap((name): readonly KeptScript[] =>
    JSON.parse(readFileSync(join(from, name), 'utf8')),
  );
}

function coveredAt(file: string): Covered | undefined {
  return covered.get(pathToFileURL(join(ROOT, file)).href);
}

function complaintsOf(file: string): readonly string[] {
  const own = coveredAt(file);
  if (own !== undefined) return own.gaps.map(({ line, text }) => `${file}:${line}  ${text}`);
  return hasCode(file) ? [`${file}  no test loads it`] : [];
}

/** A file of types alone is nothing that could run. */
function hasCode(file: string): boolean {
  const code = readFileSync(join(ROOT, file), 'utf8');
  return /^(?:export )?(?:async )?(?:const|let|function|class) /m.test(code);
}
