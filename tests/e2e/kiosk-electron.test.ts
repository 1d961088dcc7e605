/*
 * Goal: the kiosk in Electron passes the same walk-through as in Chromium.
 * Method: the built app in a real Electron, whatever its age, driven over its DevTools; the same
 * simulated camera device, a real engine, a real hub.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { addCast } from '#cli/demo/stage';
import { defaultCacheFolder } from '#platform/config/data-folder';
import { FakeCamera, fakeCameraArguments } from '#simulators/camera/fake-camera';
import { loadPhotographs } from '#simulators/camera/photographs';
import { nobody } from '#simulators/camera/scene';
import { SimulatedSite } from '#simulators/site/simulated-site';
import { KioskHands } from '#simulators/visitor/kiosk-hands';
import { cardOf } from '#terminal/face/models/model-cards';
import { checkModels } from '#terminal/face/models/model-store';
import { devtoolsKiosk } from '#tests/e2e/devtools-kiosk';
import { claimsOfKiosk, STEP_MS } from '#tests/e2e/kiosk-claims';
import type { WalkThrough } from '#tests/e2e/walk-through';
import { build, ElectronApp, needsBuild, probeElectron } from '#tests/electron/electron-app';
import { VirtualDisplay } from '#tests/electron/virtual-display';

const cache = defaultCacheFolder({ platform: process.platform, env: process.env, home: homedir() });
const modelDir = process.env['LINTEL_MODEL_DIR'] ?? join(cache, 'models');
const states = await checkModels(modelDir, cardOf('onnx'));
const electron = probeElectron();

function missing(): string | undefined {
  if (states.some(({ state }) => state !== 'ok')) return 'no models: npx lintel models fetch';
  return electron.ok ? undefined : electron.failure;
}
const reason = missing();
if (reason !== undefined && process.env['LINTEL_REQUIRE_ELECTRON'] === '1') throw new Error(reason);

describe.skipIf(reason !== undefined)(
  `the kiosk in Electron${reason ? ` (${reason})` : ''}`,
  () => {
    const display = new VirtualDisplay();
    let site: SimulatedSite;
    let camera: FakeCamera;
    let app: ElectronApp;
    let walk: WalkThrough;

    beforeAll(async () => {
      if (needsBuild()) build();
      const photographs = await loadPhotographs(cache);
      if (!photographs.ok) throw new Error(photographs.failure);
      site = new SimulatedSite();
      await site.start();
      await addCast(site.administrator);
      camera = new FakeCamera(join(site.folder, 'camera.mjpeg'));
      camera.start(await nobody());
      const config = {
        dataDir: join(site.folder, 'electron'),
        hubUrl: site.hub.brokerUrl,
        joinCode: site.hub.joinCode,
        name: '正门',
        modelDir,
        logLevel: 'error',
      };
      app = new ElectronApp({
        binary: electron.ok ? electron.value : '',
        display: (await display.start()) ?? '',
        args: fakeCameraArguments(camera.file),
        env: { LINTEL_TERMINAL_CONFIG: JSON.stringify(config) },
      });
      await app.start();
      const page = await app.page('app://kiosk/index.html');
      const hands = new KioskHands(devtoolsKiosk(page), 'zh-CN');
      walk = { shell: 'electron', site, camera, photographs: photographs.value, hands };
    }, STEP_MS);
    afterAll(async () => {
      await app.stop();
      camera.stop();
      await site.stop();
      display.stop();
    }, STEP_MS);

    claimsOfKiosk(() => walk);
  },
);
