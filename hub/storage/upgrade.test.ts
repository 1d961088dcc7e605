import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHubDatabase } from '#hub/storage/hub-database';
import { hubTables } from '#hub/storage/migrations/0001-hub';
import { PunchRepository } from '#hub/storage/punch-repository';
import { openDatabase } from '#platform/sqlite/database';

test('a hub from before the day calculation keeps its punches, and knows how sure their times are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-upgrade-'));
  const before = openDatabase(join(folder, 'hub.db'), [hubTables]);
  if (!before.ok) throw new Error(before.failure.reason);
  before.value.exec(`
    INSERT INTO terminals (terminal_id) VALUES ('t');
    INSERT INTO up_logs (log_id, terminal_id) VALUES ('l', 't');
    INSERT INTO up_entries VALUES ('l', 1, 'punch', '', '', '{"at":{"errorMs":61000}}', 0);
    INSERT INTO punches VALUES
      ('l', 1, 't', 's', 'ann', 'face', NULL, 5000, 0, 'synced', NULL, NULL, NULL, '');`);
  before.value.close();
  const after = openHubDatabase(folder);
  if (!after.ok) throw new Error(after.failure.reason);
  expect(new PunchRepository(after.value).ofPerson('ann', 0, 9000)).toMatchObject([
    { id: 'l:1', punchedAtMs: 5000, errorMs: 61_000, voided: false },
  ]);
  after.value.close();
  rmSync(folder, { recursive: true });
});
