import { randomUUID } from 'node:crypto';
import type { ApprovalText } from '#contracts/attendance/person-contract';
import type { Refusal } from '#contracts/attendance/refusal';
import { epochOf } from '#contracts/attendance/time-text';
import type { AttendanceMember } from '#contracts/rest/v1/attendance';
import { pendingMakeups } from '#domain/attendance/makeup/pending-makeups';
import { refusalText } from '#domain/attendance/makeup/refusal-text';
import { civilOf, dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import { timelineOf } from '#domain/attendance/timeline';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { DayMarks } from '#hub/attendance/day-marks';
import type { PersonReader } from '#hub/attendance/person-reader';
import type { WrittenFailure } from '#hub/attendance/rule-desk';
import { recordFaults } from '#hub/attendance/written-faults';
import type {
  AttendanceRecordRepository,
  DateRange,
  StoredApproval,
} from '#hub/storage/attendance-record-repository';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';
import type { SqliteDatabase } from '#platform/sqlite/database';

const FIRST_DATE = '0001-01-01';
const LAST_DATE = '9999-12-31';
const FORM_DAYS_MAX = 366; // a year's leave is one form; more is a slip of the pen

interface RecordDeskDeps {
  readonly db: SqliteDatabase;
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

export interface RosterEntry {
  readonly personId: string;
  readonly date: string;
  readonly shift: string | null;
}

/** Where forms, rosters and memberships come in; the days they touch are marked with them. */
export class RecordDesk {
  readonly #deps: RecordDeskDeps;

  constructor(deps: RecordDeskDeps) {
    this.#deps = deps;
  }

  addApproval(personId: string, given: ApprovalText): Result<StoredApproval, WrittenFailure> {
    const { people, records } = this.#deps;
    if (people.get(personId) === undefined) return failed({ kind: 'absent' });
    const approvalId = given.id ?? randomUUID();
    const form = { ...given, id: approvalId };
    const refusals = this.#formFaults(personId, form);
    if (refusals.length > 0) return failed({ kind: 'refused', refusals });
    if (records.approval(approvalId) !== undefined) {
      return failed({ kind: 'conflict', refusals: [TAKEN] });
    }
    const approval = { approvalId, personId, form, range: this.#rangeOf(form) };
    this.#commit((atMs) => {
      records.addApproval(approval, atMs);
      this.#markRange(personId, approval.range);
    });
    return ok(approval);
  }

  /** Rejecting or withdrawing takes the form's effect back; the form itself stays. */
  setApprovalState(
    approvalId: string,
    state: ApprovalText['state'],
  ): Result<StoredApproval, WrittenFailure> {
    const { records } = this.#deps;
    const before = records.approval(approvalId);
    if (before === undefined) return failed({ kind: 'absent' });
    this.#commit((atMs) => {
      records.setApprovalState(approvalId, state, atMs);
      this.#markRange(before.personId, before.range);
    });
    return ok({ ...before, form: { ...before.form, state } });
  }

  setRoster(entries: readonly RosterEntry[]): Result<number, WrittenFailure> {
    const { records, people, marks } = this.#deps;
    if (entries.some(({ personId }) => people.get(personId) === undefined)) {
      return failed({ kind: 'absent' });
    }
    const refusals = this.#shiftFaults(entries);
    if (refusals.length > 0) return failed({ kind: 'refused', refusals });
    let changed = 0;
    this.#commit(() => {
      for (const { personId, date, shift } of entries) {
        if (!records.saveRoster(personId, date, shift)) continue;
        changed += 1;
        marks.around(personId, dayNumberOf(date));
      }
    });
    return ok(changed);
  }

  setMember(personId: string, member: AttendanceMember): Result<AttendanceMember, WrittenFailure> {
    const { people, records, rules, site, work } = this.#deps;
    if (people.get(personId) === undefined) return failed({ kind: 'absent' });
    const known = rules.versions().map((each) => each.rule);
    const refusals = recordFaults(member, known, site.get());
    if (refusals.length > 0) return failed({ kind: 'refused', refusals });
    this.#commit(() => {
      records.saveMember(personId, member);
      work.markExisting({ from: FIRST_DATE, to: LAST_DATE, personId });
    });
    return ok(member);
  }

  #commit(change: (atMs: number) => void): void {
    const { db, clock, onMarked } = this.#deps;
    db.transaction(() => change(clock.now().epochMilliseconds)).immediate();
    onMarked();
  }

  #markRange(personId: string, { from, to }: DateRange): void {
    this.#deps.marks.between(personId, dayNumberOf(from), dayNumberOf(to));
  }

  #formFaults(personId: string, form: ApprovalText): readonly Refusal[] {
    const { site } = this.#deps;
    const faults = recordFaults({ approvals: [form] }, [], site.get());
    if (faults.length > 0) {
      return faults.map((each) => ({ ...each, path: each.path.replace('approvals[0]', 'form') }));
    }
    const { from, to } = this.#rangeOf(form);
    if (dayNumberOf(to) - dayNumberOf(from) > FORM_DAYS_MAX) return [TOO_LONG];
    return form.kind === 'makeup' ? this.#makeupFaults(personId, form) : [];
  }

  /** Judged as it is handed in, against what is approved or waiting in the month of its date. */
  #makeupFaults(personId: string, given: ApprovalText & { kind: 'makeup' }): readonly Refusal[] {
    const { world, reader, clock, site } = this.#deps;
    const today = clock.now().toZonedDateTimeISO(site.get().zone).toPlainDate().toString();
    const date = dayNumberOf(given.date);
    const { day } = civilOf(date);
    const month = { from: date - day + 1, to: date - day + 31 };
    const now = world.now().world;
    const { person } = reader.read(personId, month, now);
    const form = {
      ...given,
      kind: 'makeup' as const,
      id: given.id ?? '',
      state: 'pending' as const,
      date,
      section: given.section - 1,
      at: epochOf(given.at, now.clockOf(now.zone)),
      submittedOn: dayNumberOf(given.submittedOn ?? today),
    };
    const timeline = timelineOf({ ...person, approvals: [...person.approvals, form] }, now);
    const verdict = pendingMakeups(timeline).find((each) => each.form.id === form.id)?.verdict;
    if (verdict === undefined || verdict.ok) return [];
    return [{ path: 'form', ...refusalText(verdict.failure) }];
  }

  #shiftFaults(entries: readonly RosterEntry[]): readonly Refusal[] {
    const versions = this.#deps.rules.versions();
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
  #rangeOf(form: ApprovalText): DateRange {
    const { world } = this.#deps.world.now();
    const clock = world.clockOf(world.zone);
    const dayOf = (text: string): number =>
      text.includes('T') ? clock.wallOf(epochOf(text, clock)).day : dayNumberOf(text);
    const [first, last] = form.kind === 'makeup' ? [form.date, form.date] : [form.from, form.to];
    return { from: isoOf(dayOf(first) - 1), to: isoOf(dayOf(last) + 1) };
  }
}

const TAKEN: Refusal = {
  path: 'form.id',
  'zh-CN': '已有同编号的审批',
  en: 'there is a form with this id already',
};
const TOO_LONG: Refusal = {
  path: 'form.to',
  'zh-CN': `一张审批最多 ${FORM_DAYS_MAX} 天`,
  en: `a form covers at most ${FORM_DAYS_MAX} days`,
};
