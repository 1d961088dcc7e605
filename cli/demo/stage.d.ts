import { FakeCamera } from '#simulators/camera/fake-camera';
import { DoorObserver } from '#simulators/door/observer';
import { SimulatedSite } from '#simulators/site/simulated-site';
import { KioskWindow } from '#simulators/visitor/kiosk-window';
export declare const MANAGER: {
  readonly employeeNo: '1000';
  readonly name: '周岚';
  readonly pin: '246810';
};
export interface StageOptions {
  readonly browserPath: string;
  readonly rendererDir: string;
  readonly consoleDir: string;
  readonly modelDir: string;
  readonly threads: number;
  readonly look: 'headless' | 'shown';
}
/** A hub, one terminal, its kiosk page in a browser, and the camera over the door. */
export declare class Stage {
  #private;
  readonly site: SimulatedSite;
  readonly camera: FakeCamera;
  readonly observer: DoorObserver;
  constructor(options: StageOptions);
  /** Hub first, then people, then the terminal: as on the first morning of a new site. */
  start(): Promise<KioskWindow>;
  stop(): Promise<void>;
}
