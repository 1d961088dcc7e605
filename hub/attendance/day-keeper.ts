import { adjustmentsOf } from '#domain/attendance/finality/adjustment';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { AttendanceDayRepository, StoredDay } from '#hub/storage/attendance-day-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { Clock } from '#platform/clock/clock';

interface KeeperDeps {
  readonly days: AttendanceDayRepository;
  readonly work: AttendanceWorkRepository;
  readonly clock: Clock;
}

/** Where results go: into their row, or, once that is locked, as differences beside it. */
export class DayKeeper {
  readonly #deps: KeeperDeps;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  keep(day: StoredDay): void {
    const { days, work } = this.#deps;
    const known = days.known(day.personId, day.date);
    if (known?.state === 'final') {
      this.#book(day, known.figures);
      return;
    }
    const { lockedThrough } = work.state();
    const cameLate =
      known === undefined && lockedThrough !== undefined && day.date <= lockedThrough;
    if (!cameLate) {
      days.save(day);
      return;
    }
    this.#book(day, {}); // the lock had found nothing here
    const result = { ...day.result, state: 'final' as const };
    days.save({ ...day, result, state: 'final', figures: {}, settlesAt: null, reviewAt: null });
  }

  /** Against what was locked and what has been booked since: the same change is booked once. */
  #book({ personId, date, figures, inputsHash }: StoredDay, locked: StoredDay['figures']): void {
    const { days, clock } = this.#deps;
    const booked = days.adjustments({ from: date, to: date, personId });
    const before = {
      ...locked,
      ...Object.fromEntries(booked.map((row) => [row.figure, row.now])),
    };
    const bookedAtMs = clock.now().epochMilliseconds;
    for (const row of adjustmentsOf(dayNumberOf(date), before, figures)) {
      const { column, locked: was, now, difference } = row;
      days.book({
        personId,
        date,
        figure: column,
        locked: was,
        now,
        difference,
        inputsHash,
        bookedAtMs,
      });
    }
  }
}
