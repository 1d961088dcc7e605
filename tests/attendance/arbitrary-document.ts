import * as fc from 'fast-check';

/** Zones with and without clock changes, east and west, with half hours among them. */
const ZONES = [
  'Asia/Shanghai',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Europe/Brussels',
  'America/Santiago',
  'Asia/Kathmandu',
] as const;

export type Json = Readonly<Record<string, unknown>>;

/** Mondays whose weeks hold ordinary days, clock changes, a month's end. */
const MONDAYS = ['2026-03-02', '2026-03-23', '2026-10-19', '2026-04-27', '2027-10-25'];
const DAYS = 7;

const two = (part: number): string => String(part).padStart(2, '0');
const wall = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

const oneSection = fc
  .tuple(fc.integer({ min: 0, max: 23 * 60 }), fc.integer({ min: 120, max: 720 }))
  .map(([on, length]) => [{ on: wall(on), off: wall(on + length) }]);
const rested = fc.constant([
  { on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] },
]);
const halves = fc.constant([
  { on: '09:00', off: '12:00' },
  { on: '13:00', off: '18:00' },
]);
const sections = fc.oneof(oneSection, rested, halves);

const terms = fc.record({
  source: fc.constantFrom('both', 'punches', 'approval'),
  startMinutes: fc.constantFrom(0, 30),
  minMinutes: fc.constantFrom(0, 30),
  rests: fc.constantFrom([], [{ from: '12:00', to: '13:00' }]),
  compensation: fc.constantFrom({ as: 'pay' }, { as: 'leave', ratioPercent: 150 }),
});
const overtime = fc.record({
  basis: fc.constantFrom('timing', 'quantity'),
  workday: terms,
  restday: terms,
  holiday: terms,
});

const policy = {
  tolerance: fc.constantFrom(
    {},
    { lateMinutes: 10, earlyMinutes: 5 },
    { lateMinutes: 10, counts: 'excess' },
  ),
  thresholds: fc.constantFrom(
    {},
    { seriousLateMinutes: 30, absentLateMinutes: 120, absentEarlyMinutes: 120 },
    { halfDayBelowMinutes: 240, absentBelowMinutes: 60 },
  ),
  flex: fc.constantFrom({}, { earlyMinutes: 60, lateMinutes: 60 }),
  lateRule: fc.constantFrom([], [{ leftAfterMinutes: 60, laterMinutes: 30 }]),
  missing: fc.constantFrom('strict', 'covered'),
  offAfterOnMinutes: fc.constantFrom(0, 30),
  overtime,
};

const fixed = fc.record({ kind: fc.constant('fixed'), sections, ...policy });
const free = fc.record({
  kind: fc.constant('free'),
  free: fc.constantFrom({}, { requiredMinutes: 480, dayBoundary: '04:00', shortage: 'absent' }),
  ...policy,
});
const shifts = fc.record({
  kind: fc.constant('shift'),
  defaultShift: fc.constant('a'),
  shifts: fc.tuple(sections, sections).map(([a, b]) => [
    { id: 'a', sections: a },
    { id: 'b', sections: b },
  ]),
  ...policy,
});

const second = fc.integer({ min: 0, max: DAYS * 86_400 - 1 });
const at = (monday: string, seconds: number): string =>
  Temporal.PlainDateTime.from(`${monday}T00:00`).add({ seconds }).toString();

/** A week of one person: any rule, any punches, any forms. */
export const weekDocument: fc.Arbitrary<Json> = fc
  .record({
    monday: fc.constantFrom(...MONDAYS),
    zone: fc.constantFrom(...ZONES),
    rule: fc.oneof(fixed, shifts, free),
    punches: fc.array(
      fc.record(
        {
          second,
          method: fc.constantFrom('face', 'pin', 'card'),
          direction: fc.constantFrom('in', 'out'),
        },
        { requiredKeys: ['second', 'method'] },
      ),
      { maxLength: 30 },
    ),
    forms: fc.array(form(), { maxLength: 5 }),
    rests: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
  })
  .map(({ monday, zone, rule, punches, forms, rests }) => {
    const date = (day: number): string =>
      Temporal.PlainDate.from(monday).add({ days: day }).toString();
    return {
      zone,
      period: { from: monday, to: date(DAYS - 1) },
      rule,
      punches: punches.map(({ second: offset, ...punch }, index) => ({
        id: `u${index}`,
        at: at(monday, offset),
        ...punch,
      })),
      approvals: forms.map((each, index) => ({ id: `f${index}`, ...each(monday) })),
      roster:
        rule.kind === 'shift'
          ? rests.map((day, index) => ({ date: date(day), shift: index === 0 ? 'b' : null }))
          : [],
    };
  });

/** A form of any kind, once it knows its week. */
function form(): fc.Arbitrary<(monday: string) => Json> {
  const length = fc.integer({ min: 60, max: 10 * 3600 });
  const kind = fc.constantFrom('leave', 'trip', 'outing', 'approvalPunch', 'overtime');
  const timed = fc.tuple(kind, second, length).map(
    ([k, from, lasts]) =>
      (monday: string): Json => ({
        kind: k,
        from: at(monday, from),
        to: at(monday, from + lasts),
      }),
  );
  const whole = fc.tuple(kind, second).map(([k, from]) => (monday: string): Json => {
    const day = at(monday, from).slice(0, 10);
    return { kind: k, from: day, to: day };
  });
  return fc.oneof(timed, whole);
}

/** A leave, trip or outing to add to a week. */
export const creditForm: fc.Arbitrary<(monday: string) => Json> = form().map(
  (make) => (monday: string) => {
    const made = make(monday);
    return { ...made, id: 'added', kind: made['kind'] === 'overtime' ? 'leave' : made['kind'] };
  },
);

/** What else a rule may say, all of it at once. */
const anyOption = fc.record(
  {
    presence: fc.record({
      pairing: fc.constantFrom('duties', 'span', 'pairs', 'none'),
      direction: fc.constantFrom('alternating', 'stated'),
      date: fc.constantFrom('duty', 'midnight', 'mostWorked', 'started', 'ended'),
      unclosed: fc.constantFrom('nothing', 'standard', { minutes: 300 }),
    }),
    rounding: fc.record({
      on: fc.constantFrom(
        undefined,
        { mode: 'up', unitMinutes: 15 },
        { mode: 'down', unitMinutes: 7 },
      ),
      off: fc.constantFrom(undefined, { mode: 'nearest', unitMinutes: 30 }),
      worked: fc.constantFrom(undefined, { mode: 'nearestPartialUp', unitMinutes: 15 }),
    }),
    autoRest: fc.constant([
      { reachedMinutes: 60, restMinutes: 30 },
      { reachedMinutes: 300, restMinutes: 60 },
    ]),
    meal: fc.constant({ from: '11:00', to: '13:30', restMinutes: 60 }),
    windows: fc.constantFrom(
      { beforeOnMinutes: 60, afterOffMinutes: 60 },
      { beforeOnMinutes: 600, afterOffMinutes: 1200 },
    ),
    noon: fc.constant('12:30'),
    night: fc.constant({ from: '23:00', to: '29:00' }),
    offdayPunches: fc.constantFrom('allowed', 'refused'),
    fieldPunches: fc.constantFrom('ignored', 'counted', 'approved'),
    methods: fc.constantFrom(
      { allowed: ['face'] },
      { allowed: ['pin', 'card'], otherwise: 'refuse' },
    ),
    duplicateSeconds: fc.constantFrom(0, 60),
    balanceToleranceMinutes: fc.constantFrom(0, 30),
  },
  { requiredKeys: [] },
);

/** A week whose rule says anything a rule can say. */
export const anyWeek: fc.Arbitrary<Json> = fc
  .tuple(weekDocument, anyOption)
  .map(([document, options]) => ({
    ...document,
    rule: { ...Object(document['rule']), ...options },
  }));
