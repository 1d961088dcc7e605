import type { IpcHandlers } from '#contracts/ipc/ipc-contract';
import { KIOSK_PIPE_VERSION, type KioskIpc, type KioskState } from '#contracts/ipc/kiosk-ipc';
import type { StateBody } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import { isDiskFull } from '#platform/sqlite/database';
import type { EnrolmentDesk } from '#terminal/enrolment/enrolment-desk';
import { LOCK_AFTER_SECONDS, type ManagerSession } from '#terminal/enrolment/manager-session';
import type { FacePunches } from '#terminal/punch/face-punches';
import type { PinDesk } from '#terminal/punch/pin-desk';
import type { PunchRecorder } from '#terminal/punch/punch-recorder';
import type { Screen } from '#terminal/punch/screen';

export interface KioskParts {
  readonly state: () => KioskState;
  readonly screen: Screen;
  readonly session: ManagerSession;
  readonly enrolments: EnrolmentDesk;
  readonly recorder: PunchRecorder;
  readonly pins: PinDesk;
  /** Absent while the face engine is not ready: PIN and sync work without it. */
  readonly faces: () => FacePunches | undefined;
  readonly onCamera: (status: StateBody['camera']) => void;
  readonly onDiskFull: () => void;
}

/** What the screen may ask, and who answers it. */
export function kioskHandlers(parts: KioskParts): IpcHandlers<KioskIpc> {
  const { enrolments, session } = parts;
  return {
    hello: async ({ version }) =>
      version === KIOSK_PIPE_VERSION ? ok(parts.state()) : failed('version-mismatch'),
    'camera.report': async ({ status }) => {
      parts.onCamera(status);
      return ok({});
    },
    ...punchHandlers(parts),
    'manager.unlock': async (credentials) =>
      await orDiskFull(parts, async () => {
        const unlocked = await session.unlock(credentials);
        if (!unlocked.ok) return unlocked;
        const { greetingName: name, locale } = unlocked.value;
        return ok({ name, locale, lockAfterSeconds: LOCK_AFTER_SECONDS });
      }),
    'manager.lock': async () => {
      session.lock();
      return ok({});
    },
    'enrol.people': async (input) => enrolments.people(input),
    'enrol.decline': async (input) => enrolments.decline(input),
    'enrol.begin': async (input) => enrolments.begin(input),
    'enrol.retake': async () => enrolments.retake(),
    'enrol.accept-lookalike': async () => enrolments.acceptLookalike(),
    'enrol.pause': async (input) => enrolments.pause(input),
    'enrol.cancel': async () => {
      enrolments.cancel();
      session.touch();
      return ok({});
    },
  };
}

function punchHandlers(
  parts: KioskParts,
): Pick<IpcHandlers<KioskIpc>, 'punch.pin' | 'punch.void' | 'ask.answer'> {
  const { pins, recorder, screen, faces } = parts;
  return {
    'punch.pin': async (credentials) =>
      await orDiskFull(parts, async () => {
        const person = await pins.check(credentials);
        if (!person.ok) return person;
        const recorded = recorder.record(person.value, { method: 'pin' }, {});
        if (recorded.ok) screen.tell('greeting', recorded.value);
        return recorded;
      }),
    'punch.void': async ({ punchSeq }) => {
      const withdrawn = recorder.withdraw(punchSeq);
      if (!withdrawn.ok) return withdrawn;
      const { trackId, personId } = withdrawn.value;
      if (trackId !== undefined) faces()?.refuse(trackId, personId);
      return ok({});
    },
    'ask.answer': async ({ askId, answer }) => {
      const answered = faces()?.answer(askId, answer) ?? failed('expired' as const);
      return answered.ok ? ok({}) : answered;
    },
  };
}

/** A full disk is an answer to give, not an error to throw at whoever stands there. */
async function orDiskFull<T, F>(
  parts: Pick<KioskParts, 'onDiskFull'>,
  work: () => Promise<Result<T, F>>,
): Promise<Result<T, F | 'disk-full'>> {
  try {
    return await work();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    parts.onDiskFull();
    return failed('disk-full');
  }
}
