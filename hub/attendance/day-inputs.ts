import type { Person } from '#domain/attendance/person';
import { type DayNumber, isoOf } from '#domain/attendance/time/day-number';
import type { WorldNow } from '#hub/attendance/attendance-world';
import type { PersonRead } from '#hub/attendance/person-reader';
import type { RuleVersion } from '#hub/storage/attendance-rule-repository';
import { canonicalJson, sha256Hex } from '#platform/crypto/canonical';

/**
 * The hash of what a day was computed from: rules in force, calendars, the person's records and the
 * punches of the date and its neighbours. Neither the present nor the progress of terminals is in it.
 */
export class DayInputs {
  readonly #now: WorldNow;
  readonly #common = new Map<DayNumber, string>();

  constructor(now: WorldNow) {
    this.#now = now;
  }

  /** @param lasting what of the person holds on every date, as `lastingOf` writes it */
  hashOf({ person, forms }: PersonRead, lasting: string, date: DayNumber): string {
    const clock = this.#clock();
    const iso = isoOf(date);
    const [opens, closes] = [clock.at(date - 1, 0), clock.at(date + 3, 0)];
    const punches = person.punches.filter(({ at }) => opens <= at && at < closes);
    const acting = forms.filter(({ range }) => range.from <= iso && iso <= range.to);
    const roster = [date - 1, date, date + 1].map((day) => rosterOn(person, day));
    const override = person.overrides.get(date) ?? null;
    const own = JSON.stringify([iso, punches, acting.map((each) => each.form), roster, override]);
    return sha256Hex(`${this.#commonOn(date)}\n${lasting}\n${own}`);
  }

  #clock() {
    return this.#now.world.clockOf(this.#now.world.zone);
  }

  #commonOn(date: DayNumber): string {
    const known = this.#common.get(date) ?? this.#readCommon(date);
    this.#common.set(date, known);
    return known;
  }

  #readCommon(date: DayNumber): string {
    const { world, versions, setting } = this.#now;
    const inForce = versionsAround(versions, date);
    const days = [date - 1, date, date + 1].map((day) => world.calendar.days.get(day) ?? null);
    return JSON.stringify([setting, inForce.map((each) => each.version), days]);
  }
}

/** Of a person, what enters the hash of every date alike. */
export function lastingOf({ member, activeFrom, activeTo, specialDays }: Person): string {
  return canonicalJson({
    member: { ...member, departments: [...member.departments], tags: [...member.tags] },
    active: [String(activeFrom), String(activeTo)],
    specialDays: JSON.stringify(specialDays),
  });
}

/** Of each group, the versions that hold on the date or beside it. */
function versionsAround(versions: readonly RuleVersion[], date: DayNumber): readonly RuleVersion[] {
  const [eve, morrow] = [isoOf(date - 1), isoOf(date + 1)];
  return versions.filter(
    ({ ruleId, effectiveFrom }) =>
      effectiveFrom <= morrow &&
      !versions.some(
        (later) =>
          later.ruleId === ruleId &&
          later.effectiveFrom > effectiveFrom &&
          later.effectiveFrom <= eve,
      ),
  );
}

/** No entry leaves it to the rule's usual shift; null is a day of rest. */
function rosterOn({ roster }: Person, date: DayNumber): string | null {
  return roster.has(date) ? (roster.get(date) ?? null) : '-';
}
