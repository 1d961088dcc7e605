/**
 * Goal: what the kiosk does, not how it looks: frames on demand only, calls as the contract has
 * them, a lost engine or camera survived. Method: as in kiosk-screens, without pictures.
 */
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ok } from '#domain/result';
import { CONSENT_TEXT_VERSION } from '#renderer/enrolment/consent-text';
import { READY } from '#tests/fixtures/kiosk-state';
import {
  buildScreens,
  type KioskPlay,
  KioskStage,
  type Look,
  NO_BROWSER,
} from '#tests/screens/kiosk-stage';
import { greetingOf, SOLO, soloFace } from '#tests/screens/screen-states';
import { begin, openWizard, PEOPLE, progressOf } from '#tests/screens/wizard-states';
import { findBrowser } from '#tools/browser/find-browser';

const LOOK: Look = { width: 1280, height: 800, language: 'zh-CN', theme: 'day' };
const PATIENCE = { timeout: 8_000, interval: 50 };
const browser = findBrowser();

describe('the kiosk', () => {
  let rendererDir: string;
  let stage: KioskStage;
  let play: KioskPlay;

  async function open(): Promise<KioskPlay> {
    play = await stage.play(LOOK, READY);
    await vi.waitUntil(() => play.engine.heard('camera.report').length > 0, PATIENCE);
    return play;
  }

  beforeAll(async () => {
    if (browser === undefined) return;
    rendererDir = await buildScreens();
    stage = await KioskStage.open({
      rendererDir,
      executablePath: browser.executablePath,
      people: [SOLO],
    });
  });
  beforeEach((context) => {
    if (browser === undefined) context.skip(NO_BROWSER);
  });
  afterEach(async () => {
    if (browser !== undefined) await play.end();
  });
  afterAll(async () => {
    if (browser === undefined) return;
    await stage.close();
    await rm(rendererDir, { recursive: true, force: true });
  });

  test('says hello, reports its camera, and keeps the token out of the address bar', async () => {
    const { engine, page } = await open();
    expect(engine.calls[0]).toEqual({ name: 'hello', input: { version: 1 } });
    expect(engine.heard('camera.report')[0]?.input).toMatchObject({ status: 'live', count: 1 });
    expect(page.url()).not.toContain('token');
  });

  test('sends one frame for one wish, and none unasked', async () => {
    const { engine, page } = await open();
    await page.waitForTimeout(300);
    expect(engine.frames).toEqual([]);
    engine.emit('frame.wanted', {});
    await vi.waitUntil(() => engine.frames.length === 1, PATIENCE);
    await page.waitForTimeout(300);
    expect(engine.frames).toEqual([{ frameId: 0, width: 960, height: 540 }]);
    engine.emit('frame.wanted', {});
    await vi.waitUntil(() => engine.frames.length === 2, PATIENCE);
    expect(engine.frames[1]?.frameId).toBe(1);
  });

  test('an engine that comes back finds the kiosk waiting, and frames flow again', async () => {
    const { engine, page } = await open();
    engine.drop();
    await vi.waitUntil(() => engine.heard('hello').length === 2, PATIENCE);
    await page.locator('[data-screen=idle]').waitFor();
    await vi.waitUntil(() => engine.heard('camera.report').length === 2, PATIENCE);
    engine.emit('frame.wanted', {});
    await vi.waitUntil(() => engine.frames.length === 1, PATIENCE);
    expect(engine.frames[0]?.frameId).toBe(0);
  });

  test('a reload finds its way back without a token in the address', async () => {
    const { engine, page } = await open();
    await page.reload();
    await vi.waitUntil(() => engine.heard('hello').length === 2, PATIENCE);
    await page.locator('[data-screen=idle]').waitFor();
    expect(page.url()).not.toContain('token');
  });

  test('a page without a token says where to open it', async () => {
    const { page } = await open();
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    const said = page.getByText(play.say('link.no-shell'), { exact: true });
    await said.waitFor();
    expect(await said.count()).toBe(1);
  });

  test('“Not me” voids the very punch that was greeted', async () => {
    const { engine, page } = await open();
    play.keepSeeing([soloFace('saved', '思远')]);
    engine.emit('greeting', greetingOf({ punchSeq: 77 }));
    await page.getByRole('button', { name: '不是我' }).click();
    await vi.waitUntil(() => engine.heard('punch.void').length === 1, PATIENCE);
    expect(engine.heard('punch.void')[0]?.input).toEqual({ punchSeq: 77 });
  });

  test('a question is answered once, with its own id', async () => {
    const { engine, page } = await open();
    play.ask('zh-CN', '张*敏');
    await page.getByRole('button', { name: '是我', exact: true }).click();
    await page.locator('[data-screen=idle]').waitFor();
    expect(engine.heard('ask.answer').map(({ input }) => input)).toMatchObject([{ answer: 'yes' }]);
  });

  test('a punch by PIN is greeted; the PIN is shown as dots only', async () => {
    const { engine, page } = await open();
    engine.answer({
      'punch.pin': async () => ({ ok: true, value: greetingOf({ trackId: undefined }) }),
    });
    await play.tap('way.pin');
    await page.keyboard.type('10327');
    await play.tap('pin.next');
    await page.keyboard.type('481516');
    expect(await page.locator('main').innerText()).not.toContain('4815');
    await play.tap('pin.send');
    await page.locator('[data-screen=plate]').waitFor();
    expect(engine.heard('punch.pin')[0]?.input).toEqual({ employeeNo: '10327', pin: '481516' });
  });

  test('the box stands where the mirrored face is', async () => {
    const { page } = await open();
    const box = { x: 0.1, y: 0.4, width: 0.1, height: 0.2 };
    play.keepSeeing([
      { trackId: 1, state: 'tracking', box },
      { ...soloFace('tracking'), trackId: 2 },
    ]);
    await page.locator('.face.search').nth(1).waitFor();
    const marks = await page.locator('.face.search').all();
    const places = await Promise.all(marks.map((mark) => mark.boundingBox()));
    const middles = places.map((place) => (place?.x ?? 0) + (place?.width ?? 0) / 2);
    expect(middles[0]).toBeCloseTo(1280 * 0.85, -1.2);
    expect(middles[1]).toBeCloseTo(640, -1.2);
  });

  test('a camera pulled out is reported and said; plugged in again, it resumes', async () => {
    const { engine, page } = await open();
    await page.evaluate(() => {
      const video = document.querySelector('video');
      const stream = video?.srcObject;
      if (!(stream instanceof MediaStream)) throw new Error('no picture to lose');
      // What the browser does when a cable is pulled; `stop()` alone raises no event.
      for (const track of stream.getTracks()) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
    const statuses = () => engine.heard('camera.report').map(({ input }) => input);
    const told = [{ status: 'live' }, { status: 'lost' }, { status: 'live' }];
    await vi.waitFor(() => expect(statuses()).toMatchObject(told), PATIENCE);
    engine.emit('frame.wanted', {});
    await vi.waitUntil(() => engine.frames.length === 1, PATIENCE);
  });

  test('a camera that opens before the engine has said hello is told to it once', async () => {
    const { engine, page } = await open();
    const hello = Promise.withResolvers<void>();
    engine.answer({ hello: () => hello.promise.then(() => ok(READY)) });
    await page.reload();
    await vi.waitUntil(() => engine.heard('hello').length === 2, PATIENCE);
    // The browser opens cameras in the order they were asked for: ours is the second.
    await page.evaluate(
      async () => void (await navigator.mediaDevices.getUserMedia({ video: true })),
    );
    hello.resolve();
    await vi.waitUntil(() => engine.heard('camera.report').length === 2, PATIENCE);
    await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
    await page.waitForTimeout(300);
    expect(engine.heard('camera.report').slice(1)).toMatchObject([{ input: { status: 'live' } }]);
  });

  test('the language is one tap away, and the site’s own returns by itself', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.getByText('Look here. That’s all.').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByRole('button', { name: '切换到中文' }).click();
    await page.getByText('看这里，自动打卡').waitFor();
  });

  test('the mark must be held: a tap opens nothing', async () => {
    const { page } = await open();
    await page.locator('button.site').click();
    await page.waitForTimeout(200);
    expect(await page.locator('[data-screen=idle]').count()).toBe(1);
  });

  test('the wizard begins with consent, in the language it was read in', async () => {
    const { engine } = await open();
    await openWizard(play);
    await begin(play);
    expect(engine.heard('enrol.begin')[0]?.input).toEqual({
      personId: PEOPLE[0]?.personId,
      consentGiven: true,
      textVersion: CONSENT_TEXT_VERSION,
      language: 'zh-CN',
    });
  });

  test('retake, let others in, resume, cancel: each reaches the engine', async () => {
    const { engine, page } = await open();
    await openWizard(play);
    await begin(play);
    engine.emit('enrol.progress', progressOf({ pose: 'left', taken: ['front'] }));
    await play.tap('enrol.retake');
    await play.tap('enrol.pause');
    await page.locator('[data-screen=idle]').waitFor();
    await play.tap('enrol.resume');
    await page.locator('[data-screen=enrolment]').waitFor();
    await play.tap('enrol.cancel');
    await page.getByText(play.say('enrol.person'), { exact: true }).waitFor();
    expect(engine.heard('enrol.pause').map(({ input }) => input)).toEqual([
      { paused: true },
      { paused: false },
    ]);
    const counts = [engine.heard('enrol.retake').length, engine.heard('enrol.cancel').length];
    expect(counts).toEqual([1, 1]);
  });

  test('the engine’s lock closes the wizard at once', async () => {
    const { engine, page } = await open();
    await openWizard(play);
    engine.emit('manager.locked', {});
    await page.locator('[data-screen=idle]').waitFor();
    expect(await page.getByText('李雨桐').count()).toBe(0);
  });

  test('settings stay with the screen', async () => {
    const { page } = await open();
    await openWizard(play);
    await play.tap('enrol.settings');
    await page.getByRole('button', { name: play.say('settings.sound.off'), exact: true }).click();
    const stored = await page.evaluate(() => localStorage.getItem('lintel.screen-settings'));
    expect(JSON.parse(stored ?? '{}')).toMatchObject({ sound: 'off', theme: 'day' });
  });
});
