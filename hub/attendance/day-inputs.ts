import type { Person } from '#domain/attendance/person';
import { type DayNumber, isoOf } from '#domain/attendance/time/day-number';
import type { WorldNow } from '#hub/attendance/attendance-world';
import { type DayReach, reachOf } from '#hub/attendance/day-reach';
import type { PersonRead } from '#hub/attendance/person-reader';
import type { RuleVersion } from '#hub/storage/attendance-rule-repository';
import { canonicalJson, sha256Hex } from '#platform/crypto/canonical';

type Dates = Pick<DayReach, 'from' | 'to'>;

/**
 * The hash of what a day was computed from: rules in force, calendars, the person's records and the
 * punches that the date is read from. Neither the present nor the progress of terminals is in it.
 */
export class DayInputs {
  readonly #now: WorldNow;
  readonly #common = new Map<string, string>();

  constructor(now: WorldNow) {
    this.#now = now;
  }

  /** @param lasting what of the person holds on every date, as `lastingOf` writes it */
  hashOf({ person, forms, timeline }: PersonRead, lasting: string, date: DayNumber): string {
    const iso = isoOf(date);
    const { opens, closes, from, to } = reachOf(timeline, date);
    const punches = person.punches.filter(({ at }) => opens <= at && at < closes);
    const acting = forms.filter(({ range }) => range.from <= iso && iso <= range.to);
    const roster = datesOf({ from, to }).map((day) => rosterOn(person, day));
    const override = person.overrides.get(date) ?? null;
    const own = JSON.stringify([iso, punches, acting.map((each) => each.form), roster, override]);
    return sha256Hex(`${this.#commonBetween({ from, to })}\n${lasting}\n${own}`);
  }

  #commonBetween(dates: Dates): string {
    const key = `${dates.from} ${dates.to}`;
    const known = this.#common.get(key) ?? this.#readCommon(dates);
    this.#common.set(key, known);
    return known;
  }

  #readCommon({ from, to }: Dates): string {
    const { world, versions, setting } = this.#now;
    const inForce = versionsOn(versions, { from, to });
    const days = datesOf({ from, to }).map((day) => world.calendar.days.get(day) ?? null);
    return JSON.stringify([setting, inForce.map((each) => each.version), days]);
  }
}

/** Of a person, what enters the hash of every date alike. */
export function lastingOf(person: Person): string {
  const { member, activeFrom, activeTo, breaks, specialDays } = person;
  const between = breaks.flatMap(({ from, to }) => [String(from), String(to)]);
  return canonicalJson({
    member: { ...member, departments: [...member.departments], tags: [...member.tags] },
    active: [String(activeFrom), String(activeTo), ...between],
    specialDays: JSON.stringify(specialDays),
  });
}

function datesOf({ from, to }: Dates): DayNumber[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Of each group, the versions that hold on one of the dates. */
function versionsOn(versions: readonly RuleVersion[], { from, to }: Dates): readonly RuleVersion[] {
  const [first, last] = [isoOf(from), isoOf(to)];
  return versions.filter(
    ({ ruleId, effectiveFrom }) =>
      effectiveFrom <= last &&
      !versions.some(
        (later) =>
          later.ruleId === ruleId &&
          later.effectiveFrom > effectiveFrom &&
          later.effectiveFrom <= first,
      ),
  );
}

/** No entry leaves it to the rule's usual shift; null is a day of rest. */
function rosterOn({ roster }: Person, date: DayNumber): string | null {
  return roster.has(date) ? (roster.get(date) ?? null) : '-';
}
