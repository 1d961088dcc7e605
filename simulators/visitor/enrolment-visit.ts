import { setTimeout as pause } from 'node:timers/promises';
import type { FakeCamera } from '#simulators/camera/fake-camera';
import type { StaffMember } from '#simulators/door/cast';
import type { Instruction, KioskHands } from '#simulators/visitor/kiosk-hands';
import type { Subject } from '#simulators/visitor/subject';

/** How long somebody holds still before trying a little more or less. */
const HOLD_STILL_MS = 900;
/** Looking at the screen this often is enough to follow it. */
const GLANCE_MS = 120;
/** Seven tries of three poses, and the rest; then the wizard is not going to be content. */
const PATIENCE_MS = 45_000;

export interface EnrolmentVisit {
  readonly hands: KioskHands;
  readonly camera: FakeCamera;
  readonly subject: Subject;
  readonly member: StaffMember;
}

/** `done-though-alike`: the terminal warned of a look-alike, and the manager saw two people. */
export type EnrolmentOutcome = 'done' | 'done-though-alike' | 'failed' | 'gave-up';

/** From the list of people to "recognised": one person before the camera, the manager at the screen. */
export async function enrol({
  hands,
  camera,
  subject,
  member,
}: EnrolmentVisit): Promise<EnrolmentOutcome> {
  await subject.prepare();
  await subject.pose(camera, 'front', 0);
  await hands.choosePerson(member);
  await hands.press('consent.yes');
  const startedMs = performance.now();
  let outcome: EnrolmentOutcome = 'done';
  let last: Instruction = 'none';
  let attempt = 0;
  let since = startedMs;
  while (performance.now() - startedMs < PATIENCE_MS) {
    const told = await hands.instruction();
    if (told === 'done') return outcome;
    if (told === 'failed') return told;
    if (told === 'lookalike') {
      outcome = 'done-though-alike';
      await hands.press('enrol.dup.accept');
    }
    const isTired = performance.now() - since > HOLD_STILL_MS;
    if (told !== last || isTired) {
      attempt = told === last ? attempt + 1 : 0;
      last = told;
      await follow(told, attempt, { camera, subject });
      since = performance.now();
    }
    await pause(GLANCE_MS);
  }
  return 'gave-up';
}

async function follow(
  told: Instruction,
  attempt: number,
  { camera, subject }: Pick<EnrolmentVisit, 'camera' | 'subject'>,
): Promise<void> {
  if (told === 'front' || told === 'left' || told === 'right')
    await subject.pose(camera, told, attempt);
  if (told === 'test') await subject.pose(camera, 'front', attempt);
}
