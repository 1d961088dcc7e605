import { join } from 'node:path';
import type { Administrator } from '#simulators/administrator/administrator';
import { FakeCamera } from '#simulators/camera/fake-camera';
import { nobody } from '#simulators/camera/scene';
import { STAFF } from '#simulators/door/cast';
import { DoorObserver } from '#simulators/door/observer';
import { SimulatedSite } from '#simulators/site/simulated-site';
import { KioskWindow } from '#simulators/visitor/kiosk-window';

export const MANAGER = { employeeNo: '1000', name: '周岚', pin: '246810' } as const;

export interface StageOptions {
  readonly browserPath: string;
  readonly rendererDir: string;
  readonly consoleDir: string;
  readonly modelDir: string;
  readonly threads: number;
  readonly look: 'headless' | 'shown';
}

/** A hub, one terminal, its kiosk page in a browser, and the camera over the door. */
export class Stage {
  readonly site: SimulatedSite;
  readonly camera: FakeCamera;
  readonly observer = new DoorObserver();
  readonly #options: StageOptions;
  #window: KioskWindow | undefined;

  constructor(options: StageOptions) {
    const { rendererDir, consoleDir, modelDir } = options;
    this.#options = options;
    this.site = new SimulatedSite({ rendererDir, consoleDir, modelDir, logLevel: 'error' });
    this.camera = new FakeCamera(join(this.site.folder, 'camera.mjpeg'));
  }

  /** Hub first, then people, then the terminal: as on the first morning of a new site. */
  async start(): Promise<KioskWindow> {
    await this.site.start();
    await addCast(this.site.administrator);
    const { engine } = this.site.terminal('正门', { threads: this.#options.threads });
    const { url } = await engine.start();
    this.camera.start(await nobody());
    this.#window = await KioskWindow.open({
      executablePath: this.#options.browserPath,
      cameraFile: this.camera.file,
      look: this.#options.look,
      url,
      onTold: (text) => this.observer.receive(text),
    });
    return this.#window;
  }

  async stop(): Promise<void> {
    await this.#window?.close();
    this.camera.stop();
    await this.site.stop();
  }
}

/** The manager and everybody who works here. */
export async function addCast(administrator: Administrator): Promise<void> {
  const manager = {
    ...MANAGER,
    greetingName: MANAGER.name,
    locale: 'zh-CN',
    manager: true,
  } as const;
  await administrator.addPerson(manager);
  for (const { employeeNo, name, greetingName, locale } of STAFF) {
    await administrator.addPerson({ employeeNo, name, greetingName, locale, manager: false });
  }
}
