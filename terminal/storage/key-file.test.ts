import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mintKeys, readKeyFile, withJoinCode, writeKeyFile } from '#terminal/storage/key-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-keys-'));
  path = join(folder, 'terminal.keys.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the key file', () => {
  test('is for its owner alone and reads back as written', () => {
    const keys = mintKeys('a'.repeat(64));
    writeKeyFile(path, keys);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readKeyFile(path)).toEqual({ ok: true, value: keys });
  });

  test('is refused once others can read it', () => {
    writeKeyFile(path, mintKeys(undefined));
    chmodSync(path, 0o640);
    expect(readKeyFile(path)).toEqual({ ok: false, failure: 'readable-by-others' });
  });

  test.each(['', '{', '{"version":2}', '[]'])('damaged content is refused: %j', (text) => {
    writeFileSync(path, text, { mode: 0o600 });
    expect(readKeyFile(path)).toEqual({ ok: false, failure: 'unreadable' });
  });

  test('a new join code ends the acquaintance with the old hub', () => {
    const hub = { hubId: '0a3f2c11-1111-4222-8333-444455556666', signKey: 'A', sealKey: 'B' };
    const known = { ...mintKeys(undefined), joinCode: 'old', hub };
    expect(withJoinCode(known, undefined)).toEqual(known);
    expect(withJoinCode(known, 'old')).toEqual(known);
    expect(withJoinCode(known, 'new')).not.toHaveProperty('hub');
  });
});
