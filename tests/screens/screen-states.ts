import type { Greeting, KioskState, SeenFace } from '#contracts/ipc/kiosk-ipc';
import type { WordKey } from '#renderer/words/zh-cn';
import type { KioskPlay } from '#tests/screens/kiosk-stage';
import { boxOf, type Silhouette } from '#tests/screens/silhouettes';

/** One screen, how it comes about, and what must be on it. */
export interface ScreenState {
  readonly name: string;
  readonly camera: 'solo' | 'crowd' | 'none';
  /** Differs only in words from a screen that is shown in every look. */
  readonly variant?: true;
  readonly state?: Partial<KioskState>;
  readonly act?: (play: KioskPlay) => Promise<void> | void;
  /** Words that are shown, in the language of the look. */
  readonly says: readonly (readonly [WordKey, Readonly<Record<string, string | number>>?])[];
  /** Text in the language of the person greeted, as is. */
  readonly reads?: readonly string[];
  readonly role?: 'status' | 'alert';
}

export const SOLO: Silhouette = { x: 640, y: 190, head: 220, hair: 'short' };
export const CROWD: readonly Silhouette[] = [
  { x: 190, y: 250, head: 150, hair: 'long' },
  { x: 500, y: 200, head: 170, hair: 'short' },
  { x: 800, y: 280, head: 140, hair: 'parted' },
  { x: 1090, y: 190, head: 180, hair: 'long' },
];

const IN_8_52 = '2026-11-23T08:52:00+08:00';
const OUT_18_07 = '2026-11-23T18:07:00+08:00';
const FRIDAY_OUT = '2026-11-27T18:31:00+08:00';

export function soon(seconds: number): string {
  return Temporal.Now.instant().add({ seconds }).toString();
}

export function greetingOf(change: Partial<Greeting>): Greeting {
  return {
    punchSeq: 41,
    kind: 'saved',
    trackId: 1,
    name: '思远',
    locale: 'zh-CN',
    direction: 'in',
    punchedAt: IN_8_52,
    today: [IN_8_52],
    voidUntil: soon(6),
    latencyMs: 420,
    ...change,
  };
}

export function soloFace(state: SeenFace['state'], name?: string): SeenFace {
  return { trackId: 1, box: boxOf(SOLO), state, ...(name === undefined ? {} : { name }) };
}

function crowdFaces(): SeenFace[] {
  const states: readonly Pick<SeenFace, 'state' | 'name'>[] = [
    { state: 'saved', name: '雨桐' },
    { state: 'tracking' },
    { state: 'ask' },
    { state: 'saved', name: '老赵' },
  ];
  return CROWD.flatMap((person, index) => {
    const seen = states[index];
    return seen === undefined ? [] : [{ trackId: index + 1, box: boxOf(person), ...seen }];
  });
}

function greets(change: Partial<Greeting>): (play: KioskPlay) => void {
  return (play) => {
    const { kind, name } = greetingOf(change);
    play.keepSeeing([soloFace(kind, name)]);
    play.keepGreeting(() => [greetingOf(change)]);
  };
}

function hints(
  hint: Parameters<KioskPlay['hint']>[0],
  otherWays: boolean,
): (play: KioskPlay) => void {
  return (play) => {
    play.keepSeeing([soloFace('unknown')]);
    play.hint(hint, otherWays);
  };
}

/** Everything that can be on the screen while nobody enrols. */
export const DOOR_STATES: readonly ScreenState[] = [
  { name: 'idle', camera: 'solo', says: [['idle.look'], ['way.pin'], ['idle.consent']] },
  {
    name: 'offline',
    camera: 'solo',
    state: { online: false, waiting: 12 },
    says: [['offline'], ['offline.count', { count: 12 }], ['idle.look']],
    role: 'status',
  },
  {
    name: 'track',
    camera: 'solo',
    act: (play) => play.keepSeeing([soloFace('tracking')]),
    says: [['track']],
    role: 'status',
  },
  {
    name: 'arrive',
    camera: 'solo',
    act: greets({}),
    says: [['next']],
    reads: ['早上好', '思远', '上班打卡成功', '08:52', '不是我'],
    role: 'status',
  },
  {
    name: 'arrive-long-name',
    camera: 'solo',
    act: greets({ name: 'Maximiliane-Alexandra', locale: 'en' }),
    says: [['next']],
    reads: ['Good morning', 'Maximiliane-Alexandra', 'Checked in', 'Not me'],
    role: 'status',
  },
  {
    name: 'arrive-rare-character',
    camera: 'solo',
    variant: true,
    act: greets({ name: '㛃劐' }),
    says: [['next']],
    reads: ['㛃劐'],
    role: 'status',
  },
  {
    name: 'leave',
    camera: 'solo',
    act: greets({
      name: 'Siyuan',
      locale: 'en',
      direction: 'out',
      punchedAt: OUT_18_07,
      today: [IN_8_52, OUT_18_07],
      workedMinutes: 555,
    }),
    says: [['next']],
    reads: ['See you tomorrow', 'Siyuan', 'Checked out', '18:07', '9 h 15 min today'],
    role: 'status',
  },
  {
    name: 'leave-friday',
    camera: 'solo',
    variant: true,
    act: greets({
      direction: 'out',
      punchedAt: FRIDAY_OUT,
      today: ['2026-11-27T06:40:00+08:00', '2026-11-27T12:05:00+08:00', FRIDAY_OUT],
      workedMinutes: 711,
    }),
    says: [['next']],
    reads: ['辛苦了，周末愉快', '下班打卡成功', '今天工作 11 小时 51 分'],
    role: 'status',
  },
  {
    name: 'repeat',
    camera: 'solo',
    act: greets({ kind: 'repeat', voidUntil: undefined }),
    says: [['way.pin']],
    reads: ['刚刚已经打过了，08:52', '思远'],
    role: 'status',
  },
  {
    name: 'many',
    camera: 'crowd',
    act: (play) => {
      play.keepSeeing(crowdFaces());
      play.keepGreeting(() => [
        greetingOf({ name: '雨桐', trackId: 1 }),
        greetingOf({ name: '老赵', trackId: 4, punchSeq: 42 }),
      ]);
    },
    says: [['many', { count: 2 }], ['many.hint'], ['way.pin']],
    reads: ['雨桐', '老赵', '我不是老赵'],
    role: 'status',
  },
  {
    name: 'ask',
    camera: 'solo',
    act: (play) => {
      play.keepSeeing([soloFace('ask')]);
      play.ask('en', 'Zhang X.');
    },
    says: [],
    reads: ['Are you Zhang X.?', 'We’re not sure, so please tell us', 'Not me', 'Yes, that’s me'],
    role: 'status',
  },
  {
    name: 'hint',
    camera: 'solo',
    act: hints('dark', false),
    says: [['hint.dark'], ['hint.sub']],
    role: 'status',
  },
  {
    name: 'other-ways',
    camera: 'solo',
    act: hints('closer', true),
    says: [['hint.closer'], ['unknown.sub'], ['way.pin.sub']],
    role: 'status',
  },
  {
    name: 'unknown',
    camera: 'solo',
    variant: true,
    act: hints(null, true),
    says: [['unknown'], ['unknown.sub'], ['way.pin.sub']],
    role: 'status',
  },
  {
    name: 'void',
    camera: 'solo',
    variant: true,
    act: async (play) => {
      play.keepSeeing([soloFace('tracking')]);
      play.engine.emit('greeting', greetingOf({}));
      await play.page.getByRole('button', { name: '不是我' }).click();
    },
    says: [['void'], ['void.sub'], ['way.pin']],
    role: 'status',
  },
  {
    name: 'clock-lost',
    camera: 'solo',
    state: { clock: 'lost' },
    says: [['clock.lost'], ['clock.lost.sub'], ['clock.about']],
    role: 'alert',
  },
  {
    name: 'camera-none',
    camera: 'none',
    says: [['camera.none'], ['camera.sub'], ['way.pin.sub']],
    role: 'alert',
  },
  {
    name: 'disk-full',
    camera: 'solo',
    state: { disk: 'full' },
    says: [['disk.full'], ['disk.full.sub']],
    role: 'alert',
  },
  {
    name: 'disk-low',
    camera: 'solo',
    variant: true,
    state: { disk: 'low' },
    says: [['disk.low'], ['disk.low.sub'], ['way.pin']],
    role: 'alert',
  },
  {
    name: 'engine-starting',
    camera: 'solo',
    variant: true,
    state: { engine: 'starting' },
    says: [['engine.starting'], ['engine.starting.sub'], ['way.pin']],
    role: 'status',
  },
  {
    name: 'engine-failed',
    camera: 'solo',
    state: {
      engine: 'failed',
      engineProblem: {
        'zh-CN': '模型文件 fr_feature.onnx 已损坏。请运行 lintel models 重新取',
        en: 'Model file fr_feature.onnx is damaged. Run lintel models to fetch it again',
      },
    },
    says: [['engine.failed'], ['way.pin']],
    role: 'alert',
  },
  {
    name: 'not-joined',
    camera: 'solo',
    state: { joined: false, people: 0, templates: 0, online: false, hubLine: 'refused' },
    says: [['idle.notjoined'], ['hubline.refused']],
    role: 'status',
  },
  {
    name: 'no-people',
    camera: 'solo',
    variant: true,
    state: { people: 0, templates: 0 },
    says: [['idle.nopeople'], ['idle.nopeople.sub']],
    role: 'status',
  },
  {
    name: 'nobody-enrolled',
    camera: 'solo',
    variant: true,
    state: { templates: 0 },
    says: [['idle.nobody'], ['idle.nobody.sub']],
    role: 'status',
  },
  {
    name: 'engine-away',
    camera: 'solo',
    variant: true,
    act: async (play) => {
      play.engine.answer({ hello: () => new Promise(() => undefined) });
      play.engine.drop();
      await play.page.locator('[data-screen=link]').waitFor();
    },
    says: [['link.away'], ['link.away.sub']],
    role: 'status',
  },
  {
    name: 'about',
    camera: 'solo',
    act: (play) => play.tap('idle.consent'),
    says: [['about.title'], ['consent.where.text'], ['about.stranger.text'], ['back']],
  },
  {
    name: 'pin',
    camera: 'solo',
    act: async (play) => {
      await play.tap('way.pin');
      await play.page.keyboard.type('10327');
      await play.tap('pin.next');
      await play.page.keyboard.type('481');
    },
    says: [['pin.title'], ['pin.note'], ['pin.send'], ['back']],
    reads: ['10327'],
  },
  {
    name: 'pin-letters',
    camera: 'solo',
    act: async (play) => {
      await play.tap('way.pin');
      await play.tap('pin.letters');
      await play.page.getByRole('button', { name: 'K', exact: true }).click();
    },
    says: [['pin.title'], ['pin.digits']],
    reads: ['K'],
  },
  {
    name: 'pin-wrong',
    camera: 'solo',
    variant: true,
    act: async (play) => {
      play.engine.answer({ 'punch.pin': async () => ({ ok: false, failure: 'wrong' }) });
      await play.enterPin('10327', '481516', 'pin.send');
    },
    says: [['pin.wrong']],
    role: 'alert',
  },
  {
    name: 'pin-locked',
    camera: 'solo',
    variant: true,
    act: async (play) => {
      play.engine.answer({ 'punch.pin': async () => ({ ok: false, failure: 'locked' }) });
      await play.enterPin('10327', '481516', 'pin.send');
    },
    says: [['pin.locked']],
    role: 'alert',
  },
];
