import { adjustmentsOf } from '#domain/attendance/finality/adjustment';
import { type DayNumber, dayNumberOf } from '#domain/attendance/time/day-number';
import type {
  AttendanceDayRepository,
  KnownDay,
  StoredAdjustment,
  StoredDay,
} from '#hub/storage/attendance-day-repository';
import { EVERYBODY } from '#hub/storage/within-reach';
import type { EventBook } from '#hub/webhooks/event-book';
import type { Clock } from '#platform/clock/clock';

interface KeeperDeps {
  readonly days: AttendanceDayRepository;
  readonly eventBook: EventBook;
  readonly clock: Clock;
}

/** Where results go: into their row, or, once that is locked, as differences beside it. */
export class DayKeeper {
  readonly #deps: KeeperDeps;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  /**
   * @param computed of one person, each date once, in order
   * @param marked the others are only brought up to date where they are there already
   * @returns the dates that were kept, in their row or beside it
   */
  async keep(
    computed: readonly StoredDay[],
    marked: ReadonlySet<string>,
    lockedThrough: DayNumber | null,
  ): Promise<ReadonlySet<string>> {
    const [first, last] = [computed.at(0), computed.at(-1)];
    if (first === undefined || last === undefined) return new Set();
    const { days } = this.#deps;
    const range = { from: first.date, to: last.date };
    const known = await days.known(first.personId, range);
    const results = computed.filter(({ date }) => marked.has(date) || known.has(date));
    const locked = results.filter((day) => known.get(day.date)?.state === 'final');
    const cameLate = results.filter(
      ({ date }) => !known.has(date) && dayNumberOf(date) <= (lockedThrough ?? -Infinity),
    );
    const beside = [...locked, ...cameLate];
    if (beside.length > 0) {
      const before = await this.#bookedOf(first.personId, range);
      const bookedAtMs = this.#deps.clock.now().epochMilliseconds;
      const changes = beside.flatMap((day) => {
        const was = { ...known.get(day.date)?.locked, ...before.get(day.date) };
        return differencesOf(day, was, bookedAtMs);
      });
      await days.book(changes);
    }
    const open = results.filter((day) => !beside.includes(day));
    const saved = [...open, ...cameLate.map(lockedEmpty)];
    await days.save(saved);
    await this.#tell(saved.filter((day) => isNews(day, known.get(day.date))));
    return new Set(results.map(({ date }) => date));
  }

  async #tell(changed: readonly StoredDay[]): Promise<void> {
    const { eventBook, clock } = this.#deps;
    const told = changed.map(({ personId, date, state, inputsHash, result }) => ({
      personId,
      date,
      state,
      outcome: result.outcome.code,
      inputsHash,
    }));
    await eventBook.tell('day.changed', told, clock.now());
  }

  /** What has been booked of a day since it was locked: the same change is booked once. */
  async #bookedOf(personId: string, range: { readonly from: string; readonly to: string }) {
    const figures = new Map<string, Record<string, number>>();
    for (const { date, figure, now } of await this.#deps.days.adjustments({
      ...range,
      personId,
      reach: EVERYBODY,
    })) {
      figures.set(date, { ...figures.get(date), [figure]: now });
    }
    return figures;
  }
}

/** The same inputs come to the same result; time alone moves a state. */
function isNews({ state, inputsHash }: StoredDay, known: KnownDay | undefined): boolean {
  return known === undefined || known.inputsHash !== inputsHash || known.state !== state;
}

/** The lock had found nothing here. */
function lockedEmpty(day: StoredDay): StoredDay {
  const result = { ...day.result, state: 'final' as const };
  return { ...day, result, state: 'final', figures: {}, settlesAt: null, reviewAt: null };
}

function differencesOf(
  { personId, date, figures, inputsHash }: StoredDay,
  before: StoredDay['figures'],
  bookedAtMs: number,
): StoredAdjustment[] {
  return adjustmentsOf(dayNumberOf(date), before, figures).map(
    ({ column, locked, now, difference }) => ({
      personId,
      date,
      figure: column,
      locked,
      now,
      difference,
      inputsHash,
      bookedAtMs,
    }),
  );
}
