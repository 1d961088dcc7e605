import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccountRepository } from '#hub/storage/account-repository';
import { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import { DownLogRepository } from '#hub/storage/down-log-repository';
import { type HubDatabase, openHubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { hubTables } from '#hub/storage/migrations/0001-hub';
import { attendanceTables } from '#hub/storage/migrations/0002-attendance';
import { apiTables } from '#hub/storage/migrations/0003-api';
import { PersonRepository } from '#hub/storage/person-repository';
import { PunchRepository } from '#hub/storage/punch-repository';
import { PunchTimeRepository } from '#hub/storage/punch-time-repository';
import { TerminalRepository } from '#hub/storage/terminal-repository';
import { UpLogRepository } from '#hub/storage/up-log-repository';
import { openPostgres } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import { migrate } from '#platform/sql/sql-migration';
import { testDatabaseUrl } from '#tests/hub/test-database';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const FIXTURE = join(import.meta.dirname, '../../tests/fixtures/hub-version-2.sql');
let folder: string;
let db: HubDatabase | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-upgrade-'));
});
afterEach(async () => {
  await db?.close();
  db = undefined;
  rmSync(folder, { recursive: true });
});

async function opened(databaseUrl?: string): Promise<HubDatabase> {
  const result = await openHubDatabase({ dataDir: folder, databaseUrl });
  if (!result.ok) throw new Error(result.failure.reason);
  db = result.value;
  return db;
}

test('a hub from before the day calculation keeps its punches, and knows how sure their times are', async () => {
  const databaseUrl = await testDatabaseUrl(folder);
  const before =
    databaseUrl === undefined
      ? openSqlite<HubTables>(join(folder, 'hub.db'))
      : await openPostgres<HubTables>(databaseUrl);
  if (!before.ok) throw new Error(before.failure.reason);
  expect(await migrate(before.value, [hubTables])).toMatchObject({ ok: true, value: 1 });
  for (const statement of [
    `INSERT INTO terminals (terminal_id) VALUES ('t')`,
    `INSERT INTO up_logs (log_id, terminal_id) VALUES ('l', 't')`,
    `INSERT INTO up_entries VALUES ('l', 1, 'punch', '', '', '{"at":{"errorMs":61000}}', 0)`,
    `INSERT INTO punches VALUES
       ('l', 1, 't', 's', 'ann', 'face', NULL, 5000, 0, 'synced', NULL, NULL, NULL, '')`,
  ]) {
    await sql.raw(statement).execute(before.value.now);
  }
  await before.value.close();
  const after = await opened(databaseUrl);
  expect(await new PunchRepository(after).ofPerson('ann', 0, 9000)).toMatchObject([
    { id: 'l:1', punchedAtMs: 5000, errorMs: 61_000, voided: false },
  ]);
});

test('punches of unknown time and of group events are found again by a hub that asks for them', async () => {
  const databaseUrl = await testDatabaseUrl(folder);
  const before =
    databaseUrl === undefined
      ? openSqlite<HubTables>(join(folder, 'hub.db'))
      : await openPostgres<HubTables>(databaseUrl);
  if (!before.ok) throw new Error(before.failure.reason);
  expect(await migrate(before.value, [hubTables, attendanceTables, apiTables])).toMatchObject({
    value: 3,
  });
  const entry = {
    at: { wallMs: 5000, monoMs: 70, bootId: 'b', offsetMs: 0, errorMs: 0, trust: 'lost' },
    body: { groupEventId: 'e' },
  };
  for (const statement of [
    `INSERT INTO terminals (terminal_id) VALUES ('t')`,
    `INSERT INTO up_logs (log_id, terminal_id) VALUES ('l', 't')`,
    `INSERT INTO up_entries VALUES ('l', 1, 'punch', '', '', '${JSON.stringify(entry)}', 0)`,
    `INSERT INTO punches VALUES
       ('l', 1, 't', 's', 'ann', 'face', NULL, 5000, 0, 'lost', NULL, NULL, NULL, '', 0)`,
  ]) {
    await sql.raw(statement).execute(before.value.now);
  }
  await before.value.close();
  const after = await opened(databaseUrl);
  expect(await new PunchRepository(after).ofPerson('ann', 0, 9000)).toMatchObject([
    { id: 'l:1', punchedAtMs: 5000, clock: 'lost', eventId: 'e' },
  ]);
  const times = new PunchTimeRepository(after);
  expect(await times.waitingBoots('t')).toEqual(['b']);
  expect(await times.doubtfulOf({ terminalId: 't', bootId: 'b' })).toMatchObject([
    { seq: 1, monoMs: 70, wallMs: 5000, isWaiting: true },
  ]);
});

test('a file that an earlier Lintel wrote is taken over with all that is in it', async () => {
  const file = new Database(join(folder, 'hub.db'));
  file.exec(readFileSync(FIXTURE, 'utf8'));
  file.close();
  const books = await opened();
  const scope = { siteId: 's-1', terminalId: 't-1' };
  const downLog = new DownLogRepository(books);
  expect(await new UpLogRepository(books).extent('l-1')).toMatchObject({ upto: 2, head: 2 });
  expect(await new PunchRepository(books).ofPerson('p-1', 0, 9000)).toMatchObject([
    { id: 'l-1:2', errorMs: 61_000 },
  ]);
  expect(await new TerminalRepository(books).completeThroughMs()).toEqual([7000]);
  expect(await new PersonRepository(books).get('p-1')).toMatchObject({ employeeNo: 'A001' });
  expect(await new AccountRepository(books).named('admin')).toMatchObject({
    name: 'Admin',
    rank: { kind: 'superAdministrator' },
    state: 'active',
    accountId: expect.stringMatching(UUID),
  });
  expect(await new AttendanceWorkRepository(books).state()).toMatchObject({
    lockedThrough: '2026-02-28',
  });
  await downLog.append('s-1', { kind: 'site' }, 3);
  expect((await downLog.after(scope, 0, 9)).map(({ rev }) => rev)).toEqual([1, 2, 3]);
});
