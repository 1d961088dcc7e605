import type { WifiSeen } from '#contracts/wire/v1/up-log';
import { EnrolmentDesk } from '#terminal/enrolment/enrolment-desk';
import { ManagerSession } from '#terminal/enrolment/manager-session';
import type { FaceRoom } from '#terminal/face-room';
import { AskDesk } from '#terminal/punch/ask-desk';
import { HintTeller } from '#terminal/punch/hint-teller';
import { PinDesk } from '#terminal/punch/pin-desk';
import { PunchRecorder } from '#terminal/punch/punch-recorder';
import type { Screen } from '#terminal/punch/screen';
import type { PinnedHub } from '#terminal/storage/key-file';
import type { Store } from '#terminal/storage/open-store';

interface DesksParts {
  readonly store: Store;
  readonly screen: Screen;
  readonly coolDownSeconds: number;
  readonly wifi: () => WifiSeen;
  readonly onDisk: (disk: 'written' | 'full') => void;
  readonly onLocked: (why: 'asked' | 'idle') => void;
  readonly pinnedHub: () => PinnedHub | undefined;
  readonly faces: () => FaceRoom | undefined;
}

/** Whatever somebody in front of the door can want of the terminal. */
export interface Desks {
  readonly recorder: PunchRecorder;
  readonly asks: AskDesk;
  readonly hints: HintTeller;
  readonly pins: PinDesk;
  readonly session: ManagerSession;
  readonly enrolments: EnrolmentDesk;
}

/** Part of the engine's wiring: everything that lives as long as the store does. */
export function openDesks(parts: DesksParts): Desks {
  const { store, screen, coolDownSeconds, wifi, onDisk, onLocked, pinnedHub, faces } = parts;
  const { clock, keys, log, logRepository, downLog, people, roster, attempts } = store;
  const repository = logRepository;
  const pins = new PinDesk({
    roster,
    attempts,
    deviceKey: keys.deviceKey,
    now: () => clock.now(),
    onLocked: (person) =>
      log.append('audit', { event: 'pin-locked', ...(person && { personId: person.personId }) }),
  });
  const session = new ManagerSession({ pins, roster, log, clock, onLocked });
  const { terminalId } = keys;
  const manager = { session, pinnedHub, faces, terminalId };
  return {
    recorder: new PunchRecorder({ log, repository, downLog, clock, wifi, coolDownSeconds, onDisk }),
    asks: new AskDesk(clock, screen),
    hints: new HintTeller(screen),
    pins,
    session,
    enrolments: new EnrolmentDesk({
      ...manager,
      log,
      logRepository,
      people,
      roster,
      clock,
      screen,
      onDisk,
    }),
  };
}
