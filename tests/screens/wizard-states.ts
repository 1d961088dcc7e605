import type { EventBody } from '#contracts/ipc/ipc-contract';
import type { KioskIpc } from '#contracts/ipc/kiosk-ipc';
import type { WordKey } from '#renderer/words/zh-cn';
import type { KioskPlay } from '#tests/screens/kiosk-stage';
import { type ScreenState, SOLO } from '#tests/screens/screen-states';
import { boxOf } from '#tests/screens/silhouettes';

type Progress = EventBody<KioskIpc, 'enrol.progress'>;

const ENROLMENT_ID = '6f2b4f0e-59c9-4c0f-9d11-3d2f5b8f6a01';
const NAMES = ['李雨桐', '张思远', '赵建国', 'Maria Fernández', '欧阳娜娜', '王小明', 'Tom O’Neil'];

export const PEOPLE = NAMES.map((name, index) => ({
  personId: `0b9c2a54-3c1d-4e5f-8a6b-00000000000${String(index)}`,
  employeeNo: String(10_327 + index * 7),
  name,
  templates: index % 3 === 1 ? 3 : 0,
}));

function meter(value: number, mark = 0.7) {
  return { value, mark, pass: value >= mark };
}

export function progressOf(change: Partial<Progress>): Progress {
  return { enrolmentId: ENROLMENT_ID, step: 'capture', taken: [], ...change };
}

const METERS: NonNullable<Progress['meters']> = {
  sharpness: meter(0.92),
  size: meter(0.81),
  light: meter(0.48),
  angle: meter(0.74),
  yawDegrees: 11.3,
};

/** A manager signed in, and everybody the site has. */
export async function openWizard(play: KioskPlay): Promise<void> {
  play.engine.answer({
    'manager.unlock': async () => ({
      ok: true,
      value: { name: '王经理', locale: 'zh-CN', lockAfterSeconds: 60 },
    }),
    'enrol.people': async ({ query }) => {
      const people = PEOPLE.filter(({ name, employeeNo }) =>
        `${name} ${employeeNo}`.includes(query),
      );
      return { ok: true, value: { people, total: query === '' ? 128 : people.length } };
    },
    'enrol.begin': async () => ({
      ok: true,
      value: { enrolmentId: ENROLMENT_ID, poses: ['front', 'left', 'right'] },
    }),
  });
  await play.holdMark();
  await play.picture('manager-pin');
  await play.typePin('90001', '246810', 'manager.send');
  await play.page.getByText('李雨桐').waitFor();
}

async function choose(play: KioskPlay): Promise<void> {
  await play.page.getByText('李雨桐').click();
}

export async function begin(play: KioskPlay): Promise<void> {
  await choose(play);
  await play.tap('consent.yes');
  // The little pictures come from the running video.
  await play.page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
}

function reaches(...changes: readonly Partial<Progress>[]): (play: KioskPlay) => Promise<void> {
  return async (play) => {
    await begin(play);
    for (const change of changes) {
      play.engine.emit('enrol.progress', progressOf(change));
      await play.page.waitForTimeout(60);
    }
  };
}

/** A screen of the manager's side, reached from the list of people, and the key that leads back there. */
export interface WizardState extends ScreenState {
  readonly leave?: WordKey | readonly WordKey[];
}

/** The manager's side in one walk, after the manager's PIN: from person to done, and the settings. */
export const WIZARD_STATES: readonly WizardState[] = [
  {
    name: 'enrol-person',
    camera: 'solo',
    says: [['enrol.person'], ['enrol.settings'], ['manager.lock']],
    reads: ['李雨桐', '10327'],
  },
  {
    name: 'enrol-nobody-found',
    camera: 'solo',
    act: async (play) => {
      await play.page.getByRole('textbox').fill('zzz');
    },
    says: [['enrol.none']],
    leave: 'enrol.search.clear',
  },
  {
    name: 'settings',
    camera: 'solo',
    act: (play) => play.tap('enrol.settings'),
    leave: 'settings.people',
    says: [['settings.title'], ['settings.camera'], ['settings.theme'], ['settings.people']],
  },
  {
    name: 'consent',
    camera: 'solo',
    act: choose,
    leave: 'back',
    says: [['consent.what.text'], ['consent.no'], ['consent.yes'], ['enrol.step.consent']],
    reads: ['李雨桐'],
  },
  {
    name: 'declined',
    camera: 'solo',
    act: async (play) => {
      await choose(play);
      await play.tap('consent.no');
    },
    leave: 'enrol.again',
    says: [['enrol.declined'], ['enrol.declined.sub'], ['enrol.finish']],
    role: 'status',
  },
  {
    name: 'capture',
    camera: 'solo',
    act: reaches(
      { pose: 'front', meters: METERS, box: boxOf(SOLO) },
      { pose: 'left', taken: ['front'], meters: METERS, box: boxOf(SOLO) },
    ),
    leave: 'enrol.cancel',
    says: [['enrol.left'], ['meter.light.low'], ['enrol.retake'], ['enrol.pause']],
    role: 'status',
  },
  {
    name: 'capture-problem',
    camera: 'solo',
    act: reaches({ pose: 'front', problem: 'two-faces' }),
    leave: 'enrol.cancel',
    says: [['enrol.front'], ['problem.two-faces'], ['enrol.cancel']],
  },
  {
    name: 'lookalike',
    camera: 'solo',
    act: reaches({
      step: 'lookalike',
      taken: ['front', 'left', 'right'],
      lookalike: '张*敏',
      similarity: 0.58,
      box: boxOf(SOLO),
    }),
    leave: 'enrol.cancel',
    says: [['enrol.dup'], ['enrol.dup.accept'], ['enrol.cancel']],
    reads: ['张*敏'],
    role: 'alert',
  },
  {
    name: 'test-match',
    camera: 'solo',
    act: reaches({ taken: ['front', 'left', 'right'], step: 'test', box: boxOf(SOLO) }),
    leave: 'enrol.cancel',
    says: [['enrol.test'], ['enrol.test.sub']],
    role: 'status',
  },
  {
    name: 'done',
    camera: 'solo',
    act: reaches({ taken: ['front', 'left', 'right'], step: 'done' }),
    leave: 'enrol.again',
    says: [['enrol.done'], ['enrol.again'], ['enrol.finish']],
    role: 'status',
  },
  {
    name: 'failed',
    camera: 'solo',
    act: reaches({ step: 'failed', problem: 'disk-full' }),
    leave: ['enrol.restart', 'back'],
    says: [['enrol.failed'], ['problem.disk-full'], ['enrol.restart']],
    role: 'alert',
  },
  {
    name: 'saving',
    camera: 'solo',
    act: reaches({ taken: ['front', 'left', 'right'], step: 'saving' }),
    says: [['enrol.saving']],
    role: 'status',
  },
];
