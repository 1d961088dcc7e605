import { isoOf } from '#domain/attendance/time/day-number';
import { zoneClocks } from '#domain/attendance/time/zone-clock';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';

interface MarksDeps {
  readonly work: AttendanceWorkRepository;
  readonly rules: AttendanceRuleRepository;
}

/** Notes which days a change may touch. Cheap, so that it fits into the transaction of the change. */
export class DayMarks {
  readonly #deps: MarksDeps;
  readonly #clockOf = zoneClocks();

  constructor(deps: MarksDeps) {
    this.#deps = deps;
  }

  /** A punch may fill a duty of its date or of a neighbour; its date is read on every clock in use. */
  atMoment(personId: string, epochMs: number): void {
    const { rules } = this.#deps;
    const at = Math.floor(epochMs / 1000);
    const dates = new Set(rules.zones().map((zone) => this.#clockOf(zone).wallOf(at).day));
    for (const date of dates) this.around(personId, date);
  }

  /** A date and its neighbours. */
  around(personId: string, date: number): void {
    this.between(personId, date - 1, date + 1);
  }

  between(personId: string, from: number, to: number): void {
    for (let date = from; date <= to; date += 1) this.#deps.work.mark(personId, isoOf(date));
  }
}
