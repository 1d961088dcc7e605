import type { CreditForm, MakeupForm, OvertimeForm } from '#domain/attendance/approval/approval';
import { type DayKind, dayKindOf } from '#domain/attendance/calendar/day-class';
import { type DayFrame, dayFrameOf } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import { type Filled, match } from '#domain/attendance/match/match';
import { clustersNear } from '#domain/attendance/match/neighbourhood';
import type { Person, World } from '#domain/attendance/person';
import { clean } from '#domain/attendance/punch/clean';
import type { CleanPunch, Punch } from '#domain/attendance/punch/punch';
import { type Assignment, assign } from '#domain/attendance/rule/assignment';
import { byCodePoint } from '#domain/attendance/text-order';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** A date without a rule, and why. */
export interface Unruled {
  readonly rule: null;
  readonly reason: 'exempt' | 'noRule' | 'inactive';
}

type Ruling = Assignment | Unruled;

/**
 * One person's punches, forms and dates, each looked at once.
 *
 * Answers depend on nothing but the person and the world; what is remembered only saves time.
 */
export interface Timeline {
  readonly person: Person;
  readonly world: World;
  /** Cleaned, in order of time, lapsed ones among them. */
  readonly punches: readonly CleanPunch[];
  /** Those that count. */
  readonly counting: readonly CleanPunch[];
  /** Those that count, and approved make-ups; the same list when there are none. */
  readonly corrected: readonly CleanPunch[];
  readonly credits: readonly CreditForm[];
  readonly overtimeForms: readonly OvertimeForm[];
  rulingOn(date: DayNumber): Ruling;
  frameOn(date: DayNumber): DayFrame | Unruled;
  /** Where the date begins: punches that fill no duty belong to the date they fall in. */
  opensOn(date: DayNumber): number;
  /** The duties of the date and its neighbours, filled from what was punched. */
  matchCounting(date: DayNumber): Filled;
  /** The same with approved make-ups. */
  matchCorrected(date: DayNumber): Filled;
}

/** Reads a person once; days are computed from what it returns. */
export function timelineOf(person: Person, world: World): Timeline {
  const rulings = memo((date) => rulingOf(person, world, date));
  const frames = memo((date) => frameOf(person, world, date, rulings(date)));
  const approved = person.approvals.filter((form) => form.state === 'approved');
  const credits = approved.filter((form) => form.kind !== 'makeup' && form.kind !== 'overtime');
  const wall = world.clockOf(world.zone);
  const punches = clean(person.punches, {
    sites: world.sites,
    ruleAt: (at) => rulings(wall.wallOf(at).day).rule,
    isAway: (at) => isAway(credits, at, wall.wallOf(at).day),
  });
  const makeups = approved.filter((form) => form.kind === 'makeup');
  const counting = punches.filter((punch) => punch.lapse === null);
  const corrected = withMakeups(counting, makeups);
  const dutiesOn = (date: DayNumber): readonly Duty[] => dutiesOf(frames(date));
  const matchCounting = matcherOf(dutiesOn, counting);
  return {
    person,
    world,
    punches,
    counting,
    corrected,
    credits,
    overtimeForms: approved.filter((form) => form.kind === 'overtime'),
    rulingOn: rulings,
    frameOn: frames,
    opensOn: memo((date) => opensOf(frames, date, world)),
    matchCounting,
    matchCorrected: corrected === counting ? matchCounting : matcherOf(dutiesOn, corrected),
  };
}

function memo<T>(compute: (date: DayNumber) => T): (date: DayNumber) => T {
  const known = new Map<DayNumber, T>();
  return (date) => {
    const before = known.get(date);
    if (before !== undefined) return before;
    const value = compute(date);
    known.set(date, value);
    return value;
  };
}

function rulingOf(person: Person, world: World, date: DayNumber): Ruling {
  const isBetween = person.breaks.some(({ from, to }) => from <= date && date <= to);
  const isActive = !isBetween && person.activeFrom <= date && date <= person.activeTo;
  return isActive ? assign(world.rules, person.member, date) : { rule: null, reason: 'inactive' };
}

function frameOf(
  person: Person,
  world: World,
  date: DayNumber,
  ruling: Ruling,
): DayFrame | Unruled {
  if (ruling.rule === null) return ruling;
  const kind: DayKind = dayKindOf(ruling.rule, date, {
    calendar: world.calendar,
    company: world.companyDays,
    personal: person.specialDays,
    roster: person.roster,
  });
  return dayFrameOf(ruling.rule, date, kind, world.clockOf(ruling.rule.zone));
}

function isAway(credits: readonly CreditForm[], at: number, date: DayNumber): boolean {
  return credits.some(({ kind, extent }) => {
    if (kind !== 'outing' && kind !== 'trip') return false;
    const moment = extent.unit === 'time' ? at : date;
    return extent.from <= moment && moment <= extent.to;
  });
}

const DAY_OPENS = 4 * 3600; // as WeCom: what is punched before 04:00 belongs to the day before

function opensOf(
  frames: (date: DayNumber) => DayFrame | Unruled,
  date: DayNumber,
  world: World,
): number {
  const frame = frames(date);
  if (frame.rule === null) return world.clockOf(world.zone).at(date, 0);
  const { rule, clock, duties } = frame;
  if (rule.kind === 'free') return clock.at(date, rule.free.boundary);
  if (rule.presence.date !== 'duty') return clock.at(date, 0);
  const eveCloses = lastSecondOf(dutiesOf(frames(date - 1)));
  const opens = Math.max(clock.at(date, DAY_OPENS), eveCloses + 1);
  return Math.min(opens, ...duties.map((duty) => duty.from));
}

/** Dates without a rule ask for nothing. */
function dutiesOf(frame: DayFrame | Unruled): readonly Duty[] {
  return frame.rule === null ? [] : frame.duties;
}

/** The last second a punch may fill one of the duties; windows are closed to the minute. */
export function lastSecondOf(duties: readonly Duty[]): number {
  return Math.max(-Infinity, ...duties.map((duty) => duty.to + 59));
}

/** Solves each cluster of duties once for one list of punches. */
function matcherOf(
  dutiesOn: (date: DayNumber) => readonly Duty[],
  punches: readonly CleanPunch[],
): (date: DayNumber) => Filled {
  const solved = new Map<Duty | undefined, Filled>();
  const solve = (cluster: readonly Duty[]): Filled => {
    const known = solved.get(cluster[0]);
    if (known !== undefined) return known;
    const opens = Math.min(...cluster.map((duty) => duty.from));
    const filled = match(cluster, between(punches, opens, lastSecondOf(cluster) + 1));
    solved.set(cluster[0], filled);
    return filled;
  };
  return (date) => new Map(clustersNear(dutiesOn, date).flatMap((each) => [...solve(each)]));
}

/**
 * Approved make-ups join the punches that count; they replace none. The same list comes back when
 * there are none, so that nothing need be read twice.
 */
function withMakeups(
  counting: readonly CleanPunch[],
  makeups: readonly MakeupForm[],
): readonly CleanPunch[] {
  if (makeups.length === 0) return counting;
  return [...counting, ...makeups.map(correctionOf)].toSorted(
    (a, b) => a.at - b.at || byCodePoint(a.punch.id, b.punch.id),
  );
}

/** The punches of `[from, to)`. */
export function between(
  punches: readonly CleanPunch[],
  from: number,
  to: number,
): readonly CleanPunch[] {
  return punches.slice(lowerBound(punches, from), lowerBound(punches, to));
}

function lowerBound(punches: readonly CleanPunch[], at: number): number {
  let low = 0;
  let high = punches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const probe = punches[middle];
    if (probe === undefined || probe.at >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A punch that an approved make-up adds; it may only fill the duty it was asked for. */
function correctionOf(form: MakeupForm): CleanPunch {
  const punch: Punch = {
    id: form.id,
    at: form.at,
    method: 'manager',
    direction: form.duty === 'on' ? 'in' : 'out',
    terminalId: null,
    siteId: null,
    position: null,
    bssid: null,
    liveness: null,
    clock: 'synced',
    uncertaintySeconds: 0,
    voided: false,
    eventId: null,
  };
  const { date, section, duty: kind } = form;
  return {
    punch,
    at: form.at,
    lapse: null,
    duplicateOf: null,
    flags: [],
    distanceMeters: null,
    correction: { approvalId: form.id, date, section, kind },
  };
}
