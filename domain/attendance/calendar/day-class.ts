import { type Calendar, isUnpublished } from '#domain/attendance/calendar/calendar';
import { type SpecialDay, specialDayOn } from '#domain/attendance/calendar/special-day';
import { sectionsOn, usualSections } from '#domain/attendance/calendar/week-plan';
import type { Rule } from '#domain/attendance/rule/rule';
import type { Section } from '#domain/attendance/rule/section';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** What a date is to somebody: it decides the duties and which overtime terms hold. */
export type DayClass = 'workday' | 'restday' | 'holiday';

/** What made it so, most particular first. */
export type DayReason = 'personal' | 'rule' | 'company' | 'national' | 'roster' | 'weekday';

export interface DayKind {
  readonly dayClass: DayClass;
  readonly reason: DayReason;
  readonly name: string;
  readonly sections: readonly Section[];
  readonly shiftId: string | null;
  /** The year's holidays are not published: the class is a guess from the weekday. */
  readonly unpublished: boolean;
}

/** Everything besides the rule that has a say in what a date is. */
export interface DaySources {
  readonly calendar: Calendar;
  readonly company: readonly SpecialDay[];
  readonly personal: readonly SpecialDay[];
  readonly roster: ReadonlyMap<DayNumber, string | null>;
}

/**
 * What a date is: for shifts the roster alone; otherwise a personal special day, one of the rule, one
 * of the company, the national calendar, and last the weekday.
 *
 * @see docs/rules/calendar.md
 */
export function dayKindOf(rule: Rule, date: DayNumber, sources: DaySources): DayKind {
  if (rule.kind === 'shift') return rosterKind(rule, date, sources);
  const unpublished = rule.followsHolidays && isUnpublished(sources.calendar, date);
  const kind =
    specialKind(rule, 'personal', specialDayOn(sources.personal, date)) ??
    specialKind(rule, 'rule', specialDayOn(rule.specialDays, date)) ??
    specialKind(rule, 'company', specialDayOn(sources.company, date)) ??
    nationalKind(rule, date, sources.calendar);
  if (kind !== undefined) return kind;
  const sections = sectionsOn(rule.week, date);
  return {
    dayClass: sections === undefined ? 'restday' : 'workday',
    reason: 'weekday',
    name: '',
    sections: sections ?? [],
    shiftId: null,
    unpublished,
  };
}

/** A rest day of the roster that the law names is paid as such; a shift on it stays a shift. */
function rosterKind(rule: Rule, date: DayNumber, { roster, calendar }: DaySources): DayKind {
  const named = rule.followsHolidays && calendar.days.get(date)?.statutory === true;
  const rest = named ? 'holiday' : 'restday';
  const entry = roster.get(date);
  const shiftId = entry === undefined ? rule.defaultShift : entry;
  const shift = shiftId === null ? undefined : rule.shifts.get(shiftId);
  return {
    dayClass: shift === undefined ? rest : 'workday',
    reason: 'roster',
    name: shift?.name ?? '',
    sections: shift?.sections ?? [],
    shiftId: shift?.id ?? null,
    unpublished: false,
  };
}

function specialKind(
  rule: Rule,
  reason: DayReason,
  special: SpecialDay | undefined,
): DayKind | undefined {
  if (special === undefined) return undefined;
  const works = special.kind === 'workday';
  return {
    dayClass: special.kind,
    reason,
    name: special.name,
    sections: works ? (special.sections ?? usualSections(rule.week)) : [],
    shiftId: null,
    unpublished: false,
  };
}

function nationalKind(rule: Rule, date: DayNumber, calendar: Calendar): DayKind | undefined {
  const day = rule.followsHolidays ? calendar.days.get(date) : undefined;
  if (day === undefined) return undefined;
  const works = day.kind === 'workday';
  const sections = sectionsOn(rule.week, date) ?? usualSections(rule.week);
  const offClass = day.statutory ? 'holiday' : 'restday';
  return {
    dayClass: works ? 'workday' : offClass,
    reason: 'national',
    name: day.name,
    sections: works ? sections : [],
    shiftId: null,
    unpublished: isUnpublished(calendar, date),
  };
}
