/*
 * Goal: who is enrolled at one door is known at the other, and no face leaves a terminal in the clear.
 * Method: real engines with the real networks; frames go through the pipe as a screen would send them.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system-clock';
import { defaultCacheFolder } from '#platform/config/data-folder';
import type { Picture } from '#platform/image/jpeg';
import { loadPhotographs, type Photographs } from '#simulators/camera/photographs';
import { drawView } from '#simulators/camera/view';
import { STAFF } from '#simulators/door/cast';
import { FrameFeed } from '#simulators/screen/frame-feed';
import type { KioskScreen } from '#simulators/screen/kiosk-screen';
import { SimulatedSite } from '#simulators/site/simulated-site';
import { Subject } from '#simulators/visitor/subject';
import { cardOf } from '#terminal/face/models/model-cards';
import { checkModels } from '#terminal/face/models/model-store';
import { testDatabaseUrl } from '#tests/hub/test-database';
import { SETTLE } from '#tests/integration/site-fixture';

const cache = defaultCacheFolder({ platform: process.platform, env: process.env, home: homedir() });
const modelDir = process.env['LINTEL_MODEL_DIR'] ?? join(cache, 'models');
const states = await checkModels(modelDir, cardOf('onnx'));
const hasModels = states.every(({ state }) => state === 'ok');
const MANAGER = { employeeNo: '9001', pin: '246810' };

function member(person: string) {
  const found = STAFF.find((one) => one.person === person);
  if (found === undefined) throw new Error(`${person} does not work here`);
  return found;
}

async function poses(photographs: Photographs, person: string) {
  const subject = new Subject(photographs, member(person));
  const of = (pose: 'front' | 'left' | 'right'): Picture[] => [
    drawView(subject.view(pose)),
    drawView(subject.view(pose, { yaw: 1, pitch: 0 })),
  ];
  return { front: of('front'), left: of('left'), right: of('right') };
}

async function enrolAt(
  screen: KioskScreen,
  feed: FrameFeed,
  personId: string,
  photographs: Photographs,
) {
  const pictures = await poses(photographs, 'p07');
  expect((await screen.call('manager.unlock', MANAGER)).ok).toBe(true);
  feed.show(pictures.front);
  const consent = { consentGiven: true, textVersion: 'test', language: 'en' } as const;
  expect((await screen.call('enrol.begin', { personId, ...consent })).ok).toBe(true);
  screen.on('enrol.progress', () => {
    const now = screen.heard('enrol.progress').at(-1);
    feed.show(pictures[now?.pose ?? 'front']);
  });
  await expect.poll(() => screen.heard('enrol.progress').at(-1)?.step, SETTLE).toBe('done');
  feed.show([]);
  await screen.call('manager.lock', {});
}

describe.skipIf(!hasModels)(
  'two doors of one site (needs the fr models: npx lintel models fetch)',
  () => {
    test('somebody enrolled at one is greeted at the other, a stranger at neither', async () => {
      const photographs = await loadPhotographs(cache);
      if (!photographs.ok) throw new Error(photographs.failure);
      const site = new SimulatedSite({ modelDir, databaseUrlOf: testDatabaseUrl });
      try {
        await site.start();
        const { pin } = MANAGER;
        const boss = { name: 'Boss', greetingName: 'Boss', locale: 'en', manager: true } as const;
        await site.administrator.addPerson({ employeeNo: MANAGER.employeeNo, ...boss, pin });
        const mila = {
          name: 'Mila Novak',
          greetingName: 'Mila',
          locale: 'en',
          manager: false,
        } as const;
        const { personId } = await site.administrator.addPerson({ employeeNo: '9002', ...mila });

        const [front, back] = [site.terminal('front'), site.terminal('back')];
        const screens = [await front.engine.open(), await back.engine.open()] as const;
        const feeds = screens.map((screen) => new FrameFeed(screen, systemClock()));
        for (const feed of feeds) await feed.start();
        for (const screen of screens) {
          await expect.poll(() => screen.state?.engine, SETTLE).toBe('ready');
          await expect.poll(() => screen.state?.people, SETTLE).toBe(2);
        }
        const [frontFeed, backFeed] = feeds;
        if (frontFeed === undefined || backFeed === undefined) throw new Error('two feeds');
        await enrolAt(screens[0], frontFeed, personId, photographs.value);

        await expect.poll(() => screens[1].state?.templates, SETTLE).toBe(3);
        const stranger = await poses(photographs.value, 'p18');
        backFeed.show(stranger.front);
        await expect
          .poll(() => screens[1].heard('faces').at(-1)?.faces[0]?.state, SETTLE)
          .toBe('unknown');
        expect(screens[1].heard('greeting')).toEqual([]);

        const known = await poses(photographs.value, 'p07');
        backFeed.show(known.front);
        await expect.poll(() => screens[1].heard('greeting').at(0)?.name, SETTLE).toBe('Mila');
        backFeed.show([]);
        const atHub = async () =>
          (await site.administrator.punches()).map(({ method, personId: of }) => ({ method, of }));
        await expect.poll(atHub, SETTLE).toEqual([{ method: 'face', of: personId }]);

        for (const dir of [front.dataDir, back.dataDir]) {
          for (const file of ['terminal.db', 'terminal.db-wal']) {
            const bytes = readFileSync(join(dir, file));
            expect(bytes.includes('Mila Novak')).toBe(false);
          }
        }
        for (const feed of feeds) feed.stop();
      } finally {
        await site.stop();
      }
    }, 120_000);
  },
);
