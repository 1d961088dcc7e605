/**
 * `npm run check`: the gates that need no running product, in the order in which they are quickest
 * to tell something. All of them run, so that one visit shows everything there is to mend.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

interface Gate {
  readonly name: string;
  /** A script of node_modules, and what to tell it. */
  readonly command: readonly string[];
  /** What whoever broke it can do. */
  readonly hint: string;
}

const GATES: readonly Gate[] = [
  {
    name: 'format and imports (biome)',
    command: [
      '@biomejs/biome/bin/biome',
      'ci',
      '--error-on-warnings',
      '--colors=off',
      '--reporter=summary',
      '.',
    ],
    hint: 'npm run format',
  },
  {
    name: 'types and directions (tsc -b)',
    command: ['typescript/bin/tsc', '-b', '--pretty', 'false'],
    hint: 'A TS6307 means: this room may not look into that one. CONTRIBUTING.md has the table.',
  },
  {
    name: 'lint, with types (oxlint)',
    command: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
    hint: 'Each finding names its rule; a suppression needs a reason after --.',
  },
  {
    name: 'nothing unused (knip)',
    command: ['knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'],
    hint: 'Delete it, or use it. An export for later is written later.',
  },
];

interface Verdict {
  readonly gate: Gate;
  readonly passed: boolean;
}

async function run(gate: Gate): Promise<Verdict> {
  const [script = '', ...given] = gate.command;
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...given], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => told.push(part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => told.push(part));
  const passed = await new Promise<boolean>((done) => {
    child.once('error', (error) => {
      told.push(`${error.message}\n`);
      done(false);
    });
    child.once('close', (code) => done(code === 0));
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${passed ? 'passed' : 'FAILED'}  ${gate.name}, ${seconds} s`);
  if (!passed) console.log(`${told.join('').trimEnd()}\n`);
  return { gate, passed };
}

const verdicts: Verdict[] = [];
for (const gate of GATES) verdicts.push(await run(gate)); // one by one: each takes every core

const broken = verdicts.filter((verdict) => !verdict.passed);
for (const { gate } of broken) console.log(`${gate.name}: ${gate.hint}`);
if (broken.length > 0) process.exitCode = 1;
else console.log(`All ${GATES.length} gates passed.`);
