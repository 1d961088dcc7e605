/** Goal: whoever holds the machine can check the hub's log and get back in. Method: real processes. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditVerification } from '#contracts/rest/v1/audit';
import { startHub } from '#hub/main';
import { configFor, hubDeps, removeFolder, request, temporaryFolder } from '#tests/hub/running-hub';
import { lintel } from '#tests/shells/lintel-process';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => removeFolder(folder));

/** The command line keeps a hub's books in a folder of that name. */
async function hub() {
  const dataDir = join(folder, 'hub');
  mkdirSync(dataDir);
  const started = await startHub(await configFor(dataDir, { databaseUrl: undefined }), hubDeps);
  if (!started.ok) throw new Error(started.failure.message.en);
  return started.value;
}

function signIn(httpUrl: string, password: string) {
  const body = { name: 'admin', password };
  return request(httpUrl, { method: 'POST', path: '/api/v1/session', body });
}

test('a lost password is replaced while the hub runs, and the log says so', async () => {
  const { httpUrl, firstPassword = '', stop } = await hub();
  const args = ['hub', 'admin', 'reset', '--data-dir', folder];
  const reset = await lintel({ args });
  expect(reset.code).toBe(0);
  const password = /New password of admin: (\S+)/.exec(reset.output)?.[1] ?? '';
  expect((await signIn(httpUrl, firstPassword)).status).toBe(401);
  expect((await signIn(httpUrl, password)).status).toBe(200);
  const nobody = await lintel({ args: [...args, '--name', 'bob'] });
  expect(nobody.code).toBe(1);
  expect(nobody.complaints).toContain('There are: admin');
  await stop();
  const verified = await lintel({ args: ['verify', '--hub', '--json', '--data-dir', folder] });
  expect(verified.code).toBe(0);
  expect(auditVerification.parse(JSON.parse(verified.output))).toMatchObject({
    outcome: 'whole',
    entries: 3,
    checkpoints: 1,
  });
});

test('a log that was tampered with is told with the first bad number, in both languages', async () => {
  const { httpUrl, stop } = await hub();
  for (const wrong of ['one', 'two', 'three']) await signIn(httpUrl, wrong);
  await stop();
  const file = new Database(join(folder, 'hub', 'hub.db'));
  file.exec('DROP TRIGGER audit_entries_no_delete');
  file.exec('DELETE FROM audit_entries WHERE seq = 2');
  file.close();
  const args = ['verify', '--hub', '--data-dir', folder];
  const told = await lintel({ args });
  expect(told.code).toBe(1);
  expect(told.complaints).toMatch(/Entry 2 of the audit log .* was taken out/);
  const chinese = await lintel({ args, env: { LANG: 'zh_CN.UTF-8' } });
  expect(chinese.complaints).toMatch(/第 2 条有问题/);
});

test.each([
  ['verify', '--hub'],
  ['hub', 'admin', 'reset'],
])('where there is no hub, %s %s founds none', async (...words) => {
  const told = await lintel({ args: [...words, '--data-dir', folder] });
  expect(told.code).not.toBe(0);
  expect(told.complaints).toContain('There is no hub at');
});
