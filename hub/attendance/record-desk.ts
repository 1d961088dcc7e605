import type { ApprovalText } from '#contracts/attendance/person-contract';
import type { Refusal } from '#contracts/attendance/refusal';
import { epochOf } from '#contracts/attendance/time-text';
import type { AttendanceMember } from '#contracts/rest/v1/attendance';
import { type DayNumber, dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { DayMarks } from '#hub/attendance/day-marks';
import type { PersonReader } from '#hub/attendance/person-reader';
import type { WrittenFailure } from '#hub/attendance/rule-desk';
import { recordFaults } from '#hub/attendance/written-faults';
import type {
  AttendanceRecordRepository,
  DateRange,
  RosterEntry,
} from '#hub/storage/attendance-record-repository';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';

const FIRST_DATE = '0001-01-01';
const LAST_DATE = '9999-12-31';

interface RecordDeskDeps {
  readonly db: HubDatabase;
  readonly records: AttendanceRecordRepository;
  readonly rules: AttendanceRuleRepository;
  readonly work: AttendanceWorkRepository;
  readonly people: PersonRepository;
  readonly marks: DayMarks;
  readonly world: AttendanceWorld;
  readonly reader: PersonReader;
  readonly site: SiteRepository;
  readonly clock: Clock;
  readonly onMarked: () => void;
}

/**
 * Where forms, rosters and memberships come in; the days they touch are marked with them. What is judged
 * against the books is judged and written in one transaction: two make-ups at once share one quota.
 */
export class RecordDesk {
  readonly #deps: RecordDeskDeps;

  constructor(deps: RecordDeskDeps) {
    this.#deps = deps;
  }

  /**
   * A form as days see it from now on, within the unit of work of whoever decided about it. What it
   * acted on before is marked as well as what it acts on now.
   */
  async keepForm(personId: string, form: ApprovalText & { readonly id: string }): Promise<void> {
    const { records, clock } = this.#deps;
    const before = await records.approval(form.id);
    const range = await this.#rangeOf(form);
    const approval = { approvalId: form.id, personId, form, range };
    await records.saveApproval(approval, clock.now().epochMilliseconds);
    if (before !== undefined) await this.#markRange(before.personId, before.range);
    await this.#markRange(personId, range);
  }

  /** @param reach whoever is named has to be within it, or nothing is set */
  async setRoster(
    given: readonly RosterEntry[],
    reach: Reach,
  ): Promise<Result<number, WrittenFailure>> {
    const { records, people, marks } = this.#deps;
    const cells = new Map(given.map((entry) => [`${entry.personId} ${entry.date}`, entry]));
    const persons = new Set(given.map(({ personId }) => personId));
    return await this.#commit(async () => {
      const known = await people.within([...persons], reach);
      if (known.size < persons.size) return failed({ kind: 'absent' });
      const refusals = await this.#shiftFaults(given);
      if (refusals.length > 0) return failed({ kind: 'refused', refusals });
      const before = await this.#reachedBy(cells.values());
      const changed = await records.saveRoster([...cells.values()]);
      for (const { personId, date } of changed) {
        await marks.around(personId, dayNumberOf(date));
        await marks.on(personId, before.get(personId) ?? []);
      }
      return ok(changed.length);
    });
  }

  /** What shares punches with these dates by the roster as it stands: a change may part them. */
  async #reachedBy(cells: Iterable<RosterEntry>): Promise<ReadonlyMap<string, DayNumber[]>> {
    const { world, reader } = this.#deps;
    const { world: now } = await world.now();
    const reached = new Map<string, DayNumber[]>();
    for (const [personId, own] of Map.groupBy(cells, (cell) => cell.personId)) {
      const near = own.flatMap((cell) => aroundOf(dayNumberOf(cell.date)));
      const read = await reader.read(personId, near, now);
      reached.set(
        personId,
        read.reached.filter((date) => !near.includes(date)),
      );
    }
    return reached;
  }

  async setMember(
    personId: string,
    member: AttendanceMember,
    reach: Reach,
  ): Promise<Result<AttendanceMember, WrittenFailure>> {
    const { people, records, rules, site, work } = this.#deps;
    return await this.#commit(async () => {
      if (!(await people.isWithin(personId, reach))) return failed({ kind: 'absent' });
      const known = (await rules.versions()).map((each) => each.rule);
      const refusals = recordFaults(member, known, await site.get());
      if (refusals.length > 0) return failed({ kind: 'refused', refusals });
      await records.saveMember(personId, member);
      await work.markExisting({ from: FIRST_DATE, to: LAST_DATE, personId });
      return ok(member);
    });
  }

  async #commit<T>(
    change: (atMs: number) => Promise<Result<T, WrittenFailure>>,
  ): Promise<Result<T, WrittenFailure>> {
    const { db, clock, onMarked } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    const changed = await db.transaction(async () => await change(atMs));
    if (changed.ok) onMarked();
    return changed;
  }

  async #markRange(personId: string, { from, to }: DateRange): Promise<void> {
    await this.#deps.marks.between(personId, dayNumberOf(from), dayNumberOf(to));
  }

  async #shiftFaults(entries: readonly RosterEntry[]): Promise<readonly Refusal[]> {
    const versions = await this.#deps.rules.versions();
    const known = new Set(versions.flatMap(({ rule }) => rule.shifts.map((shift) => shift.id)));
    return entries.flatMap(({ shift }, index) =>
      shift === null || known.has(shift)
        ? []
        : [
            {
              path: `entries[${index}].shift`,
              'zh-CN': `班次 ${shift} 不存在（可能已删除）`,
              en: `there is no shift ${shift}; it may have been deleted`,
            },
          ],
    );
  }

  /** The dates a form may act on, and their neighbours. */
  async #rangeOf(form: ApprovalText): Promise<DateRange> {
    const { world } = await this.#deps.world.now();
    const clock = world.clockOf(world.zone);
    const dayOf = (text: string): number =>
      text.includes('T') ? clock.wallOf(epochOf(text, clock)).day : dayNumberOf(text);
    const [first, last] = form.kind === 'makeup' ? [form.date, form.date] : [form.from, form.to];
    return { from: isoOf(dayOf(first) - 1), to: isoOf(dayOf(last) + 1) };
  }
}

function aroundOf(date: DayNumber): DayNumber[] {
  return [date - 1, date, date + 1];
}
