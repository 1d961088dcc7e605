import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBrowser, type Machine } from '#browser/find-browser';

function machineWith(executables: readonly string[], env: Machine['env'] = {}): Machine {
  const home = mkdtempSync(join(tmpdir(), 'lintel-machine-'));
  for (const path of executables) {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o755);
  }
  return { platform: 'linux', env: { PATH: join(home, 'bin'), ...env }, home };
}

describe('findBrowser', () => {
  test('prefers the distribution’s Chromium over Chrome', () => {
    const machine = machineWith(['bin/google-chrome', 'bin/chromium']);
    const executablePath = join(machine.home, 'bin', 'chromium');
    expect(findBrowser(machine)).toEqual({ executablePath, source: 'system' });
  });

  test('takes the newest Chromium that Playwright fetched', () => {
    const machine = machineWith([
      '.cache/ms-playwright/chromium-999/chrome-linux/chrome',
      '.cache/ms-playwright/chromium-1200/chrome-linux64/chrome',
    ]);
    expect(findBrowser(machine)?.executablePath).toContain('chromium-1200');
  });

  test('never replaces a browser that was pinned', () => {
    const machine = machineWith(['bin/chromium']);
    const env = { ...machine.env, LINTEL_BROWSER: '/no/such/browser' };
    expect(findBrowser({ ...machine, env })).toBeUndefined();
  });

  test('finds Edge, which every Windows has', () => {
    const machine = machineWith(['Files/Microsoft/Edge/Application/msedge.exe']);
    const env = { PROGRAMFILES: join(machine.home, 'Files') };
    const found = findBrowser({ ...machine, platform: 'win32', env });
    expect(found?.executablePath).toMatch(/msedge\.exe$/);
  });

  test('answers nothing on a machine without one', () => {
    expect(findBrowser(machineWith([]))).toBeUndefined();
  });
});
