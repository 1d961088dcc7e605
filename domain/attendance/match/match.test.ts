import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duty } from '#domain/attendance/duty/duty';
import { clustersOf, match } from '#domain/attendance/match/match';
import type { CleanPunch, Correction } from '#domain/attendance/punch/punch';
import { cleanPunch } from '#tests/attendance/clean-punch';

// Goal: the assignment is the best there is, and the one the page describes. Method: small days, for
// which every assignment can be tried.

const HOUR = 3600;
const DATE = 20_000;

type Plan = readonly [kind: 'on' | 'off', hour: number];

/** Sections of one date, in order; windows are wide, so that duties compete for punches. */
function dutiesOf(plans: readonly Plan[], more: Partial<Duty> = {}): readonly Duty[] {
  return plans.map(([kind, hour], index) => {
    const target = hour * HOUR;
    const section = Math.floor(index / 2);
    const span = { from: target, to: target + HOUR };
    return {
      date: DATE,
      section,
      kind,
      hours: { index: section, section: SECTION, span, working: [span] },
      target,
      from: target - 4 * HOUR,
      to: target + 4 * HOUR,
      offAfterOnSeconds: 0,
      edge: index === 0 || index === plans.length - 1,
      ...more,
    };
  });
}

const SECTION = {
  id: '1',
  on: 0,
  off: HOUR,
  rests: [],
  onWindow: { from: 0, to: 0 },
  offWindow: { from: 0, to: 0 },
  required: 'both',
} as const;

const TWO_SECTIONS: readonly Plan[] = [
  ['on', 9],
  ['off', 12],
  ['on', 13],
  ['off', 18],
];
const ONE_SECTION: readonly Plan[] = [
  ['on', 9],
  ['off', 18],
];

function punchAt(at: number, direction: 'in' | 'out' | null = null): CleanPunch {
  return cleanPunch(at, { direction });
}

const inMinutes = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * HOUR + minutes * 60 + seconds;
};
const wall = (at: number): string =>
  Temporal.PlainTime.from('00:00').add({ seconds: at }).toString({ smallestUnit: 'second' });

/** The times that fill the duties, in their order; `–` where nothing does. */
function filledBy(duties: readonly Duty[], punches: readonly CleanPunch[]): readonly string[] {
  const filled = match(duties, punches);
  return duties.map((duty) => {
    const punch = filled.get(duty);
    return punch === undefined ? '–' : wall(punch.at).replace(/:00$/, '');
  });
}

type Choice = readonly (CleanPunch | null)[];

/** Every way to give punches to duties in order, each to one duty at most. */
function choicesOf(duties: readonly Duty[], punches: readonly CleanPunch[]): readonly Choice[] {
  const [duty, ...others] = duties;
  if (duty === undefined) return [[]];
  const without = choicesOf(others, punches).map((rest) => [null, ...rest]);
  const taking = punches.flatMap((punch, index) =>
    fitsInto(duty, punch)
      ? choicesOf(others, punches.slice(index + 1)).map((rest) => [punch, ...rest])
      : [],
  );
  return [...without, ...taking];
}

function fitsInto(duty: Duty, { at, punch }: CleanPunch): boolean {
  const minute = Math.floor(at / 60) * 60;
  const said = punch.direction === null || punch.direction === (duty.kind === 'on' ? 'in' : 'out');
  return said && duty.from <= minute && minute <= duty.to;
}

/** From the target on: the less of it, the earlier the first on and the later the last off. */
function narrowness(duty: Duty, at: number): number {
  return duty.kind === 'on' ? at - duty.target : duty.target - at;
}

/** As the page orders them: most filled; least late and early; nearest inside; widest outside. */
function worthOf(duties: readonly Duty[], choice: Choice): readonly number[] {
  const pairs = duties.flatMap((duty, index) => {
    const at = choice[index]?.at;
    return at === undefined ? [] : [{ duty, at, minute: Math.floor(at / 60) * 60 }];
  });
  const sum = (each: (pair: (typeof pairs)[number]) => number): number =>
    pairs.reduce((total, pair) => total + each(pair), 0);
  return [
    pairs.length,
    -sum(({ duty, minute }) =>
      Math.max(0, duty.kind === 'on' ? minute - duty.target : duty.target - minute),
    ),
    -sum(({ duty, at }) => (duty.edge ? 0 : Math.abs(at - duty.target))),
    -sum(({ duty, at }) => (duty.edge ? narrowness(duty, at) : 0)),
  ];
}

function isFarEnough(duties: readonly Duty[], choice: Choice): boolean {
  return duties.every((off, index) => {
    const on = choice[index - 1];
    const own = choice[index];
    if (off.kind === 'on' || !on || !own) return true;
    return own.at - on.at >= off.offAfterOnSeconds;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

const someDuties = fc
  .tuple(
    fc.constantFrom(TWO_SECTIONS, ONE_SECTION),
    fc.constantFrom(0, HOUR, 3 * HOUR),
    fc.constantFrom(HOUR, 4 * HOUR, 6 * HOUR),
  )
  .map(([plans, offAfterOnSeconds, reach]) =>
    dutiesOf(plans, { offAfterOnSeconds }).map((duty) => ({
      ...duty,
      from: duty.target - reach,
      to: duty.target + reach,
    })),
  );
const somePunches = fc
  .uniqueArray(
    fc.tuple(
      fc.oneof(
        fc.integer({ min: 5 * 60, max: 22 * 60 }).map((minute) => minute * 60),
        fc.integer({ min: 8 * 4, max: 16 * 4 }).map((quarter) => quarter * 900), // about the break
      ),
      fc.constantFrom(null, null, 'in', 'out'),
    ),
    { maxLength: 6, selector: ([at]) => at },
  )
  .map((times) => times.toSorted(([a], [b]) => a - b).map(([at, said]) => punchAt(at, said)));

describe('match', () => {
  test('finds the best of all assignments', () => {
    fc.assert(
      fc.property(someDuties, somePunches, (duties, punches) => {
        const best = choicesOf(duties, punches)
          .filter((choice) => isFarEnough(duties, choice))
          .map((choice) => worthOf(duties, choice))
          .toSorted(compare)
          .at(-1);
        const filled = match(duties, punches);
        const chosen = duties.map((duty) => filled.get(duty) ?? null);
        expect(isFarEnough(duties, chosen)).toBe(true);
        expect(worthOf(duties, chosen)).toEqual(best);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['08:50 18:00', ['08:50', '18:00'], 'one each'],
    ['08:50 08:55 18:01 18:20', ['08:50', '18:20'], 'the earliest on and the latest off'],
    ['12:59', ['12:59', '–'], 'a window is closed at its last minute, and up to its end'],
    ['13:00:59', ['13:00:59', '–'], 'seconds do not leave the minute'],
    ['13:01', ['–', '–'], 'a minute after the last is outside'],
    ['04:59:59', ['–', '–'], 'a second before the first is outside'],
    ['05:00', ['05:00', '–'], 'the first minute is inside'],
  ])('%s fills %j: %s', (times, filled, _why) => {
    const punches = times.split(' ').map((time) => punchAt(inMinutes(time)));
    expect(filledBy(dutiesOf(ONE_SECTION), punches)).toEqual(filled);
  });

  test('of equal assignments the earlier punch and duty stay, whatever else is there', () => {
    const duties = dutiesOf(TWO_SECTIONS);
    const twins = [punchAt(inMinutes('12:30'), 'out'), punchAt(inMinutes('12:30'), 'out')];
    expect(match(duties, twins).get(duties[1] as Duty)).toBe(twins[0]);
  });

  test('an off too soon after its on ends nothing, but the next duty may take it', () => {
    const duties = dutiesOf(TWO_SECTIONS, { offAfterOnSeconds: 2 * HOUR });
    const times = ['10:30', '12:00'].map((time) => punchAt(inMinutes(time)));
    expect(filledBy(duties, times)).toEqual(['10:30', '–', '12:00', '–']);
  });

  test('nothing is filled where nobody punched, or nothing is asked', () => {
    expect(match(dutiesOf(ONE_SECTION), []).size).toBe(0);
    expect(match([], [punchAt(inMinutes('09:00'))]).size).toBe(0);
  });
});

function windowOf(from: number, to: number, more: Partial<Duty> = {}): Duty {
  const [duty] = dutiesOf(ONE_SECTION, { from, to, target: from, ...more });
  return duty as Duty;
}

const atOnce = (more: Partial<Duty>): Duty => windowOf(0, 10, { target: 5, ...more });

describe('clustersOf', () => {
  test('windows that touch belong together; a gap of a second parts them', () => {
    expect(
      clustersOf([windowOf(0, 10), windowOf(10, 20), windowOf(21, 30)]).map((each) => each.length),
    ).toEqual([2, 1]);
  });

  test('a window inside another does not end the cluster early', () => {
    expect(clustersOf([windowOf(0, 100), windowOf(10, 20), windowOf(50, 60)]).length).toBe(1);
  });

  test('in whatever order the duties come', () => {
    const windows = [windowOf(50, 60), windowOf(0, 10), windowOf(20, 55), windowOf(8, 15)];
    const spans = clustersOf(windows).map((each) => each.map(({ from }) => from));
    expect(spans).toEqual([
      [0, 8],
      [20, 50],
    ]);
  });

  test('inside, duties are in the order of the clock; at one time, in that of date, section and kind', () => {
    const ordered = [
      atOnce({ target: 4, section: 1, kind: 'off' }),
      atOnce({ date: DATE - 1, section: 1, kind: 'off' }),
      atOnce({ section: 0, kind: 'on' }),
      atOnce({ section: 0, kind: 'off' }),
      atOnce({ section: 1, kind: 'on' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (shuffled) => {
        expect(clustersOf(shuffled)).toEqual([ordered]);
      }),
    );
  });
});

describe('a make-up', () => {
  const madeUp = (time: string, correction: Partial<Correction>): CleanPunch => ({
    ...cleanPunch(inMinutes(time)),
    correction: { approvalId: 'm', date: DATE, section: 0, kind: 'off', ...correction },
  });

  test.each<[string, Partial<Correction>, readonly string[], string]>([
    ['12:00', {}, ['–', '12:00', '–', '–'], 'the off of the first section'],
    ['12:00', { section: 1, kind: 'on' }, ['–', '–', '12:00', '–'], 'the on of the second'],
    ['12:00', { kind: 'on' }, ['12:00', '–', '–', '–'], 'the on of the first, three hours late'],
    ['03:00', {}, ['–', '03:00', '–', '–'], 'outside its window as well'],
    ['12:00', { date: DATE + 1 }, ['–', '–', '–', '–'], 'no duty of another date'],
    ['12:00', { section: 2 }, ['–', '–', '–', '–'], 'no duty that is not there'],
  ])('for %s %j fills %j: %s', (time, correction, filled) => {
    expect(filledBy(dutiesOf(TWO_SECTIONS), [madeUp(time, correction)])).toEqual(filled);
  });
});

test('what must pass between on and off is a matter of one section of one date', () => {
  const [on, off] = dutiesOf(ONE_SECTION, { offAfterOnSeconds: 3 * HOUR });
  const tomorrow = { ...off, date: DATE + 1 } as Duty;
  const punches = ['12:00', '14:00'].map((time) => punchAt(inMinutes(time)));
  expect(filledBy([on as Duty, off as Duty], punches)).toEqual(['12:00', '–']);
  expect(filledBy([on as Duty, tomorrow], punches)).toEqual(['12:00', '14:00']);
});
