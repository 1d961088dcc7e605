/**
 * `npm test`: everything, once, in UTC; then the pure rules again where clocks are unusual, and the hub
 * again with its books in a PostgreSQL that is started for it.
 *
 * Makes sure of a browser, the built screens and the models first, and says what it did about it. What
 * cannot be had is skipped with its reason, and the command says that it was not a full run. Paths on
 * the command line narrow it to those.
 */
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { startVitest } from 'vitest/node';
import { defaultCacheFolder } from '#platform/config/data-folder';
import { ensureBrowser } from '#tools/browser/ensure-browser';
import { startTestPostgres } from '#tools/test-postgres';
import { emptyTally, summaryOf, type Tally, tallyReporter } from '#tools/test-tally';

const ROOT = resolve(import.meta.dirname, '..');
/** Ahead of UTC without summer time, and behind it by half hours with one. */
const OTHER_ZONES = ['Asia/Shanghai', 'America/St_Johns'];

/** Whatever has to do with the hub's store. */
const STORE_SUITES = ['hub/', 'tests/hub/', 'tests/integration/', 'platform/sql/'];

const filters = process.argv.slice(2);
const missing = filters.length === 0 ? prepare() : [];
const tally = emptyTally();
const serverUrl = process.env['LINTEL_TEST_DATABASE_URL'] || undefined;
if (filters.length === 0) delete process.env['LINTEL_TEST_DATABASE_URL']; // first with the hub's own file
await runIn('UTC', filters, tally);
if (filters.length === 0) {
  for (const zone of OTHER_ZONES) await runIn(zone, ['domain/'], tally);
  const lack = await runOnPostgres(serverUrl, tally);
  if (lack !== undefined) missing.push(lack);
}

console.log('');
if (missing.length > 0) {
  console.log('This was not a full run:');
  for (const reason of missing) console.log(`  ${reason}`);
}
for (const line of summaryOf(tally)) console.log(line);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);

/** @returns what could not be had, and why */
function prepare(): string[] {
  const lacks: string[] = [];
  const browser = ensureBrowser(console.log);
  if (!browser.ok) lacks.push(`browser tests were skipped: ${browser.failure}`);
  if (!script('tools/build.ts', '--quiet')) {
    console.log('The screens could not be built, see above.\n0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
  const modelDir = join(defaultCacheFolder(thisMachine()), 'models');
  if (!script('cli/lintel.js', 'models', 'fetch', '--model-dir', modelDir)) {
    lacks.push('the models could not be fetched, see above');
  }
  return lacks;
}

function thisMachine() {
  return { platform: process.platform, env: process.env, home: homedir() };
}

function script(file: string, ...args: readonly string[]): boolean {
  const run = spawnSync(process.execPath, [join(ROOT, file), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return run.status === 0;
}

/** @returns why there was none */
async function runOnPostgres(
  givenUrl: string | undefined,
  into: Tally,
): Promise<string | undefined> {
  const server = givenUrl === undefined ? await startTestPostgres() : undefined;
  if (server?.ok === false) {
    if (process.env['LINTEL_REQUIRE_POSTGRES'] === '1') into.failed += 1;
    return `the hub was not tested on PostgreSQL: ${server.failure}`;
  }
  const { version, stop } = server?.value ?? { version: 'as given', stop: async () => undefined };
  console.log(`\nThe hub's books in PostgreSQL (${version})`);
  process.env['LINTEL_TEST_DATABASE_URL'] = givenUrl ?? server?.value.url;
  try {
    await runIn('UTC', STORE_SUITES, into);
    return undefined;
  } finally {
    delete process.env['LINTEL_TEST_DATABASE_URL'];
    await stop();
  }
}

async function runIn(zone: string, paths: readonly string[], into: Tally): Promise<void> {
  console.log(`\nTests in ${zone}${paths.length > 0 ? `: ${paths.join(' ')}` : ''}`);
  process.env['TZ'] = zone;
  const run = await startVitest('test', [...paths], {
    root: ROOT,
    watch: false,
    reporters: ['default', tallyReporter(into)],
  });
  await run.close();
}
