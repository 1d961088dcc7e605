/**
 * `npm run build`: the kiosk screens, Electron's main and preload, and the console, into `out/`.
 *
 * What did not change since the last build is left alone, by content and not by file time.
 * `--quiet` says nothing when there is nothing to do; `--force` builds all the same.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withBuildLock } from '#tools/build-lock';
import { isFresh, stampOf, writeStamp } from '#tools/source-stamp';

const ROOT = resolve(import.meta.dirname, '..');
const STAMPS = join(ROOT, 'out', '.stamps');
const COMMON = ['domain', 'contracts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

interface Part {
  readonly name: string;
  readonly sources: readonly string[];
  /** A script of node_modules, and what to tell it. */
  readonly command: readonly string[];
  /** What must be there afterwards. */
  readonly product: string;
}

const PARTS: readonly Part[] = [
  {
    name: 'kiosk',
    sources: [
      'renderer',
      'resources',
      'electron',
      'terminal',
      'platform',
      'electron.vite.config.ts',
    ],
    command: ['electron-vite/bin/electron-vite.js', 'build'],
    product: 'out/renderer/index.html',
  },
  {
    name: 'console',
    sources: ['console', 'resources/look'],
    command: ['vite/bin/vite.js', 'build', '--config', 'console/vite.config.ts'],
    product: 'out/console/index.html',
  },
];

const flags = process.argv.slice(2);
mkdirSync(STAMPS, { recursive: true });
const built = await withBuildLock(STAMPS, buildAll);
process.exit(built ? 0 : 1);

async function buildAll(): Promise<boolean> {
  for (const part of PARTS) {
    if (!(await build(part))) return false;
  }
  return true;
}

async function build({ name, sources, command, product }: Part): Promise<boolean> {
  const stamp = stampOf(ROOT, [...COMMON, ...sources]);
  const stampFile = join(STAMPS, name);
  if (!flags.includes('--force') && isFresh(stampFile, stamp) && existsSync(join(ROOT, product))) {
    if (!flags.includes('--quiet')) console.log(`${name}: up to date`);
    return true;
  }
  rmSync(stampFile, { force: true }); // half a build is no build
  console.log(`${name}: building …`);
  if (!(await run(command))) return false;
  if (!existsSync(join(ROOT, product))) {
    process.stderr.write(`${name}: the builder ended well and made no ${product}\n`);
    return false;
  }
  writeStamp(stampFile, stamp);
  return true;
}

/** Shows what the builder says only when it fails: its list of files is long and says nothing new. */
async function run([script = '', ...args]: readonly string[]): Promise<boolean> {
  const builder = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [builder.stdout, builder.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(builder, 'close');
  if (code !== 0) process.stderr.write(said);
  return code === 0;
}
