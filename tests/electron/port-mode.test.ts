/**
 * Goal: where Electron can host the engine, page and engine talk through a message port, also after the
 * engine was killed. Method: the built app in a real Electron, told that its Node is new enough, with an
 * engine that only answers; the real one needs a newer Node than the Electron of the tests may have.
 */
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DevtoolsPage } from '#tests/electron/devtools-page';
import { build, ElectronApp, needsBuild, probeElectron } from '#tests/electron/electron-app';
import { VirtualDisplay } from '#tests/electron/virtual-display';

const ROOT = resolve(import.meta.dirname, '../..');

const MAIN = `
  Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '10' } });
  require('./out/main/main.cjs');
`;

/** Answers each text with its length and pid; \`die\` ends it as a crash would. */
const ENGINE = `
  process.parentPort.on('message', ({ data, ports }) => {
    if (data.t === 'start') process.parentPort.postMessage({ t: 'ready' });
    if (data.t === 'stop') process.exit(0);
    if (data.t !== 'pipe') return;
    ports[0].on('message', (event) => {
      if (event.data === 'die') process.kill(process.pid, 'SIGKILL');
      else ports[0].postMessage(event.data.length + ' ' + process.pid);
    });
    ports[0].start();
  });
`;

/** Gets a port as the screens do, says something, and returns the answer. */
const ASK = `new Promise((resolve) => {
  window.addEventListener('message', function take(event) {
    if (event.data !== 'lintel-pipe') return;
    window.removeEventListener('message', take);
    window.lastPort = event.ports[0];
    window.lastPort.onmessage = (answer) => resolve(answer.data);
    window.lastPort.postMessage('hello');
  });
  window.postMessage('lintel-pipe-wanted', location.origin);
  setTimeout(() => resolve('no answer'), 2000);
})`;

function appFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-port-app-'));
  cpSync(join(ROOT, 'out'), join(folder, 'out'), { recursive: true });
  writeFileSync(join(folder, 'out', 'main', 'engine.cjs'), ENGINE);
  writeFileSync(
    join(folder, 'out', 'renderer', 'index.html'),
    '<!doctype html><title>port</title>',
  );
  writeFileSync(join(folder, 'boot.cjs'), MAIN);
  const manifest = { name: 'lintel-port-test', version: '0.0.0', main: 'boot.cjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  mkdirSync(join(folder, 'node_modules'));
  return folder;
}

const electron = probeElectron();
const display = new VirtualDisplay();
let app: ElectronApp;
let page: DevtoolsPage;

beforeAll(async () => {
  if (!electron.ok) return;
  if (needsBuild()) build();
  const config = { dataDir: tmpdir(), hubUrl: 'mqtt://127.0.0.1:1', modelDir: tmpdir() };
  app = new ElectronApp({
    binary: electron.value,
    display: (await display.start()) ?? '',
    env: { LINTEL_TERMINAL_CONFIG: JSON.stringify(config) },
    folder: appFolder(),
  });
  await app.start();
  page = await app.page('app://kiosk/index.html');
}, 180_000);

afterAll(async () => {
  if (electron.ok) await app.stop();
  display.stop();
});

beforeEach((context) => {
  if (electron.ok) return;
  if (process.env['LINTEL_REQUIRE_ELECTRON'] === '1') throw new Error(electron.failure);
  context.skip(electron.failure);
});

describe('an engine inside Electron', () => {
  test('is reached through a port that the shell hands over', async () => {
    await expect.poll(ask, { timeout: 20_000 }).toMatch(/^5 \d+$/);
    expect(await page.evaluate('window.lintelShell.pipe')).toEqual({ kind: 'port' });
  });

  test('is a new process after it was killed, and the page reaches it again', async () => {
    const before = await ask();
    await page.evaluate(`window.lastPort.postMessage('die'); 1`);
    await expect
      .poll(
        async () => {
          const answer = await ask();
          return answer !== before && /^5 \d+$/.test(String(answer));
        },
        { timeout: 20_000 },
      )
      .toBe(true);
  });

  test('gives nothing to a frame inside the page', async () => {
    const framed = `new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = '/index.html';
      frame.onload = () => resolve(frame.contentWindow?.lintelShell === undefined ? 'nothing' : 'a shell');
      document.body.append(frame);
      setTimeout(() => resolve('nothing'), 2000);
    })`;
    expect(await page.evaluate(framed)).toBe('nothing');
  });
});

async function ask(): Promise<unknown> {
  return await page.evaluate(ASK).catch(() => 'no page yet');
}
