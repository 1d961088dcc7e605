import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { MANAGER } from '#cli/demo/stage';
import type { FakeCamera } from '#simulators/camera/fake-camera';
import type { Photographs } from '#simulators/camera/photographs';
import { nobody, standing } from '#simulators/camera/scene';
import { STAFF, type StaffMember } from '#simulators/door/cast';
import { groupsOf } from '#simulators/door/group-walk';
import type { SimulatedSite } from '#simulators/site/simulated-site';
import { type EnrolmentOutcome, enrol } from '#simulators/visitor/enrolment-visit';
import type { KioskHands } from '#simulators/visitor/kiosk-hands';
import { Subject } from '#simulators/visitor/subject';

const PICTURES = resolve(import.meta.dirname, '../../test-results/e2e');
/** A step of the kiosk on a machine that is busy with everything else as well. */
const STEP = { timeout: 30_000, interval: 150 } as const;
/** How many entries wait, on the badge that says that the hub is away. */
const WAITING = '.badge em';
const DOOR_EMPTY_MS = 2_500;
/** Strangers are called unknown after three seconds; until then one could still be greeted. */
const STRANGERS_LOOKED_AT_MS = 4_000;

/** What one shell of the kiosk brings to the same walk-through. */
export interface WalkThrough {
  /** Names the pictures: which shell this is. */
  readonly shell: string;
  readonly site: SimulatedSite;
  readonly camera: FakeCamera;
  readonly photographs: Photographs;
  readonly hands: KioskHands;
}

function member(person: string): StaffMember {
  const found = STAFF.find((one) => one.person === person);
  if (found === undefined) throw new Error(`${person} does not work here`);
  return found;
}

export async function keepPicture({ shell, hands }: WalkThrough, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${shell}-${name}.png`), await hands.page.picture());
}

async function kioskSays({ hands }: WalkThrough, text: string): Promise<void> {
  await expect.poll(() => hands.page.read('#kiosk'), STEP).toContain(text);
}

async function emptyDoor({ camera }: WalkThrough): Promise<void> {
  camera.show(await nobody());
  await pause(DOOR_EMPTY_MS);
}

async function namesAtHub({ site }: WalkThrough): Promise<readonly string[]> {
  const punches = await site.administrator.punches();
  return punches.map((punch) => punch.name ?? '').toSorted();
}

/**
 * The manager enrols people at the kiosk; every picture passes the terminal's own gates.
 *
 * @returns how each enrolment ended, by the wizard's own word
 */
export async function enrolAtKiosk(
  walk: WalkThrough,
  people: readonly string[],
): Promise<readonly EnrolmentOutcome[]> {
  const outcomes: EnrolmentOutcome[] = [];
  const { hands, camera, photographs } = walk;
  await kioskSays(walk, hands.says('way.pin'));
  await hands.openManagerSide(MANAGER);
  for (const [index, person] of people.entries()) {
    const who = member(person);
    const subject = new Subject(photographs, who);
    outcomes.push(await enrol({ hands, camera, subject, member: who }));
    await keepPicture(walk, `enrolled-${index + 1}`);
    if (index < people.length - 1) await hands.backToPeople();
  }
  await emptyDoor(walk);
  await hands.leaveManagerSide();
  return outcomes;
}

/** One person comes to the door and is greeted by name. @returns names of all punches at the hub then */
export async function greetOne(walk: WalkThrough, person: string): Promise<readonly string[]> {
  const who = member(person);
  const subject = new Subject(walk.photographs, who);
  walk.camera.show(await standing(subject.view('front')));
  await kioskSays(walk, who.greetingName);
  await keepPicture(walk, 'greeted');
  await expect.poll(() => namesAtHub(walk), STEP).toContain(who.name);
  await emptyDoor(walk);
  return await namesAtHub(walk);
}

/** A group stands at the door until `count` of them were punched. @returns who was, in any order */
export async function greetGroup(
  walk: WalkThrough,
  photograph: number,
  count: number,
): Promise<readonly string[]> {
  const before = (await namesAtHub(walk)).length;
  const groups = groupsOf(walk.photographs, { span: 1750, exposure: 1 });
  const group = groups.find((one) => one.photograph === photograph);
  if (group === undefined) throw new Error(`there is no photograph ${photograph}`);
  walk.camera.show(await standing(group.view));
  const punched = async () => (await namesAtHub(walk)).length - before;
  await expect.poll(punched, STEP).toBeGreaterThanOrEqual(count);
  await pause(STRANGERS_LOOKED_AT_MS);
  await keepPicture(walk, 'group');
  await emptyDoor(walk);
  return await namesAtHub(walk);
}

/**
 * The hub goes away: people punch as before, the kiosk says how many wait; then nothing waits.
 *
 * @returns how many punches came to the hub through it
 */
export async function workOffline(walk: WalkThrough): Promise<number> {
  const { hands, site } = walk;
  const before = (await namesAtHub(walk)).length;
  await site.stopHub();
  await kioskSays(walk, hands.says('offline'));
  await hands.punchByPin(MANAGER);
  await kioskSays(walk, MANAGER.name);
  await expect.poll(() => hands.page.read(WAITING), STEP).toMatch(/^[1-9]/);
  await keepPicture(walk, 'offline');
  await site.startHub();
  await expect.poll(() => hands.page.read('#kiosk'), STEP).not.toContain(hands.says('offline'));
  await expect.poll(async () => (await namesAtHub(walk)).length, STEP).toBe(before + 1);
  await keepPicture(walk, 'online-again');
  return (await namesAtHub(walk)).length - before;
}

/**
 * The cable is pulled: the kiosk says so and offers the PIN; plugged in again, it goes on by itself.
 *
 * @returns what the kiosk said meanwhile
 */
export async function losesCamera(walk: WalkThrough): Promise<string> {
  const { hands, camera } = walk;
  camera.pullOut();
  const words = [hands.says('camera.lost'), hands.says('camera.none')];
  const isLost = async () => {
    const text = await hands.page.read('#kiosk');
    return words.some((each) => text.includes(each));
  };
  await expect.poll(isLost, STEP).toBe(true);
  await keepPicture(walk, 'camera-lost');
  const said = await hands.page.read('#kiosk');
  camera.show(await nobody());
  await expect.poll(isLost, STEP).toBe(false);
  return said;
}
