/**
 * Goal: the Electron shell shows the kiosk, gives it a camera and an engine, and nothing else to anyone.
 * Method: the built app in a real Electron (whatever binary is here), asked through its DevTools.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DevtoolsPage } from '#tests/electron/devtools-page';
import { build, ElectronApp, needsBuild, probeElectron } from '#tests/electron/electron-app';
import { VirtualDisplay } from '#tests/electron/virtual-display';

const PICTURES = resolve(import.meta.dirname, '../../test-results/electron');
const PAGE = 'app://kiosk/index.html';
const electron = probeElectron();
const display = new VirtualDisplay();
let screen = '';

function configuration(): string {
  return JSON.stringify({
    dataDir: join(mkdtempSync(join(tmpdir(), 'lintel-terminal-')), 'terminal'),
    hubUrl: 'mqtt://127.0.0.1:1', // nobody there: the kiosk works without its hub
    modelDir: join(tmpdir(), 'lintel-no-models'),
    logLevel: 'error',
  });
}

async function launch(env: NodeJS.ProcessEnv): Promise<ElectronApp> {
  const binary = electron.ok ? electron.value : '';
  const args = ['--use-fake-device-for-media-stream'];
  const app = new ElectronApp({ binary, display: screen, env, args });
  await app.start();
  return app;
}

beforeAll(async () => {
  if (!electron.ok) return;
  if (needsBuild()) build();
  screen = (await display.start()) ?? '';
}, 180_000);

afterAll(() => display.stop());

beforeEach((context) => {
  if (electron.ok) return;
  if (process.env['LINTEL_REQUIRE_ELECTRON'] === '1') throw new Error(electron.failure);
  context.skip(electron.failure);
});

describe('the kiosk in Electron', () => {
  let app: ElectronApp;
  let page: DevtoolsPage;

  beforeAll(async () => {
    if (!electron.ok) return;
    app = await launch({ LINTEL_TERMINAL_CONFIG: configuration() });
    page = await app.page(PAGE);
  });

  afterAll(async () => {
    if (electron.ok) await app.stop();
  });

  /** The engine's own words are on the screen once it answered. */
  const isUp = () => page.evaluate(`document.querySelector('#kiosk')?.textContent?.length > 20`);

  test('shows the screens, connected to the engine', async () => {
    await expect.poll(isUp, { timeout: 20_000 }).toBe(true);
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(join(PICTURES, 'kiosk.png'), await page.screenshot());
  });

  test('gives the page its way to the engine and nothing of Node (R-EL1)', async () => {
    expect(await page.evaluate('window.lintelShell.pipe.kind')).toMatch(/^(socket|port)$/);
    const nodes = `[typeof require, typeof process, typeof module, typeof Buffer]`;
    expect(await page.evaluate(nodes)).toEqual(Array(4).fill('undefined'));
    expect(await page.evaluate('Object.isFrozen(window.lintelShell)')).toBe(true);
  });

  test('serves under a policy without inline script or remote content (R-EL2)', async () => {
    const policy = `fetch('/index.html').then((r) => r.headers.get('content-security-policy'))`;
    expect(await page.evaluate(policy)).toMatch(/default-src 'none'.*script-src 'self'/);
    const remote = `fetch('https://example.com/').then(() => 'reached', () => 'refused')`;
    expect(await page.evaluate(remote)).toBe('refused');
    const outside = `fetch('/..%2f..%2fpackage.json').then((r) => r.status)`;
    expect(await page.evaluate(outside)).toBe(404);
  });

  test('grants the camera, and neither microphone nor place (R-EL3)', async () => {
    const ask = (wish: string) =>
      page.evaluate(
        `navigator.mediaDevices.getUserMedia(${wish}).then((s) => s.getTracks().map((t) => t.kind).join(), (e) => e.name)`,
      );
    expect(await ask('{ video: true }')).toBe('video');
    expect(await ask('{ audio: true }')).toBe('NotAllowedError');
    expect(await ask('{ video: true, audio: true }')).toBe('NotAllowedError');
    const place = `new Promise((r) => navigator.geolocation.getCurrentPosition(() => r('told'), (e) => r(e.code)))`;
    expect(await page.evaluate(place)).toBe(1); // PERMISSION_DENIED
    const cameras = `navigator.mediaDevices.enumerateDevices().then((all) => all.filter((d) => d.kind === 'videoinput' && d.label).length)`;
    expect(await page.evaluate(cameras)).toBeGreaterThan(0);
  });

  test('goes nowhere else and opens nothing (R-EL4)', async () => {
    expect(await page.evaluate(`window.open('https://example.com/') === null`)).toBe(true);
    await page.evaluate(`location.href = 'https://example.com/'; 1`);
    await page.evaluate(`location.href = 'file:///etc/passwd'; 1`);
    expect(await page.evaluate('location.href')).toMatch(/^app:\/\/kiosk\//);
  });

  test('is the only one: a second start ends at once and leaves the first alone', () => {
    const binary = electron.ok ? electron.value : '';
    const root = resolve(import.meta.dirname, '../..');
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const second = spawnSync(binary, [...sandbox, `--user-data-dir=${app.profile}`, root], {
      env: { ...process.env, DISPLAY: screen, LINTEL_TERMINAL_CONFIG: configuration() },
      timeout: 15_000,
    });
    expect(second.status).toBe(0);
  });

  test('comes back after its renderer crashed (R-KI5)', async () => {
    await page.evaluate('window.before = true');
    void page.send('Page.crash', {}).catch(() => undefined); // it cannot answer any more
    const isNew = async () => {
      page.close();
      page = await app.page(PAGE);
      const fresh = page.evaluate('window.before === undefined').catch(() => false);
      return (await Promise.race([fresh, pause(2000, false)])) === true && (await isUp());
    };
    await expect.poll(isNew, { timeout: 20_000, interval: 500 }).toBe(true);
  });

  test('ends cleanly, its engine with it', async () => {
    const engines = enginesOf(app.pid);
    expect(await app.stop()).toBe(0);
    expect(engines.filter(isAlive)).toEqual([]);
  });
});

describe('a kiosk that cannot work', () => {
  test('says what is wrong on its screen, in both languages', async () => {
    const app = await launch({ LINTEL_DATA_DIR: mkdtempSync(join(tmpdir(), 'lintel-empty-')) });
    const page = await app.page('app://kiosk/problem');
    const read = () => page.evaluate('document.body?.textContent ?? ""').catch(() => '');
    await expect.poll(read, { timeout: 20_000 }).toMatch(/LINTEL_HUB_URL/);
    const text = String(await read());
    expect(text).toMatch(/缺少这个设置/);
    expect(await page.evaluate('typeof window.lintelShell')).toBe('object');
    await app.stop();
  });
});

/** Children of the app that are a Node: the engine, where it runs outside. */
function enginesOf(pid: number): number[] {
  const listed = spawnSync('pgrep', ['-P', String(pid), 'node'], { encoding: 'utf8' });
  return (listed.stdout ?? '').split('\n').filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
