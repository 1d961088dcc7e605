import { describe, expect, test } from 'vitest';
import type { Greeting, SeenFace } from '#contracts/ipc/kiosk-ipc';
import {
  DIM_AFTER_MS,
  GREETING_MS,
  type KioskModel,
  kioskModel,
  LANGUAGE_MS,
  NO_CAMERA_YET,
  PAGE_IDLE_MS,
  VOID_OFFER_MS_MAX,
} from '#renderer/kiosk/kiosk-model';
import { alarmOf, isDim, languageOf, screenOf, voidable } from '#renderer/kiosk/kiosk-screen';
import { foldKiosk, type KioskAction, nextDeadlineMs } from '#renderer/kiosk/kiosk-store';
import { screenSettings } from '#renderer/settings/settings';
import { READY } from '#tests/fixtures/kiosk-state';

const START = Temporal.Instant.from('2026-11-23T00:52:00Z').epochMilliseconds;
const SETTINGS = screenSettings.parse({});

function instant(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(START + atMs).toString();
}

function greeting(change: Partial<Greeting> = {}): Greeting {
  return {
    punchSeq: 7,
    kind: 'saved',
    trackId: 1,
    name: '思远',
    locale: 'zh-CN',
    direction: 'in',
    punchedAt: instant(0),
    today: [instant(0)],
    voidUntil: instant(6_000),
    ...change,
  };
}

function face(trackId: number, state: SeenFace['state'] = 'tracking'): SeenFace {
  return { trackId, state, box: { x: 0.4, y: 0.3, width: 0.2, height: 0.3 } };
}

/** A door that works, and what then happens at which millisecond. */
function door(...happened: readonly (readonly [number, KioskAction])[]): KioskModel {
  const ready: readonly KioskAction[] = [
    { kind: 'link', link: 'up' },
    { kind: 'engine', state: READY },
    { kind: 'camera', report: { ...NO_CAMERA_YET, status: 'live' } },
  ];
  const begun = ready.reduce(
    (model, action) => foldKiosk(model, action, START),
    kioskModel(START, SETTINGS),
  );
  return happened.reduce((model, [atMs, action]) => foldKiosk(model, action, START + atMs), begun);
}

const TICK: KioskAction = { kind: 'tick' };

describe('the screen that is up', () => {
  test('is a clock while nobody is there', () => {
    expect(screenOf(door()).kind).toBe('idle');
  });

  test('shows a face that is seen, and forgets it when the engine goes quiet', () => {
    const seen: readonly [number, KioskAction] = [0, { kind: 'faces', faces: [face(1)] }];
    expect(screenOf(door(seen)).kind).toBe('track');
    expect(screenOf(door(seen, [1_499, TICK])).kind).toBe('track');
    expect(screenOf(door(seen, [1_500, TICK])).kind).toBe('idle');
  });

  test('greets for two and a half seconds', () => {
    const greeted: readonly [number, KioskAction] = [0, { kind: 'greeting', greeting: greeting() }];
    expect(screenOf(door(greeted)).kind).toBe('plate');
    expect(screenOf(door(greeted, [GREETING_MS - 1, TICK])).kind).toBe('plate');
    expect(screenOf(door(greeted, [GREETING_MS, TICK])).kind).toBe('idle');
  });

  test('a tap lifts the plate, and the next person brings down their own', () => {
    const model = door(
      [0, { kind: 'greeting', greeting: greeting() }],
      [500, { kind: 'plate-dismissed' }],
    );
    expect(screenOf(model).kind).toBe('idle');
    const next = greeting({ punchSeq: 8, name: '雨桐' });
    const then = foldKiosk(model, { kind: 'greeting', greeting: next }, START + 600);
    expect(screenOf(then)).toMatchObject({ kind: 'plate', shown: { greeting: { name: '雨桐' } } });
  });

  test('counts people when several stand there, each once', () => {
    const crowd: KioskAction = { kind: 'faces', faces: [face(1, 'saved'), face(2, 'saved')] };
    const model = door(
      [0, crowd],
      [10, { kind: 'greeting', greeting: greeting() }],
      [20, { kind: 'greeting', greeting: greeting() }],
      [30, { kind: 'greeting', greeting: greeting({ punchSeq: 8, trackId: 2 }) }],
    );
    expect(screenOf(model)).toEqual({ kind: 'many', savedCount: 2 });
  });

  test('a repeat is said, not greeted anew', () => {
    const again = greeting({ kind: 'repeat', voidUntil: undefined });
    const model = door([0, { kind: 'greeting', greeting: again }]);
    expect(screenOf(model).kind).toBe('repeat');
    expect(voidable(model)).toEqual([]);
  });

  test('a question outranks a greeting and ends with its answer', () => {
    const ask = { askId: 'a', trackId: 2, maskedName: '张*敏', locale: 'zh-CN' } as const;
    const model = door(
      [0, { kind: 'greeting', greeting: greeting() }],
      [10, { kind: 'ask', ask: { ...ask, expiresAt: instant(6_000) } }],
    );
    expect(screenOf(model).kind).toBe('ask');
    const answered = foldKiosk(model, { kind: 'asked', askId: 'a' }, START + 900);
    expect(screenOf(answered).kind).toBe('plate');
    expect(screenOf(foldKiosk(model, TICK, START + 6_000)).kind).toBe('idle');
  });

  test('an unknown face is offered another way', () => {
    const model = door(
      [0, { kind: 'faces', faces: [face(1, 'unknown')] }],
      [0, { kind: 'hint', hint: null, otherWays: true }],
    );
    expect(screenOf(model)).toEqual({
      kind: 'unknown',
      hint: { hint: undefined, otherWays: true },
    });
  });

  test('a camera without a picture is said, but does not hide a greeting', () => {
    const lost: KioskAction = { kind: 'camera', report: { ...NO_CAMERA_YET, status: 'lost' } };
    expect(screenOf(door([0, lost])).kind).toBe('camera');
    const greeted = door([0, lost], [1, { kind: 'greeting', greeting: greeting() }]);
    expect(screenOf(greeted).kind).toBe('plate');
  });

  test('a full disk never shows a face as if it could be saved', () => {
    const full: KioskAction = { kind: 'engine', state: { ...READY, disk: 'full' } };
    const model = door([0, full], [1, { kind: 'faces', faces: [face(1)] }]);
    expect([screenOf(model).kind, alarmOf(model)]).toEqual(['idle', 'disk-full']);
  });

  test('an engine that is away is said, and takes faces, questions and the wizard with it', () => {
    const model = door(
      [0, { kind: 'faces', faces: [face(1)] }],
      [1, { kind: 'enrolment', action: { kind: 'unlocked', manager: MANAGER } }],
      [2, { kind: 'link', link: 'away' }],
    );
    expect(screenOf(model)).toEqual({ kind: 'link', link: 'away' });
    expect([model.faces, model.enrolment]).toEqual([[], undefined]);
    const back = foldKiosk(model, { kind: 'link', link: 'up' }, START + 3);
    expect(screenOf(back).kind).toBe('idle');
  });
});

const MANAGER = { name: '王', locale: 'zh-CN', lockAfterSeconds: 60 } as const;

describe('“Not me”', () => {
  test('is offered until the engine says, and no longer than six seconds', () => {
    const model = door([0, { kind: 'greeting', greeting: greeting() }]);
    expect(voidable(foldKiosk(model, TICK, START + 5_999))).toHaveLength(1);
    expect(voidable(foldKiosk(model, TICK, START + 6_000))).toEqual([]);
    const skewed = greeting({ voidUntil: instant(3_600_000) });
    const late = door([0, { kind: 'greeting', greeting: skewed }], [VOID_OFFER_MS_MAX, TICK]);
    expect(voidable(late)).toEqual([]);
  });

  test('saved, takes the greeting away and says so', () => {
    const model = door(
      [0, { kind: 'greeting', greeting: greeting() }],
      [900, { kind: 'voided', punchSeq: 7 }],
    );
    expect(screenOf(model).kind).toBe('notice');
    expect(model.greetings).toEqual([]);
  });

  test('refused, leaves the greeting and stops being offered', () => {
    const model = door(
      [0, { kind: 'greeting', greeting: greeting() }],
      [900, { kind: 'void-refused', punchSeq: 7 }],
    );
    expect(screenOf(model).kind).toBe('plate');
    expect(voidable(model)).toEqual([]);
  });
});

describe('questions', () => {
  test('told twice, are asked once', () => {
    const ask = { askId: 'a', trackId: 2, maskedName: '张*敏', locale: 'zh-CN' } as const;
    const told: KioskAction = { kind: 'ask', ask: { ...ask, expiresAt: instant(6_000) } };
    expect(door([0, told], [5, told]).asks).toHaveLength(1);
  });
});

describe('pages', () => {
  test('the pad goes back to the door when nobody touches it', () => {
    const model = door([0, { kind: 'page', page: 'pin' }]);
    expect(screenOf(foldKiosk(model, TICK, START + PAGE_IDLE_MS - 1)).kind).toBe('pin');
    expect(screenOf(foldKiosk(model, TICK, START + PAGE_IDLE_MS)).kind).toBe('idle');
  });

  test('a punch by PIN closes the pad and is greeted', () => {
    const model = door(
      [0, { kind: 'page', page: 'pin' }],
      [10, { kind: 'greeting', greeting: greeting({ trackId: undefined }) }],
    );
    expect(screenOf(model).kind).toBe('plate');
  });

  test('a greeting does not push a manager out of the wizard', () => {
    const model = door(
      [0, { kind: 'enrolment', action: { kind: 'unlocked', manager: MANAGER } }],
      [10, { kind: 'greeting', greeting: greeting() }],
    );
    expect(screenOf(model).kind).toBe('enrolment');
  });

  test('“let others check in” shows the door, and resuming the wizard again', () => {
    const paused = door(
      [0, { kind: 'enrolment', action: { kind: 'unlocked', manager: MANAGER } }],
      [1, { kind: 'enrolment', action: { kind: 'paused', paused: true } }],
    );
    expect(screenOf(paused).kind).toBe('idle');
    const resumed = foldKiosk(
      paused,
      { kind: 'enrolment', action: { kind: 'paused', paused: false } },
      START + 2,
    );
    expect(screenOf(resumed).kind).toBe('enrolment');
  });
});

describe('language', () => {
  test('returns to the site’s own half a minute after the last touch', () => {
    const model = door([0, { kind: 'language', locale: 'en' }], [20_000, { kind: 'touched' }]);
    expect(languageOf(foldKiosk(model, TICK, START + LANGUAGE_MS + 19_999))).toBe('en');
    expect(languageOf(foldKiosk(model, TICK, START + LANGUAGE_MS + 20_000))).toBe('zh-CN');
  });
});

describe('time', () => {
  test('the next deadline is the first thing that ends', () => {
    expect(nextDeadlineMs(door())).toBeUndefined();
    const model = door([0, { kind: 'greeting', greeting: greeting() }]);
    expect(nextDeadlineMs(model)).toBe(START + GREETING_MS);
  });

  test('a tick at every deadline ends everything', () => {
    let model = door(
      [0, { kind: 'faces', faces: [face(1)] }],
      [0, { kind: 'greeting', greeting: greeting() }],
      [0, { kind: 'language', locale: 'en' }],
      [0, { kind: 'page', page: 'pin' }],
    );
    for (let step = 0; step < 20; step += 1) {
      const deadline = nextDeadlineMs(model);
      if (deadline === undefined) break;
      model = foldKiosk(model, TICK, deadline);
    }
    expect(nextDeadlineMs(model)).toBeUndefined();
    expect(screenOf(model).kind).toBe('idle');
  });

  test('the clock dims two minutes after the last motion', () => {
    expect(isDim(door([DIM_AFTER_MS - 1, TICK]))).toBe(false);
    expect(isDim(door([DIM_AFTER_MS, TICK]))).toBe(true);
    const seen = door([DIM_AFTER_MS, { kind: 'faces', faces: [face(1)] }]);
    expect(isDim(seen)).toBe(false);
  });
});

describe('alarms', () => {
  test.each([
    ['disk-full', { disk: 'full', clock: 'lost', engine: 'failed' }],
    ['engine-failed', { engine: 'failed', clock: 'lost' }],
    ['clock-lost', { clock: 'lost', disk: 'low' }],
    ['disk-low', { disk: 'low' }],
    [undefined, { clock: 'estimated', online: false, waiting: 12 }],
  ] as const)('%s is the worst of what is wrong', (alarm, change) => {
    expect(alarmOf(door([0, { kind: 'engine', state: { ...READY, ...change } }]))).toBe(alarm);
  });
});
