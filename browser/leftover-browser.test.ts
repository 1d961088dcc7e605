import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { endLeftover } from '#browser/leftover-browser';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that says on its command line which profile it uses, as Chromium does. */
async function browserOf(profileDir: string): Promise<ChildProcess> {
  const script = 'console.log("up"); setInterval(() => undefined, 1000)';
  const args = ['-e', script, '--', `--user-data-dir=${profileDir}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

function profileHeldBy(pid: number | undefined): string {
  const profileDir = mkdtempSync(join(tmpdir(), 'lintel-profile-'));
  symlinkSync(`${hostname()}-${pid ?? 0}`, join(profileDir, 'SingletonLock'));
  return profileDir;
}

describe.runIf(process.platform === 'linux')('endLeftover', () => {
  test('ends the browser that still holds this profile', async () => {
    const profileDir = mkdtempSync(join(tmpdir(), 'lintel-profile-'));
    const child = await browserOf(profileDir);
    symlinkSync(`${hostname()}-${child.pid ?? 0}`, join(profileDir, 'SingletonLock'));
    const ended = once(child, 'exit');
    endLeftover(profileDir);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  test('leaves alone a process that was given the same number later', async () => {
    const stranger = await browserOf('/somewhere/else');
    endLeftover(profileHeldBy(stranger.pid));
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  test('has nothing to do in a new profile', () => {
    expect(() => endLeftover(mkdtempSync(join(tmpdir(), 'lintel-profile-')))).not.toThrow();
  });
});
