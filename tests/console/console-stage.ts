import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { hubConfig } from '#contracts/config/hub-config';
import type { Locale } from '#contracts/wire/v1/ids';
import { type Hub, startHub } from '#hub/main';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'test-results/console');

/** An upper bound only: what is waited for comes in a moment on an idle machine. */
const STEP_MS_MAX = 90_000;

export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;

/** A hub with its console as it is shipped, in a real browser. */
export class ConsoleStage {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #folder: string;
  readonly page: Page;
  /** What the page complained about: a policy broken, a script that failed. */
  readonly complaints: string[] = [];
  hub: Hub;

  private constructor(browser: Browser, context: BrowserContext, page: Page, at: Opened) {
    this.#browser = browser;
    this.#context = context;
    this.#folder = at.folder;
    this.page = page;
    this.hub = at.hub;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (line) => {
      if (/Content Security Policy|Warning:/.test(line.text())) this.complaints.push(line.text());
    });
  }

  static async open(executablePath: string): Promise<ConsoleStage> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-console-'));
    await buildConsole(join(folder, 'console'));
    const hub = await startAt(folder, 0);
    const args = ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
    const browser = await chromium.launch({ executablePath, args });
    const context = await browser.newContext({
      viewport: SIZES[0],
      locale: 'zh-CN',
      timezoneId: 'America/St_Johns', // the reader's own zone must not show anywhere
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(STEP_MS_MAX);
    await mkdir(PICTURES, { recursive: true });
    return new ConsoleStage(browser, context, await context.newPage(), { folder, hub });
  }

  async goTo(address: string): Promise<void> {
    await this.page.goto(`${this.hub.httpUrl}/${address}`);
  }

  /** The hub stops, and is back at the same address when `work` is done. */
  async whileHubIsAway(work: () => Promise<void>): Promise<void> {
    const port = Number(new URL(this.hub.httpUrl).port);
    await this.hub.stop();
    try {
      await work();
    } finally {
      this.hub = await startAt(this.#folder, port);
    }
  }

  async picture(name: string): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    const { width = 0 } = this.page.viewportSize() ?? {};
    const language: Locale =
      (await this.page.getAttribute('html', 'lang')) === 'en' ? 'en' : 'zh-CN';
    await this.page.screenshot({ path: join(PICTURES, `${name}-${language}-${width}.png`) });
  }

  async close(): Promise<void> {
    await this.#context.close();
    await this.#browser.close();
    await this.hub.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Opened {
  readonly folder: string;
  readonly hub: Hub;
}

async function buildConsole(outDir: string): Promise<void> {
  await build({
    configFile: join(ROOT, 'console/vite.config.ts'),
    logLevel: 'error',
    build: { outDir },
  });
}

async function startAt(folder: string, httpPort: number): Promise<Hub> {
  const config = hubConfig.parse({
    dataDir: join(folder, 'data'),
    httpPort,
    mqttPort: 0,
    siteName: { 'zh-CN': '上海总部', en: 'Shanghai HQ' },
    siteZone: 'Asia/Shanghai',
    logLevel: 'silent',
  });
  const started = await startHub(config, {
    clock: systemClock(),
    logger: createLogger('hub', 'silent'),
    consoleDir: join(folder, 'console'),
  });
  if (!started.ok) throw new Error(started.failure.message.en);
  return started.value;
}
