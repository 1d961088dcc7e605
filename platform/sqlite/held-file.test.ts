import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdFile } from '#platform/sqlite/held-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-held-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'hub.lock');

/** Another process takes the file, says whether it could, and dies without letting go. */
function takenByAnother(): string {
  const source = `
    import { holdFile } from '#platform/sqlite/held-file';
    console.log(holdFile(${JSON.stringify(path())}).ok);
    process.kill(process.pid, 'SIGKILL');`;
  const root = join(import.meta.dirname, '../..');
  const script = ['--input-type=module', '--eval', source];
  return spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8' }).stdout.trim();
}

describe('holdFile', () => {
  test('holds it against this process and others until it lets go', () => {
    const held = holdFile(path());
    expect(holdFile(path())).toEqual({ ok: false, failure: 'held' });
    expect(takenByAnother()).toBe('false');
    if (held.ok) held.value();
    expect(holdFile(path()).ok).toBe(true);
  });

  test('a process that was killed holds nothing any more', () => {
    expect(takenByAnother()).toBe('true');
    expect(holdFile(path()).ok).toBe(true);
  });

  test('says of a folder that is not there that it cannot be written', () => {
    expect(() => holdFile(join(folder, 'none', 'hub.lock'))).toThrow(/directory does not exist/);
  });
});
