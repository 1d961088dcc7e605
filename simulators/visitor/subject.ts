import type { FakeCamera } from '#simulators/camera/fake-camera';
import type { Photographs } from '#simulators/camera/photographs';
import { portrait } from '#simulators/camera/portrait';
import { type Loop, standing } from '#simulators/camera/scene';
import type { View } from '#simulators/camera/view';
import { type StaffMember, sitterOf, type Turn } from '#simulators/door/cast';
import type { Instruction } from '#simulators/visitor/kiosk-hands';

export type Pose = Extract<Instruction, 'front' | 'left' | 'right'>;
const POSES: readonly Pose[] = ['front', 'left', 'right'];

/** How somebody tries who is asked to hold a pose: a little more, a little less, chin up, chin down. */
const TRIES: readonly Turn[] = [
  { yaw: 0, pitch: 0 },
  { yaw: 4, pitch: 0 },
  { yaw: -4, pitch: 0 },
  { yaw: 0, pitch: 5 },
  { yaw: 0, pitch: -5 },
  { yaw: 7, pitch: 3 },
  { yaw: -7, pitch: 3 },
];

/** Somebody before the camera who does as the screen asks. */
export class Subject {
  readonly #photographs: Photographs;
  readonly #who: StaffMember;
  readonly #loops = new Map<string, Loop>();

  constructor(photographs: Photographs, who: StaffMember) {
    this.#photographs = photographs;
    this.#who = who;
  }

  /** Draws the first try of every pose: a person turns at once, a slow machine must not look slow to. */
  async prepare(): Promise<void> {
    for (const pose of POSES) await this.#loop(pose, TRIES[0] ?? { yaw: 0, pitch: 0 });
  }

  /** @param attempt how often this pose was tried before, from 0 */
  async pose(camera: FakeCamera, pose: Pose, attempt: number): Promise<void> {
    const more = TRIES[attempt % TRIES.length] ?? { yaw: 0, pitch: 0 };
    camera.show(await this.#loop(pose, more));
  }

  async #loop(pose: Pose, more: Turn): Promise<Loop> {
    const key = `${pose} ${more.yaw}/${more.pitch}`;
    const loop = this.#loops.get(key) ?? (await standing(this.view(pose, more)));
    this.#loops.set(key, loop);
    return loop;
  }

  /** What the camera sees of this person in a pose. */
  view(pose: Pose, more: Turn = { yaw: 0, pitch: 0 }): View {
    const { straight, aside, light } = this.#who;
    const turn = pose === 'front' ? straight : aside;
    const angles = { yaw: turn.yaw + more.yaw, pitch: turn.pitch + more.pitch };
    const isOtherSide = pose !== 'front' && pose !== aside.to;
    return {
      ...portrait(this.#photographs, sitterOf(this.#who), angles),
      side: isOtherSide ? 'mirrored' : 'as-photographed',
      exposure: light,
    };
  }
}
