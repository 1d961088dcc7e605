import type { CreditForm, MakeupForm, OvertimeForm } from '#domain/attendance/approval/approval';
import { type DayKind, dayKindOf } from '#domain/attendance/calendar/day-class';
import { type DayFrame, dayFrameOf } from '#domain/attendance/duty/day-frame';
import type { Duty } from '#domain/attendance/duty/duty';
import { clustersOf, type Filled, match } from '#domain/attendance/match/match';
import type { Person, World } from '#domain/attendance/person';
import { clean } from '#domain/attendance/punch/clean';
import type { CleanPunch, Punch } from '#domain/attendance/punch/punch';
import { type Assignment, assign } from '#domain/attendance/rule/assignment';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** A date without a rule, and why. */
export interface Unruled {
  readonly rule: null;
  readonly reason: 'exempt' | 'noRule' | 'inactive';
}

export type Ruling = Assignment | Unruled;

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
  readonly credits: readonly CreditForm[];
  readonly overtimeForms: readonly OvertimeForm[];
  readonly makeups: readonly MakeupForm[];
  rulingOn(date: DayNumber): Ruling;
  frameOn(date: DayNumber): DayFrame | null;
  /** Where the date begins: punches that fill no duty belong to the date they fall in. */
  opensOn(date: DayNumber): number;
  /** The duties of the date, and of its eve, filled from the given punches. */
  matchOn(date: DayNumber, punches: readonly CleanPunch[]): Filled;
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
  return {
    person,
    world,
    punches,
    counting: punches.filter((punch) => punch.lapse === null),
    credits,
    overtimeForms: approved.filter((form) => form.kind === 'overtime'),
    makeups: approved.filter((form) => form.kind === 'makeup'),
    rulingOn: rulings,
    frameOn: frames,
    opensOn: memo((date) => opensOf(frames, date, world)),
    matchOn: (date, available) => matchAround(frames, date, available),
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
  const active = person.activeFrom <= date && date <= person.activeTo;
  return active ? assign(world.rules, person.member, date) : { rule: null, reason: 'inactive' };
}

function frameOf(person: Person, world: World, date: DayNumber, ruling: Ruling): DayFrame | null {
  if (ruling.rule === null) return null;
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
  frames: (date: DayNumber) => DayFrame | null,
  date: DayNumber,
  world: World,
): number {
  const frame = frames(date);
  if (frame === null) return world.clockOf(world.zone).at(date, 0);
  const { rule, clock, duties } = frame;
  if (rule.kind === 'free') return clock.at(date, rule.free.boundary);
  if (rule.presence.date !== 'duty') return clock.at(date, 0);
  const eveCloses = lastSecondOf(frames(date - 1)?.duties ?? []);
  const opens = Math.max(clock.at(date, DAY_OPENS), eveCloses + 1);
  return Math.min(opens, ...duties.map((duty) => duty.from));
}

/** The last second a punch may fill one of the duties; windows are closed to the minute. */
export function lastSecondOf(duties: readonly Duty[]): number {
  return Math.max(-Infinity, ...duties.map((duty) => duty.to + 59));
}

/**
 * Matches the duties of a date together with those of its neighbours that compete for the same
 * punches, never by the calendar date of a punch.
 */
function matchAround(
  frames: (date: DayNumber) => DayFrame | null,
  date: DayNumber,
  punches: readonly CleanPunch[],
): Filled {
  const frame = frames(date);
  if (frame === null) return new Map();
  const duties = [date - 1, date, date + 1].flatMap((day) => frames(day)?.duties ?? []);
  const asksEve = frame.rule.lateSteps.length > 0;
  const filled = new Map<Duty, CleanPunch>();
  for (const cluster of clustersOf(duties)) {
    const concerns = cluster.some(
      (duty) => duty.date === date || (asksEve && duty.date === date - 1),
    );
    if (!concerns) continue;
    const opens = Math.min(...cluster.map((duty) => duty.from));
    const near = between(punches, opens, lastSecondOf(cluster) + 1);
    for (const [duty, punch] of match(cluster, near, frame.rule)) filled.set(duty, punch);
  }
  return filled;
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
    if ((punches[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A punch that an approved make-up adds; it may only fill the duty it was asked for. */
export function correctionOf(form: MakeupForm): CleanPunch {
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
