import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { startTerminalEngine } from '#terminal/engine';
import type { EngineFailure } from '#terminal/engine-failure';
import { dataFolder } from '#terminal/storage/data-folder';
import { accepted, face, ScriptedFaces } from '#tests/terminal/scripted-faces';
import { PIN, person, until, Workbench } from '#tests/terminal/workbench';

const LI = person(1);

let bench: Workbench;
beforeEach(async () => {
  bench = new Workbench();
  await bench.start();
});
afterEach(async () => await bench.end());

async function failureOf(): Promise<EngineFailure> {
  const started = await startTerminalEngine(bench.config, {
    clock: systemClock(),
    logger: createLogger('test', 'silent'),
    openFaces: new ScriptedFaces().open,
    scanWifi: async () => ({ absent: 'no-adapter' }),
  });
  if (started.ok) {
    await started.value.stop();
    throw new Error('the engine started all the same');
  }
  return started.failure;
}

describe('the engine does not start, and says what to do, with', () => {
  test.each<
    [string, EngineFailure['reason'], string, (folder: ReturnType<typeof dataFolder>) => void]
  >([
    [
      'keys that others can read',
      'keys-readable-by-others',
      'chmod 600',
      ({ keys }) => chmodSync(keys, 0o644),
    ],
    ['damaged keys', 'keys-unreadable', 'backup', ({ keys }) => truncateSync(keys, 40)],
    ['a database whose keys are gone', 'keys-missing', 'back', ({ keys }) => rmSync(keys)],
    [
      'a database of a newer version',
      'database-newer',
      'Install',
      ({ database }) => {
        const db = new Database(database);
        db.pragma('user_version = 99');
        db.close();
      },
    ],
    [
      'a file that is no database',
      'database-corrupt',
      'backup',
      ({ database }) => writeFileSync(database, 'this is no database at all'.repeat(400)),
    ],
  ])('%s', async (_what, reason, remedy, damage) => {
    await bench.enrol(LI);
    await bench.stop();
    damage(dataFolder(bench.config.dataDir));
    const failure = await failureOf();
    expect(failure.reason).toBe(reason);
    expect(failure.message.en).toContain(remedy);
    expect(failure.message['zh-CN']).not.toBe('');
  });

  test('the keys of another terminal', async () => {
    await bench.enrol(LI);
    await bench.stop();
    const folder = dataFolder(bench.config.dataDir);
    const other = new Workbench();
    await other.start();
    await other.stop();
    cpSync(dataFolder(other.config.dataDir).keys, folder.keys);
    await other.end();
    expect(await failureOf()).toMatchObject({ reason: 'keys-of-another' });
  });

  test('a data folder that is a file', async () => {
    await bench.stop();
    rmSync(bench.config.dataDir, { recursive: true });
    writeFileSync(bench.config.dataDir, 'a file');
    expect(await failureOf()).toMatchObject({ reason: 'folder-unwritable' });
    rmSync(bench.config.dataDir);
    mkdirSync(bench.config.dataDir);
  });
});

/** A disk of one megabyte, where this user may have one. */
function mountSmallDisk(at: string): 'mounted' | 'not-allowed' {
  mkdirSync(at, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'tmpfs', at]);
  return mounted.status === 0 ? 'mounted' : 'not-allowed';
}

describe('a full disk', () => {
  test('greets nobody, says so, and takes punches again once there is room', async (context) => {
    const small = new Workbench();
    const disk = small.config.dataDir;
    if (mountSmallDisk(disk) === 'not-allowed') {
      await small.end();
      context.skip('only root may mount a small disk to fill');
    }
    try {
      await small.start();
      await small.enrol(LI);
      await small.look(face(1, { decision: accepted(LI.personId) }));
      fillUp(disk);
      small.clock.pass(61);
      await refuses(small);
      rmSync(join(disk, 'filler'));
      small.clock.pass(6);
      await until(() => small.engine.state().disk !== 'full');
      await small.look(face(2, { decision: accepted(LI.personId) }));
      expect(small.screen.last('greeting')).toMatchObject({ kind: 'saved', direction: 'out' });
      await until(() => small.engine.state().waiting === 0);
      const greeted = new Set(small.screen.heard('greeting').map(({ punchSeq }) => punchSeq));
      const punches = small.hub.entries().filter(({ kind }) => kind === 'punch');
      expect(new Set(punches.map(({ seq }) => seq))).toEqual(greeted);
    } finally {
      await small.stop();
      spawnSync('umount', [disk]);
      await small.end();
    }
  });
});

function fillUp(disk: string): void {
  const filler = openSync(join(disk, 'filler'), 'w');
  try {
    for (;;) writeSync(filler, Buffer.alloc(4096));
  } catch {
    // Full: that is what was wanted.
  } finally {
    closeSync(filler);
  }
}

/** The write-ahead log may still have a page to spare; then come the refusals. */
async function refuses(small: Workbench): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    const greeted = small.screen.heard('greeting').length;
    small.clock.pass(61);
    await small.look(face(100 + i, { decision: accepted(LI.personId) }));
    if (small.screen.heard('greeting').length === greeted) break;
  }
  expect(small.engine.state().disk).toBe('full');
  const greeted = small.screen.heard('greeting').length;
  const pin = { employeeNo: 'E1', pin: PIN };
  expect(await small.screen.call('punch.pin', pin)).toMatchObject({ failure: 'disk-full' });
  await small.look(face(1000, { decision: accepted(LI.personId) }));
  expect(small.screen.heard('greeting')).toHaveLength(greeted);
  expect(small.faces.settled.at(-1)).toEqual({ trackId: 1000, outcome: 'refused' });
  await until(() => small.screen.last('state')?.disk === 'full');
}

describe('without models', () => {
  test('screen, PIN and sync work, and the screen says what is missing', async () => {
    await bench.enrol(LI);
    await bench.stop();
    const problem = { 'zh-CN': '缺少模型', en: 'models are missing: fetch them' };
    await bench.startEngine((faces) => {
      faces.problem = problem;
    });
    await until(() => bench.engine.state().engine === 'failed');
    expect(bench.engine.state().engineProblem).toEqual(problem);
    bench.screen.frame();
    const punched = await bench.screen.call('punch.pin', { employeeNo: 'E1', pin: PIN });
    expect(punched).toMatchObject({ ok: true });
    await until(() => bench.engine.state().waiting === 0);
    expect(bench.screen.heard('frame.wanted')).toEqual([]);
  });
});

describe('what is on the disk', () => {
  test('after punches, PINs and an enrolled face holds no name, number or PIN', async () => {
    await bench.enrol(person(1, { name: 'Grizelda Featherstone', employeeNo: 'ZX81QL' }));
    await bench.screen.call('punch.pin', { employeeNo: 'ZX81QL', pin: '111111' });
    await bench.screen.call('punch.pin', { employeeNo: 'ZX81QL', pin: PIN });
    const bytes = bench.bytesOnDisk();
    const secrets = ['Grizelda', 'Given1', 'ZX81QL', PIN, '111111', 'argon2id'];
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
    expect(bytes.includes(LI.personId)).toBe(true);
  });
});
