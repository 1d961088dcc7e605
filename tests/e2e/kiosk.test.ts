/*
 * Goal: the kiosk works from the camera to the hub, in both languages, through loss of hub and camera.
 * Method: the built page in real Chromium with a simulated camera device, a real engine, a real hub.
 * What is done at the kiosk is in walk-through.ts, so that another shell can be put to the same test.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { findBrowser } from '#browser/find-browser';
import { untilReady } from '#cli/demo/acts';
import { Stage } from '#cli/demo/stage';
import { OUT } from '#cli/start/node-process';
import { defaultCacheFolder } from '#platform/config/data-folder';
import { loadPhotographs } from '#simulators/camera/photographs';
import { browserPage } from '#simulators/visitor/browser-page';
import { KioskHands } from '#simulators/visitor/kiosk-hands';
import { cardOf } from '#terminal/face/models/model-cards';
import { checkModels } from '#terminal/face/models/model-store';
import { claimsOfKiosk, STEP_MS } from '#tests/e2e/kiosk-claims';
import type { WalkThrough } from '#tests/e2e/walk-through';

const cache = defaultCacheFolder({ platform: process.platform, env: process.env, home: homedir() });
const modelDir = process.env['LINTEL_MODEL_DIR'] ?? join(cache, 'models');
const states = await checkModels(modelDir, cardOf('onnx'));
const browser = findBrowser();

/** @returns why this cannot be run here */
function missing(): string | undefined {
  if (browser === undefined) return 'no browser on this machine';
  if (states.some(({ state }) => state !== 'ok')) return 'no models: npx lintel models fetch';
  if (!existsSync(join(OUT.renderer, 'index.html'))) return 'screens not built: npm run build';
  return undefined;
}
const reason = missing();

describe.skipIf(reason !== undefined)(
  `the kiosk in Chromium${reason ? ` (${reason})` : ''}`,
  () => {
    let stage: Stage;
    let walk: WalkThrough;

    beforeAll(async () => {
      const photographs = await loadPhotographs(cache);
      if (!photographs.ok) throw new Error(photographs.failure);
      stage = new Stage({
        browserPath: browser?.executablePath ?? '',
        rendererDir: OUT.renderer,
        consoleDir: OUT.console,
        modelDir,
        threads: 1,
        look: 'headless',
      });
      const { page } = await stage.start();
      const hands = new KioskHands(browserPage(page), 'zh-CN');
      const { site, camera } = stage;
      walk = { shell: 'chromium', site, camera, photographs: photographs.value, hands };
      await untilReady({ stage, tell: () => undefined });
    }, STEP_MS);
    afterAll(async () => await stage.stop(), STEP_MS);

    claimsOfKiosk(() => walk);
  },
);
