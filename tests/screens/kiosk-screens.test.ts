/**
 * Goal: every screen of the kiosk, in both languages, all themes and all shapes of panel, says what
 * it must and fits. Method: the built screens in a real browser with a fake camera before a drawn
 * hallway, an engine that follows a script behind the real kiosk server; a picture of each is kept.
 */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { READY } from '#tests/fixtures/kiosk-state';
import {
  buildScreens,
  type KioskPlay,
  KioskStage,
  type Look,
  NO_BROWSER,
} from '#tests/screens/kiosk-stage';
import { CROWD, DOOR_STATES, type ScreenState, SOLO } from '#tests/screens/screen-states';
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

/** For variants of a screen that every look has seen already. */
const FEW_LOOKS = LOOKS.filter((_, index) => index % 3 === 0);
/** Five seconds on the mark, and a dozen screens on a busy machine. */
const WALK_MS = 120_000;

const browser = findBrowser();

describe('screens', () => {
  let rendererDir = '';
  const stages: Partial<Record<ScreenState['camera'], KioskStage>> = {};

  beforeAll(async () => {
    if (browser === undefined) return;
    const { executablePath } = browser;
    rendererDir = await buildScreens();
    stages.solo = await KioskStage.open({ executablePath, rendererDir, people: [SOLO] });
    stages.crowd = await KioskStage.open({ executablePath, rendererDir, people: CROWD });
    stages.none = await KioskStage.open({ executablePath, rendererDir, people: undefined });
  });

  beforeEach((context) => {
    if (browser === undefined) context.skip(NO_BROWSER);
  });

  afterAll(async () => {
    if (browser === undefined) return;
    for (const stage of Object.values(stages)) await stage.close();
    await rm(rendererDir, { recursive: true, force: true });
  });

  async function withPlay(
    look: Look,
    screen: Pick<ScreenState, 'camera' | 'state'>,
    act: (play: KioskPlay) => Promise<readonly Seen[]>,
  ): Promise<readonly Seen[]> {
    const stage = stages[screen.camera];
    if (stage === undefined) throw new Error('the stage was not opened');
    const play = await stage.play(look, { ...READY, ...screen.state });
    try {
      await vi.waitUntil(() => play.engine.heard('camera.report').length > 0, STEP_MS);
      return await act(play);
    } finally {
      await play.end();
    }
  }

  describe.each(DOOR_STATES)('$name', (screen) => {
    const looks = screen.variant ? FEW_LOOKS : LOOKS;
    test.each(looks)('$width×$height $language $theme', async (look) => {
      const seen = await withPlay(look, screen, async (play) => {
        await screen.act?.(play);
        return [await seeing(play, screen)];
      });
      expect(seen).toEqual([FINE]);
    });
  });

  describe('the manager walks through the wizard', () => {
    test.each(LOOKS)(
      '$width×$height $language $theme',
      async (look) => {
        const seen = await withPlay(look, { camera: 'solo' }, walk);
        expect(seen).toEqual(WIZARD_STATES.map(() => FINE));
      },
      WALK_MS,
    );
  });
});

async function walk(play: KioskPlay): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  await openWizard(play);
  for (const screen of WIZARD_STATES) {
    await screen.act?.(play);
    seen.push(await seeing(play, screen));
    for (const key of [screen.leave ?? []].flat()) await play.tap(key);
  }
  return seen;
}

interface Seen {
  readonly flaws: readonly string[];
  readonly complaints: readonly string[];
}

const FINE: Seen = { flaws: [], complaints: [] };
const STEP_MS = 15_000;

/** Waits for everything the screen must say and be, keeps its picture, and looks for flaws. */
async function seeing(play: KioskPlay, screen: ScreenState): Promise<Seen> {
  for (const [key, values] of screen.says)
    await play.page.getByText(play.say(key, values), { exact: true }).first().waitFor();
  for (const text of screen.reads ?? []) await play.page.getByText(text).first().waitFor();
  if (screen.role !== undefined) await play.page.getByRole(screen.role).first().waitFor();
  await play.picture(screen.name);
  const flaws = await play.flaws();
  return { flaws: flaws.map((flaw) => `${screen.name}: ${flaw}`), complaints: play.complaints };
}
