/**
 * Goal: what a backup gives back is the hub that was backed up, and nothing less is ever put in place.
 * Method: a running hub with punches of a real terminal, saved while it runs, restored and compared.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { punches } from '#contracts/rest/v1/punches';
import { backUp } from '#hub/backup/back-up';
import { type RestoreOptions, restore } from '#hub/backup/restore';
import { systemClock } from '#platform/clock/system-clock';
import { RawTerminal } from '#tests/hub/raw-terminal';
import {
  configFor,
  type RunningHub,
  removeFolder,
  runHub,
  temporaryFolder,
} from '#tests/hub/running-hub';
import { testDatabaseUrl, testEngine } from '#tests/hub/test-database';

const PATIENCE_MS = 60_000;
const clock = systemClock();

let folder: string;
let hub: RunningHub;
beforeEach(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(folder);
});

/** Three punches of somebody, and a file beside the database. */
async function lived() {
  const person = {
    employeeNo: 'A1',
    name: 'Ann',
    greetingName: 'Ann',
    locale: 'en',
    manager: false,
  };
  const added = await hub.ask('POST', '/api/v1/people', person);
  const { personId } = added.body as { personId: string };
  const terminal = await new RawTerminal(hub).join();
  const { siteId } = (await hub.ask('GET', '/api/v1/site')).body as { siteId: string };
  const nowMs = clock.now().epochMilliseconds;
  const log = [
    terminal.genesis(),
    ...[3, 2, 1].map((n) => terminal.punch(personId, siteId, nowMs - n)),
  ];
  await terminal.sendBatch(log);
  await terminal.close();
  mkdirSync(join(folder, 'attachments'), { recursive: true });
  writeFileSync(join(folder, 'attachments', 'sick-note.pdf'), '%PDF attached');
  return log;
}

async function saved(passphrase?: string): Promise<string> {
  const file = join(folder, `backup-${passphrase === undefined ? 'plain' : 'sealed'}.lintel`);
  const made = await backUp({ place: await configFor(folder), file, passphrase, clock });
  if (!made.ok) throw new Error(made.failure.message.en);
  return file;
}

/** An empty folder, and with PostgreSQL an empty database, to restore into. */
async function elsewhere(file: string, change: Partial<RestoreOptions> = {}) {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  const place = { dataDir, databaseUrl: await testDatabaseUrl(dataDir) };
  const options = { place, file, passphrase: undefined, purpose: 'restore', ...change } as const;
  return { dataDir, place, done: await restore(options) };
}

function reasonOf({ done }: { done: Awaited<ReturnType<typeof restore>> }): string {
  return done.ok ? 'restored' : done.failure.reason;
}

describe('a backup', { timeout: PATIENCE_MS }, () => {
  test('taken while the hub runs gives back the same hub', async () => {
    const log = await lived();
    const before = punches.parse((await hub.ask('GET', '/api/v1/punches')).body);
    const { dataDir, done } = await elsewhere(await saved());
    if (!done.ok) throw new Error(done.failure.message.en);
    expect(done.value.proved).toMatchObject({ logs: 1, entries: log.length });
    const again = await runHub(dataDir);
    onTestFinished(() => again.stop());
    expect(again.hubId).toBe(hub.hubId);
    expect(again.joinCode).toBe(hub.joinCode);
    expect(punches.parse((await again.ask('GET', '/api/v1/punches')).body)).toEqual(before);
    expect(before.total).toBe(3);
    expect(readFileSync(join(dataDir, 'attachments/sick-note.pdf'), 'utf8')).toBe('%PDF attached');
    expect(readdirSync(dataDir).some((name) => name.startsWith('restoring'))).toBe(false);
  });

  test('with a passphrase shows nothing, and opens by it alone', async () => {
    await lived();
    const file = await saved('correct horse battery');
    const bytes = readFileSync(file);
    expect(bytes.includes('manifest') || bytes.subarray(0, 2).equals(Buffer.of(0x1f, 0x8b))).toBe(
      false,
    );
    expect(reasonOf(await elsewhere(file))).toBe('passphrase');
    expect(reasonOf(await elsewhere(file, { passphrase: 'wrong horse battery' }))).toBe(
      'passphrase',
    );
    expect(reasonOf(await elsewhere(file, { passphrase: 'correct horse battery' }))).toBe(
      'restored',
    );
  });

  test('can be looked at without restoring it', async () => {
    const file = await saved();
    const { dataDir, done } = await elsewhere(file, { purpose: 'check' });
    expect(done.ok).toBe(true);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('overwrites nothing, neither when it is made nor when it is restored', async () => {
    const file = await saved();
    const again = await backUp({
      place: await configFor(folder),
      file,
      passphrase: undefined,
      clock,
    });
    expect(again.ok ? '' : again.failure.reason).toBe('target-exists');
    const { place, dataDir, done } = await elsewhere(file);
    expect(done.ok).toBe(true);
    const keys = readFileSync(join(dataDir, 'hub.keys.json'), 'utf8');
    const twice = await restore({ place, file, passphrase: undefined, purpose: 'restore' });
    expect(twice.ok ? '' : twice.failure.reason).toBe('not-empty');
    expect(readFileSync(join(dataDir, 'hub.keys.json'), 'utf8')).toBe(keys);
  });

  test('of a folder without a hub says where to look', async () => {
    const dataDir = temporaryFolder();
    onTestFinished(() => removeFolder(dataDir));
    const place = { dataDir, databaseUrl: undefined };
    const made = await backUp({ place, file: join(dataDir, 'x'), passphrase: undefined, clock });
    expect(made.ok ? '' : made.failure.reason).toBe('no-hub');
    expect(existsSync(join(dataDir, 'x'))).toBe(false);
  });
});

describe('a backup that is not whole', { timeout: PATIENCE_MS }, () => {
  test.each([
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['no archive', () => Buffer.from('not at all')],
    ['empty', () => Buffer.alloc(0)],
  ])('%s is refused, and nothing is left of it', async (_what, change) => {
    const file = await saved();
    chmodSync(file, 0o600);
    writeFileSync(file, change(readFileSync(file)));
    const tried = await elsewhere(file);
    expect(['not-a-backup', 'damaged']).toContain(reasonOf(tried));
    expect(readdirSync(tried.dataDir).filter((name) => name !== 'hub.lock')).toEqual([]);
  });

  test.skipIf(testEngine === 'postgres')('with a punch changed in it is refused', async () => {
    await lived();
    const db = new Database(join(folder, 'hub.db'));
    db.exec('DROP TRIGGER up_entries_no_update');
    const changed = db
      .prepare(
        `UPDATE up_entries SET entry = replace(entry, '"kind":"punch"', '"kind":"pinch"') WHERE seq = 3`,
      )
      .run();
    db.close();
    expect(changed.changes).toBe(1);
    const { dataDir, done } = await elsewhere(await saved());
    expect(done.ok ? '' : done.failure.reason).toBe('damaged');
    expect(done.ok ? '' : done.failure.message.en).toContain('entry 3');
    expect(existsSync(join(dataDir, 'hub.db'))).toBe(false);
  });

  test.skipIf(testEngine === 'postgres')(
    'of a newer program is refused before anything else',
    async () => {
      const db = new Database(join(folder, 'hub.db'));
      db.pragma('user_version = 999');
      db.close();
      const { done } = await elsewhere(await saved());
      expect(done.ok ? '' : done.failure.reason).toBe('newer-version');
      expect(done.ok ? '' : done.failure.message['zh-CN']).toContain('999');
    },
  );
});
