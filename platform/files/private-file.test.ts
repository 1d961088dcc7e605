import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPrivateFile, writePrivateFile } from '#platform/files/private-file';

describe('a private file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is readable by its owner alone, and leaves no draft behind', () => {
    const path = join(folder, 'sub', 'keys.json');
    writePrivateFile(path, 'one');
    writePrivateFile(path, 'two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'sub')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'sub'))).toEqual(['keys.json']);
    expect(readPrivateFile(path)).toEqual({ ok: true, value: 'two' });
  });

  test('is refused once others may read it', () => {
    const path = join(folder, 'keys.json');
    writePrivateFile(path, 'secret');
    chmodSync(path, 0o644);
    expect(readPrivateFile(path)).toEqual({ ok: false, failure: 'readable-by-others' });
  });

  test('that is not there is said to be absent', () => {
    expect(readPrivateFile(join(folder, 'none'))).toEqual({ ok: false, failure: 'absent' });
  });
});
