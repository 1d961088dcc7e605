/**
 * Goal: a door with two cameras uses one and lets a manager choose the other; a camera that the system
 * keeps from the page is said, and PIN goes on. Method: Chromium's own fake devices.
 */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { READY } from '#tests/fixtures/kiosk-state';
import { buildScreens, KioskStage, type Look, NO_BROWSER } from '#tests/screens/kiosk-stage';
import { SOLO } from '#tests/screens/screen-states';
import { openWizard } from '#tests/screens/wizard-states';
import { findBrowser } from '#tools/browser/find-browser';

const LOOK: Look = { width: 1280, height: 800, language: 'zh-CN', theme: 'day' };
const PATIENCE = { timeout: 15_000, interval: 50 };
const browser = findBrowser();

describe('cameras of the kiosk', () => {
  let rendererDir: string;

  beforeAll(async () => {
    if (browser !== undefined) rendererDir = await buildScreens();
  });
  beforeEach((context) => {
    if (browser === undefined) context.skip(NO_BROWSER);
  });
  afterAll(async () => {
    if (browser !== undefined) await rm(rendererDir, { recursive: true, force: true });
  });

  async function stageWith(cameras: 'two' | 'denied'): Promise<KioskStage> {
    const executablePath = browser?.executablePath ?? '';
    return await KioskStage.open({ rendererDir, executablePath, people: [SOLO], cameras });
  }

  test('one of two is used, and a manager can choose the other', async () => {
    const stage = await stageWith('two');
    const play = await stage.play(LOOK, READY);
    const reports = () =>
      play.engine.heard('camera.report').map(({ input }) => JSON.stringify(input));
    await vi.waitUntil(() => reports().length > 0, PATIENCE);
    expect(reports()[0]).toMatch(/"status":"live".*"count":2/);

    await openWizard(play);
    await play.page.getByRole('button', { name: '屏幕设置' }).click();
    const choices = play.page.getByRole('group', { name: '摄像头' }).getByRole('button');
    expect(await choices.count()).toBe(2);
    await choices.and(play.page.locator('[aria-pressed=false]')).click();
    await vi.waitUntil(() => reports().at(-1) !== reports()[0], PATIENCE);
    await vi.waitUntil(() => reports().at(-1)?.includes('live') === true, PATIENCE);
    play.engine.emit('frame.wanted', {});
    await vi.waitUntil(() => play.engine.frames.length > 0, PATIENCE);
    await play.end();
    await stage.close();
  });

  test('one that the system keeps from the page is said, and PIN goes on', async () => {
    const stage = await stageWith('denied');
    const play = await stage.play(LOOK, READY);
    await play.page.getByText('摄像头没有得到允许').waitFor();
    await vi.waitUntil(() => play.engine.heard('camera.report').length > 0, PATIENCE);
    expect(play.engine.heard('camera.report').at(-1)?.input).toMatchObject({ status: 'denied' });
    await play.page.getByRole('button', { name: '员工号 + PIN' }).click();
    await play.page.getByText('输入员工号和 PIN').waitFor();
    await play.end();
    await stage.close();
  });
});
