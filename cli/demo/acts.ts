import { setTimeout as pause } from 'node:timers/promises';
import { MANAGER, type Stage } from '#cli/demo/stage';
import type { KioskState } from '#contracts/ipc/kiosk-ipc';
import type { Photographs } from '#simulators/camera/photographs';
import { nobody, standing } from '#simulators/camera/scene';
import { STAFF, type StaffMember } from '#simulators/door/cast';
import { type Group, groupsOf, type Round } from '#simulators/door/group-walk';
import { type EnrolmentOutcome, enrol } from '#simulators/visitor/enrolment-visit';
import type { KioskHands } from '#simulators/visitor/kiosk-hands';
import { Subject } from '#simulators/visitor/subject';

type Tell = (line: string) => void;

/** Weights are read, networks warmed up, people sent down; on a slow machine with a cold disk. */
const READY_MS = 90_000;
/** Long enough for every trace of the last face to be forgotten; see the terminal's face watcher. */
const DOOR_EMPTY_MS = 2_200;
/** A stranger must stand there long enough to be found unknown, not merely overlooked. */
const GROUP_STAYS_MS = { least: 4_000, most: 7_500 } as const;
/** Everything greeted is at the hub within this, or it is not going to be. */
const ARRIVAL_MS = 20_000;
const GLANCE_MS = 150;
const TRIES_MAX = 2;

/** Twice past the same door: nearer and brighter the second time, within the cool-down. */
const ROUNDS: readonly Round[] = [
  { span: 1800, exposure: 0.95 },
  { span: 1560, exposure: 1.1 },
];

export interface Play {
  readonly stage: Stage;
  readonly photographs: Photographs;
  readonly hands: KioskHands;
  readonly tell: Tell;
}

function isReady(state: KioskState | undefined): boolean {
  return state?.engine === 'ready' && state.joined && state.people === STAFF.length + 1;
}

/** @throws Error in the engine's own words when it cannot recognise faces */
export async function untilReady({ stage, tell }: Pick<Play, 'stage' | 'tell'>): Promise<void> {
  await until(() => {
    const state = stage.observer.state;
    if (state?.engine === 'failed') throw new Error(state.engineProblem?.en ?? 'the engine failed');
    return isReady(state);
  }, READY_MS);
  tell('The terminal has joined the hub, knows its people and is ready to recognise faces.');
}

/** @returns those who were enrolled, by the wizard's own word */
export async function enrolEverybody(play: Play): Promise<readonly StaffMember[]> {
  const { hands, stage, tell } = play;
  await hands.openManagerSide(MANAGER);
  const enrolled: StaffMember[] = [];
  for (const [index, member] of STAFF.entries()) {
    const outcome = await enrolOne(play, member);
    tell(`Enrolment ${index + 1} of ${STAFF.length}: ${member.name}: ${outcome}.`);
    if (isEnrolled(outcome)) enrolled.push(member);
    if (index < STAFF.length - 1) await hands.backToPeople();
  }
  stage.camera.show(await nobody());
  await pause(DOOR_EMPTY_MS);
  await hands.leaveManagerSide();
  return enrolled;
}

async function enrolOne(play: Play, member: StaffMember): Promise<EnrolmentOutcome> {
  const { hands, stage, photographs } = play;
  const subject = new Subject(photographs, member);
  for (let tries = 1; ; tries += 1) {
    const outcome = await enrol({ hands, camera: stage.camera, subject, member });
    if (isEnrolled(outcome) || tries === TRIES_MAX) return outcome;
    await hands.backToPeople();
  }
}

function isEnrolled(outcome: EnrolmentOutcome): boolean {
  return outcome === 'done' || outcome === 'done-though-alike';
}

/** Groups come to the door, stay, and go. @returns everybody who was in view */
export async function walkPast(play: Play): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  for (const [index, round] of ROUNDS.entries()) {
    for (const group of groupsOf(play.photographs, round)) {
      const before = play.stage.observer.witnessed.length;
      await visit(play, group);
      for (const person of group.people) shown.add(person);
      const greetings = play.stage.observer.witnessed.slice(before);
      const names = greetings.map(({ greeting }) => `${greeting.name} (${greeting.kind})`);
      const who = names.length === 0 ? 'nobody greeted' : names.join(', ');
      play.tell(
        `Round ${index + 1}, group ${group.photograph}: ${group.people.length} faces; ${who}.`,
      );
    }
  }
  return shown;
}

async function visit({ stage }: Play, group: Group): Promise<void> {
  const { camera, observer } = stage;
  const staff = STAFF.filter((member) => group.people.includes(member.person));
  const before = observer.witnessed.length;
  const loop = await standing(group.view);
  observer.watch(group);
  camera.show(loop);
  await pause(GROUP_STAYS_MS.least);
  const isDone = () => {
    const greeted = observer.witnessed.slice(before).map(({ greeting }) => greeting.name);
    return staff.every((member) => greeted.includes(member.greetingName));
  };
  await until(isDone, GROUP_STAYS_MS.most - GROUP_STAYS_MS.least).catch(() => undefined);
  camera.show(await nobody());
  observer.watch(undefined);
  await pause(DOOR_EMPTY_MS);
}

/** Waits until the terminal says that nothing is waiting. @returns ids of the face punches at the hub */
export async function punchesAtHub({ stage }: Play): Promise<readonly { readonly id: string }[]> {
  await until(() => stage.observer.state?.waiting === 0, ARRIVAL_MS).catch(() => undefined);
  const punches = await stage.site.administrator.punches();
  return punches.filter((punch) => punch.method === 'face');
}

/** @throws Error when it takes longer */
async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const startedMs = performance.now();
  while (!isSo()) {
    if (performance.now() - startedMs > withinMs) throw new Error('it took too long');
    await pause(GLANCE_MS);
  }
}
