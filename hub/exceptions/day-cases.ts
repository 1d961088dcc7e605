import { isoOf } from '#domain/attendance/time/day-number';
import { type FoundDay, findingsOf, healersOf } from '#domain/exceptions/day-findings';
import type { Finding } from '#domain/exceptions/finding';
import { type KeyedEvent, reconcile } from '#domain/exceptions/reconcile';
import type { CaseRepository, StoredCase } from '#hub/storage/case-repository';
import type { Clock } from '#platform/clock/clock';

interface DayCasesDeps {
  readonly cases: CaseRepository;
  readonly clock: Clock;
}

/** Opens and closes cases with the days they are found in, within the unit of work that keeps the days. */
export class DayCases {
  readonly #deps: DayCasesDeps;

  constructor(deps: DayCasesDeps) {
    this.#deps = deps;
  }

  /** @param days of one person, each date once; the same days again do nothing */
  async keep(personId: string, days: readonly FoundDay[]): Promise<void> {
    if (days.length === 0) return;
    const { cases, clock } = this.#deps;
    const found = new Map(days.map((day) => [day.date, findingsOf(day)]));
    const keys = new Set([...found.values()].flat().map(({ key }) => key));
    const dates = days.map(({ date }) => isoOf(date));
    const known = await cases.known(personId, dates, [...keys]);
    if (known.size === 0 && keys.size === 0) return;
    const at = Math.floor(clock.now().epochMilliseconds / 1000);
    const events = days.flatMap((day) => {
      const own = found.get(day.date) ?? [];
      const concerned = concernedBy(day, own, { known, keys });
      return reconcile(concerned, own, { at, healers: healersOf(day) });
    });
    await cases.record(onceEach(events), known, 'day');
  }
}

interface Round {
  readonly known: ReadonlyMap<string, StoredCase>;
  readonly keys: ReadonlySet<string>;
}

/** What is found in the day, and what was: not what has moved to another day of the same round. */
function concernedBy({ date }: FoundDay, own: readonly Finding[], { known, keys }: Round) {
  const here = new Set(own.map(({ key }) => key));
  const concerned = [...known].filter(
    ([key, { finding }]) => here.has(key) || (finding.date === date && !keys.has(key)),
  );
  return new Map(concerned.map(([key, { state }]) => [key, state]));
}

/** A punch that two dates claim is one case; the later date has it. */
function onceEach(events: readonly KeyedEvent[]): readonly KeyedEvent[] {
  return [...new Map(events.map((event) => [event.key, event])).values()];
}
