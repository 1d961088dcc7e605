import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { startKioskServer } from '#browser/kiosk-server';
import type { FaceHint, Greeting, KioskState, SeenFace } from '#contracts/ipc/kiosk-ipc';
import type { Locale } from '#contracts/wire/v1/ids';
import { systemClock } from '#platform/clock/system-clock';
import { rendererOptions } from '#renderer/vite-options';
import { type Say, voiceOf } from '#renderer/words/words';
import type { WordKey } from '#renderer/words/zh-cn';
import { ScriptedEngine } from '#simulators/kiosk-engine/scripted-engine';
import { CAMERA, hallway, type Silhouette } from '#tests/screens/silhouettes';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'test-results/screens');
/** A step takes a few frames; this long means that it never comes. */
const STEP_MS = 10_000;
const TOKEN = 'a-token-for-the-screens-under-test-0123456789';
const BROWSER_ARGS = ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'];

/** Why screens were not tested on this machine. */
export const NO_BROWSER = 'no Chromium was found: install one, or name it in LINTEL_BROWSER';

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly language: 'zh-CN' | 'en';
  readonly theme: 'day' | 'night' | 'hc';
  readonly text?: 'large';
}

export interface StageOptions {
  readonly executablePath: string;
  /** What `buildScreens` made. */
  readonly rendererDir: string;
  /** Who stands before the camera; none at all with `undefined`. */
  readonly people: readonly Silhouette[] | undefined;
  /** Two devices, before which nobody stands, or one that the system does not let the page see. */
  readonly cameras?: 'two' | 'denied';
}

/** The built screens in a real browser, before a drawn hallway, with a scripted engine behind them. */
export class KioskStage {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #rendererDir: string;

  private constructor(browser: Browser, folder: string, rendererDir: string) {
    this.#browser = browser;
    this.#folder = folder;
    this.#rendererDir = rendererDir;
  }

  static async open(options: StageOptions): Promise<KioskStage> {
    const { executablePath, people, rendererDir, cameras } = options;
    const folder = await mkdtemp(join(tmpdir(), 'lintel-screens-'));
    const args = [...BROWSER_ARGS];
    if (people !== undefined) {
      const film = join(folder, 'hallway.mjpeg');
      await writeFile(film, await filmOf(executablePath, people));
      const device = '--use-fake-device-for-media-stream';
      // A film makes one device of however many: two show Chromium's own test picture.
      if (cameras === 'two') args.push(`${device}=device-count=2`);
      else args.push(device, `--use-file-for-fake-video-capture=${film}`);
      // Headless, nobody can be asked: without this the answer is no.
      if (cameras !== 'denied') args.push('--use-fake-ui-for-media-stream');
    }
    const browser = await chromium.launch({ executablePath, args });
    return new KioskStage(browser, folder, rendererDir);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** One kiosk: its own engine, its own server, its own browser profile. */
  async play(look: Look, state: KioskState): Promise<KioskPlay> {
    const engine = new ScriptedEngine(state);
    const served = await startKioskServer({
      rendererDir: this.#rendererDir,
      port: 0,
      token: TOKEN,
      clock: systemClock(),
      attach: engine.attach,
    });
    if (!served.ok) throw new Error(`the screens are not served: ${served.failure}`);
    const context = await this.#browser.newContext({
      viewport: { width: look.width, height: look.height },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MS);
    const settings = { theme: look.theme, language: look.language, text: look.text ?? 'usual' };
    await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [
      'lintel.screen-settings',
      JSON.stringify(settings),
    ] as const);
    const play = new KioskPlay(page, engine, look, async () => {
      await context.close();
      await served.value.stop();
    });
    await page.goto(served.value.url);
    return play;
  }
}

/** One kiosk on stage. */
export class KioskPlay {
  readonly page: Page;
  readonly engine: ScriptedEngine;
  readonly complaints: string[] = [];
  readonly #look: Look;
  readonly #end: () => Promise<void>;
  #seeing: ReturnType<typeof setInterval> | undefined;
  #greeting: ReturnType<typeof setInterval> | undefined;

  constructor(page: Page, engine: ScriptedEngine, look: Look, end: () => Promise<void>) {
    this.page = page;
    this.engine = engine;
    this.#look = look;
    this.#end = end;
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  async end(): Promise<void> {
    clearInterval(this.#seeing);
    clearInterval(this.#greeting);
    await this.#end();
  }

  say(key: WordKey, values?: Parameters<Say>[1]): string {
    return voiceOf(this.#look.language)(key, values);
  }

  async tap(key: WordKey): Promise<void> {
    await this.page.getByRole('button', { name: this.say(key) }).click();
  }

  /** As the engine does: the faces in view, told again with every frame. */
  keepSeeing(faces: readonly SeenFace[]): void {
    clearInterval(this.#seeing);
    let frameId = 0;
    const tell = () => this.engine.emit('faces', { frameId: frameId++, faces: [...faces] });
    tell();
    this.#seeing = setInterval(tell, 200);
  }

  /** A greeting lasts seconds, a busy machine may need more: it is given again until it was seen. */
  keepGreeting(greetings: () => readonly Greeting[]): void {
    const tell = () => {
      for (const greeting of greetings()) this.engine.emit('greeting', greeting);
    };
    tell();
    this.#greeting = setInterval(tell, 300);
  }

  hint(hint: FaceHint | null, otherWays: boolean): void {
    this.engine.emit('hint', { trackId: 1, hint, otherWays });
  }

  ask(locale: Locale, maskedName: string): void {
    const expiresAt = Temporal.Now.instant().add({ seconds: 10 }).toString();
    this.engine.emit('ask', { askId: randomUUID(), trackId: 1, maskedName, locale, expiresAt });
  }

  async enterPin(number: string, pin: string, send: WordKey): Promise<void> {
    await this.tap('way.pin');
    await this.typePin(number, pin, send);
  }

  async typePin(number: string, pin: string, send: WordKey): Promise<void> {
    await this.page.locator('.pad').waitFor();
    await this.page.keyboard.type(number);
    await this.tap('pin.next');
    await this.page.keyboard.type(pin);
    await this.tap(send);
  }

  /** Until the manager's pad opens. */
  async holdMark(): Promise<void> {
    await this.page.locator('button.site').hover();
    await this.page.mouse.down();
    await this.page.locator('[data-screen=manager-pin]').waitFor({ timeout: 10_000 });
    await this.page.mouse.up();
  }

  /** Keeps a picture of what is shown, once its fonts are there and its motion has settled. */
  async picture(name: string): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    const { width, height, language, theme, text } = this.#look;
    const look = [`${width}x${height}`, language.slice(0, 2), theme, text ?? ''].filter(Boolean);
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}-${look.join('-')}.png`) });
  }

  /** Texts and keys that stick out of the panel, are cut off, or are too small to hit. */
  flaws(): Promise<readonly string[]> {
    return this.page.evaluate(findFlaws, CHECKED);
  }
}

const CHECKED = 'h1,p,button,dt,dd,li,.name,.tm,.badge,.date,em,b';

/** Runs in the page, and therefore stands alone. */
function findFlaws(checked: string): string[] {
  const flaws: string[] = [];
  const report = (flaw: string, element: Element) => {
    const text = (element.textContent ?? '').slice(0, 30);
    flaws.push(`${flaw}: ${element.tagName.toLowerCase()} “${text}”`);
  };
  const slack = 9; // the picture may stand 4 px beside its place, and is 4 px larger
  for (const element of document.querySelectorAll(checked)) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest('.list') !== null) continue;
    if (box.left < -slack || box.right > innerWidth + slack) report('sticks out', element);
    if (box.bottom > innerHeight + slack || box.top < -slack) report('is below', element);
    const isCut = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 2;
    if (isCut && !element.matches('.site, .site *')) report('is cut', element);
    const isSmall = box.width < 62 || box.height < 62;
    if (element instanceof HTMLButtonElement && isSmall) report('is hard to hit', element);
  }
  if (document.documentElement.scrollWidth > innerWidth) flaws.push('scrolls sideways');
  return flaws;
}

/** A JPEG is a film of one picture, and a fake camera plays it over and over. */
async function filmOf(executablePath: string, people: readonly Silhouette[]): Promise<Buffer> {
  const painter = await chromium.launch({ executablePath, args: BROWSER_ARGS });
  const page = await painter.newPage({ viewport: CAMERA });
  await page.setContent(hallway(people));
  const film = await page.screenshot({ type: 'jpeg', quality: 92 });
  await painter.close();
  return film;
}

/**
 * The screens as they ship, built afresh into a folder of their own: a stale build would test
 * yesterday's, a shared one would change under somebody's feet.
 */
export async function buildScreens(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'lintel-renderer-'));
  await build({
    ...rendererOptions,
    root: join(ROOT, rendererOptions.root),
    configFile: false,
    logLevel: 'error',
    build: {
      ...rendererOptions.build,
      outDir,
      rollupOptions: { input: join(ROOT, 'renderer/index.html') },
    },
  });
  return outDir;
}
