/**
 * Goal: every screen of the kiosk, in both languages, all themes and all shapes of panel, says what
 * it must and fits. Method: the built screens in a real browser with a fake camera before a drawn
 * hallway, an engine that follows a script behind the real kiosk server; a picture of each is kept.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildScreens, type KioskPlay, KioskStage, type Look } from '#tests/screens/kiosk-stage';
import { CROWD, DOOR_STATES, READY, type ScreenState, SOLO } from '#tests/screens/screen-states';
import { openWizard, WIZARD_STATES } from '#tests/screens/wizard-states';
import { findBrowser } from '#tools/browser/find-browser';

const LOOKS: readonly Look[] = [
  { width: 1280, height: 800, language: 'zh-CN', theme: 'day' },
  { width: 1280, height: 800, language: 'en', theme: 'night' },
  { width: 1024, height: 600, language: 'en', theme: 'hc' },
  { width: 1024, height: 600, language: 'zh-CN', theme: 'day', text: 'large' },
  { width: 800, height: 1280, language: 'zh-CN', theme: 'night' },
  { width: 800, height: 1280, language: 'en', theme: 'day' },
];

const browser = findBrowser();

describe.skipIf(browser === undefined)('kiosk screens (skipped: no browser found)', () => {
  const stages: Partial<Record<ScreenState['camera'], KioskStage>> = {};

  beforeAll(async () => {
    const executablePath = browser?.executablePath ?? '';
    await buildScreens();
    stages.solo = await KioskStage.open({ executablePath, people: [SOLO] });
    stages.crowd = await KioskStage.open({ executablePath, people: CROWD });
    stages.none = await KioskStage.open({ executablePath, people: undefined });
  });

  afterAll(async () => {
    for (const stage of Object.values(stages)) await stage.close();
  });

  async function withPlay(
    look: Look,
    screen: Pick<ScreenState, 'camera' | 'state'>,
    act: (play: KioskPlay) => Promise<void>,
  ): Promise<void> {
    const stage = stages[screen.camera];
    if (stage === undefined) throw new Error('the stage was not opened');
    const play = await stage.play(look, { ...READY, ...screen.state });
    try {
      await expect.poll(() => play.engine.heard('camera.report').length).toBeGreaterThan(0);
      await act(play);
    } finally {
      await play.end();
    }
  }

  describe.each(DOOR_STATES)('$name', (screen) => {
    test.each(LOOKS)('$width×$height $language $theme', async (look) => {
      await withPlay(look, screen, async (play) => {
        await screen.act?.(play);
        await seeThat(play, screen);
      });
    });
  });

  describe('the manager walks through the wizard', () => {
    test.each(LOOKS)('$width×$height $language $theme', async (look) => {
      await withPlay(look, { camera: 'solo' }, async (play) => {
        await openWizard(play);
        for (const screen of WIZARD_STATES) {
          await screen.act?.(play);
          await seeThat(play, screen);
          for (const key of [screen.leave ?? []].flat()) await play.tap(key);
        }
      });
    });
  });
});

/** Says what it must, as what it must, fits, and complained of nothing. */
async function seeThat(play: KioskPlay, screen: ScreenState): Promise<void> {
  for (const [key, values] of screen.says)
    await play.page.getByText(play.say(key, values), { exact: true }).first().waitFor();
  for (const text of screen.reads ?? []) await play.page.getByText(text).first().waitFor();
  if (screen.role !== undefined)
    expect(await play.page.getByRole(screen.role).count()).toBeGreaterThan(0);
  await play.picture(screen.name);
  expect({ screen: screen.name, flaws: await play.flaws() }).toEqual({
    screen: screen.name,
    flaws: [],
  });
  expect(play.complaints).toEqual([]);
}
