import type { FakeCamera } from '#simulators/camera/fake-camera';
import type { Photographs } from '#simulators/camera/photographs';
import { portrait } from '#simulators/camera/portrait';
import { type Loop, standing } from '#simulators/camera/scene';
import { type StaffMember, sitterOf } from '#simulators/door/cast';
import type { Instruction } from '#simulators/visitor/kiosk-hands';

type Pose = Extract<Instruction, 'front' | 'left' | 'right'>;

/**
 * How somebody tries who is asked to hold a pose: a little more, a little less, chin up, chin down,
 * until the terminal has its picture. Degrees away from looking straight.
 */
const TRIES: Readonly<Record<Pose, readonly (readonly [yaw: number, pitch: number])[]>> = {
  front: [
    [0, 0],
    [6, 0],
    [-6, 0],
    [0, 8],
    [0, -8],
    [10, 6],
    [-10, 6],
  ],
  left: [
    [12, 0],
    [16, 0],
    [9, 0],
    [20, 0],
    [14, 8],
    [24, 4],
    [6, 0],
  ],
  right: [
    [-12, 0],
    [-16, 0],
    [-9, 0],
    [-20, 0],
    [-14, 8],
    [-24, 4],
    [-6, 0],
  ],
};

/** Somebody before the camera who does as the screen asks. */
export class Subject {
  readonly #photographs: Photographs;
  readonly #who: StaffMember;
  readonly #loops = new Map<string, Loop>();

  constructor(photographs: Photographs, who: StaffMember) {
    this.#photographs = photographs;
    this.#who = who;
  }

  /** @param attempt how often this pose was tried before, from 0 */
  async pose(camera: FakeCamera, pose: Pose, attempt: number): Promise<void> {
    const tries = TRIES[pose];
    const [yaw, pitch] = tries[attempt % tries.length] ?? [0, 0];
    camera.show(await this.#loop(yaw, pitch));
  }

  async #loop(yaw: number, pitch: number): Promise<Loop> {
    const key = `${yaw}/${pitch}`;
    const { straight } = this.#who;
    const turn = { yaw: straight.yaw + yaw, pitch: straight.pitch + pitch };
    const view = portrait(this.#photographs, sitterOf(this.#who), turn);
    const loop = this.#loops.get(key) ?? (await standing(view));
    this.#loops.set(key, loop);
    return loop;
  }
}
