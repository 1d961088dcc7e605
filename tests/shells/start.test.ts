/**
 * Goal: one command starts hub and terminal, they find each other, and Ctrl-C leaves nothing behind,
 * whatever dies in between. Method: the real command, its real processes, ports of the system's choice.
 */

import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { LintelProcess } from '#tests/shells/lintel-process';
import { childrenOf, isAlive } from '#tests/shells/process-list';

const PATIENCE = { timeout: 60_000, interval: 200 }; // the first start may have to build the screens
const running: LintelProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGTERM')));
});

function start(...args: readonly string[]): LintelProcess {
  const dataDir = mkdtempSync(join(tmpdir(), 'lintel-start-'));
  const fixed = ['--data-dir', dataDir, '--shell', 'none', '--http-port', '0', '--mqtt-port', '0'];
  const process = new LintelProcess({ args: ['start', ...fixed, ...args] });
  running.push(process);
  return process;
}

async function announced(process: LintelProcess): Promise<string> {
  await expect.poll(() => process.output, PATIENCE).toMatch(/Ctrl-C stops everything/);
  return process.output;
}

describe('lintel start', { timeout: 120_000 }, () => {
  test('says what it started, where, and the password of the first administrator', async () => {
    const output = await announced(start());
    expect(output).toMatch(/Kiosk +http:\/\/127\.0\.0\.1:\d+\/#token=\S+/);
    expect(output).toMatch(/Console +http:\/\/127\.0\.0\.1:\d+/);
    expect(output).toMatch(/First sign-in +name admin, password \S{10,}/);
    expect(output).toMatch(/Broker +mqtt:\/\/127\.0\.0\.1:\d+/);
    expect(output).toMatch(/Data folder +\S+/);
  });

  test('serves the kiosk and the console it named', async () => {
    const output = await announced(start());
    for (const name of ['Kiosk', 'Console']) {
      const page = await fetch(addressOf(name, output));
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<html');
    }
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at %s with exit code 0 and no orphan',
    async (signal) => {
      const process = start();
      await announced(process);
      const children = childrenOf(process.pid);
      expect(children).toHaveLength(2);
      const { code, output } = await process.stop(signal);
      expect(code).toBe(0);
      expect(output).toMatch(/Everything is stopped/);
      expect(children.filter(isAlive)).toEqual([]);
    },
  );

  test('leaves no process behind when it is killed itself', async () => {
    const process = start();
    await announced(process);
    const children = childrenOf(process.pid);
    expect(children).toHaveLength(2);
    await process.stop('SIGKILL');
    await expect.poll(() => children.filter(isAlive), PATIENCE).toEqual([]);
  });

  test('starts again whatever was killed, at the same addresses', async () => {
    const process = start();
    const output = await announced(process);
    const urls = ['Kiosk', 'Console'].map((name) => addressOf(name, output));
    const before = childrenOf(process.pid);
    for (const pid of before) globalThis.process.kill(pid, 'SIGKILL');
    await expect
      .poll(() => childrenOf(process.pid).filter((pid) => !before.includes(pid)).length, PATIENCE)
      .toBe(2);
    for (const url of urls) {
      await expect.poll(() => statusOf(url), PATIENCE).toBe(200);
    }
  });

  test('says which port is taken, and how to choose another', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const process = start('--http-port', port);
    const { code, complaints } = await process.end();
    holder.close();
    expect(code).toBe(1);
    expect(complaints).toMatch(/--http-port/);
  });
});

function addressOf(name: string, output: string): string {
  return new RegExp(`${name} +(http\\S+)`).exec(output)?.[1] ?? '';
}

/** 0 while nobody answers. */
async function statusOf(url: string): Promise<number> {
  return await fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
