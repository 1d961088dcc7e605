import { type DayNumber, isoOf } from '#domain/attendance/time/day-number';
import { zoneClocks } from '#domain/attendance/time/zone-clock';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';

interface MarksDeps {
  readonly work: AttendanceWorkRepository;
  readonly rules: AttendanceRuleRepository;
}

/** Somebody punched, or a punch was withdrawn. */
export interface Moment {
  readonly personId: string;
  readonly epochMs: number;
}

/** Notes which days a change may touch. Cheap, so that it fits into the transaction of the change. */
export class DayMarks {
  readonly #deps: MarksDeps;
  readonly #clockOf = zoneClocks();

  constructor(deps: MarksDeps) {
    this.#deps = deps;
  }

  async atMoment(personId: string, epochMs: number): Promise<void> {
    await this.atMoments([{ personId, epochMs }]);
  }

  /** A punch may fill a duty of its date or of a neighbour; its date is read on every clock in use. */
  async atMoments(moments: readonly Moment[]): Promise<void> {
    if (moments.length === 0) return;
    const { rules, work } = this.#deps;
    const clocks = (await rules.zones()).map((zone) => this.#clockOf(zone));
    const days = moments.flatMap(({ personId, epochMs }) => {
      const at = Math.floor(epochMs / 1000);
      const dates = clocks.map((clock) => clock.wallOf(at).day);
      const near = dates.flatMap((date) => [date - 1, date, date + 1]);
      return near.map((date) => ({ personId, date: isoOf(date) }));
    });
    await work.markAll(days);
  }

  /** A date and its neighbours. */
  async around(personId: string, date: number): Promise<void> {
    await this.between(personId, date - 1, date + 1);
  }

  async between(personId: string, from: number, to: number): Promise<void> {
    const dates = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    await this.on(personId, dates);
  }

  async on(personId: string, dates: readonly DayNumber[]): Promise<void> {
    await this.#deps.work.mark(personId, dates.map(isoOf));
  }
}
