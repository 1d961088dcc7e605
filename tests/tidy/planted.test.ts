import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUSE, type Room } from '#tests/tidy/house';

/*
 * Goal: `tsc -b` is a gate, and not a decoration: it refuses every direction the house forbids.
 * Method: a copy of the house gets a leaf in each room, and into each room go one import of the
 * leaf of every room it must not see, one of every room it may, and one of what its runtime has not
 * got. Then it is built once. A forbidden import that passes fails here, and so does an allowed one
 * that is refused.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const BUILD_MS_MAX = 180_000; // seconds on an idle machine; this is for a crowded one

/** Rooms whose references keep others out; those that span the house may see everything. */
const WALLED = HOUSE.filter((room) => room.packages !== '*');
const NAMES = WALLED.map((room) => room.name);

/** Copied with their sources: what these name could let in a runtime they must not know. */
const PURE = ['domain', 'contracts', 'renderer', 'console'];

/** What a room must not find in its own runtime. */
const FOREIGN_GROUND: readonly (readonly [string, string])[] = [
  ...PURE.map((room) => [room, 'node:fs'] as const),
  ...['domain', 'contracts', 'platform', 'terminal', 'hub'].map(
    (room) => [room, 'document'] as const,
  ),
];

function forbiddenIn(room: Room): readonly string[] {
  return NAMES.filter((name) => name !== room.name && !room.mayImport.includes(name));
}

describe('tsc -b', () => {
  let folder = '';
  let errors = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-planted-'));
    copyHouse(folder);
    for (const room of WALLED) {
      for (const target of forbiddenIn(room)) plant(folder, room.name, target);
      for (const target of room.mayImport) plant(folder, room.name, target);
    }
    for (const [room, ground] of FOREIGN_GROUND) plantGround(folder, room, ground);
    errors = await build(folder);
  }, BUILD_MS_MAX);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const complainsAbout = (path: string) => errors.includes(`${path}(`);

  const forbidden = WALLED.flatMap((room) => forbiddenIn(room).map((to) => [room.name, to]));
  test.each(forbidden)('keeps %s from looking into %s', (room, target) => {
    expect(complainsAbout(`${room}/planted-${target}.ts`)).toBe(true);
  });

  const allowed = WALLED.flatMap((room) => room.mayImport.map((to) => [room.name, to]));
  test.each(allowed)('lets %s look into %s', (room, target) => {
    expect(complainsAbout(`${room}/planted-${target}.ts`)).toBe(false);
  });

  test.each(FOREIGN_GROUND)('gives %s no %s', (room, ground) => {
    expect(complainsAbout(`${room}/planted-${groundName(ground)}.ts`)).toBe(true);
  });
});

/** What makes the walls: the projects and their options. Packages are looked up where they are. */
function copyHouse(folder: string): void {
  for (const name of ['package.json', 'tsconfig.base.json', ...PURE]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  for (const name of NAMES) {
    mkdirSync(join(folder, name), { recursive: true });
    cpSync(join(ROOT, name, 'tsconfig.json'), join(folder, name, 'tsconfig.json'));
    writeFileSync(join(folder, name, 'leaf.ts'), 'export const leaf = 1;\n');
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

/** Re-exported, so that the only thing wrong with the file is where it looks. */
function plant(folder: string, room: string, target: string): void {
  const looks = `export type * as planted from '#${target}/leaf';\n`;
  writeFileSync(join(folder, room, `planted-${target}.ts`), looks);
}

function plantGround(folder: string, room: string, ground: string): void {
  const takes = ground.startsWith('node:')
    ? `export { readFileSync } from '${ground}';\n`
    : `export const planted = ${ground}.title;\n`;
  writeFileSync(join(folder, room, `planted-${groundName(ground)}.ts`), takes);
}

function groundName(ground: string): string {
  return ground.replace(':', '-');
}

async function build(folder: string): Promise<string> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  return await new Promise((done) => {
    const given = ['-b', '--pretty', 'false', ...NAMES];
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [tsc, ...given], options, (_failed, stdout) => done(stdout));
  });
}
