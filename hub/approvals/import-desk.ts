import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type FormSubjectText, subjectOf } from '#contracts/rest/v1/approval-form';
import {
  clockFaultsOf,
  type ForeignRow,
  foreignFormOf,
  type foreignImport,
  type ImportFault,
  type importReport,
  type NumberedRow,
  readForeignRows,
} from '#contracts/rest/v1/approval-import';
import type { Bilingual } from '#domain/approvals/bilingual';
import {
  contradictions,
  type ForeignForm,
  type ForeignOutcome,
  takeForeign,
} from '#domain/approvals/foreign/foreign-form';
import { FORM_DAYS_MAX } from '#domain/approvals/form/check-content';
import { formStateOf } from '#domain/approvals/process/form-state';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import { isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { Caller } from '#hub/approvals/caller';
import { foreignLengthOf } from '#hub/approvals/foreign-leave';
import { takeEffect } from '#hub/approvals/form-effect';
import { horizonFaults } from '#hub/approvals/form-horizon';
import { datesOf, type SubmissionReader } from '#hub/approvals/submission-reader';
import { timetableOf } from '#hub/approvals/timetable';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { RecordDesk } from '#hub/attendance/record-desk';
import type { ApprovalTemplateRepository } from '#hub/storage/approval-template-repository';
import type { ApproverRepository } from '#hub/storage/approver-repository';
import type { FormRepository, StoredFormRow } from '#hub/storage/form-repository';
import type { HubDatabase } from '#hub/storage/hub-database';

interface ImportDeskDeps {
  readonly db: HubDatabase;
  readonly forms: FormRepository;
  readonly approvers: ApproverRepository;
  readonly templates: ApprovalTemplateRepository;
  readonly submissions: SubmissionReader;
  readonly recordDesk: RecordDesk;
  readonly world: AttendanceWorld;
  readonly onMarked: () => void;
}

/** A row of a delivery, and where it stood. */
export interface DeliveredRow {
  readonly line: number;
  readonly input: unknown;
}

type Options = Pick<z.output<typeof foreignImport>, 'faulty' | 'mode'>;
type Report = z.output<typeof importReport>;

/** A row whose person is known. */
interface HeldRow extends NumberedRow {
  readonly form: ForeignForm;
}

interface JudgedRow extends HeldRow {
  readonly known: StoredFormRow | undefined;
  readonly outcome: ForeignOutcome;
}

/**
 * Takes in forms that another system has decided on. All of a delivery or nothing, unless the caller
 * takes the good rows; sent again, it does nothing.
 */
export class ImportDesk {
  readonly #deps: ImportDeskDeps;

  constructor(deps: ImportDeskDeps) {
    this.#deps = deps;
  }

  async take(
    caller: Caller,
    delivered: readonly DeliveredRow[],
    { faulty, mode }: Options,
  ): Promise<Report> {
    const { db, onMarked } = this.#deps;
    const read = readForeignRows(delivered);
    const report = await db.transaction(async () => {
      const judged = await this.#judge(caller, read.rows);
      const faults = [...read.faults, ...judged.faults].toSorted((a, b) => a.line - b.line);
      const isRefused = faulty === 'refuse' && faults.length > 0;
      const counts = countsOf(isRefused && mode === 'import' ? [] : judged.rows);
      if (mode === 'import' && !isRefused) {
        for (const row of judged.rows) await this.#write(row);
      }
      return { mode, rows: delivered.length, ...counts, faults };
    });
    if (mode === 'import') onMarked();
    return report;
  }

  async #judge(
    { by, office }: Caller,
    rows: readonly NumberedRow[],
  ): Promise<{ rows: JudgedRow[]; faults: ImportFault[] }> {
    const { approvers, world } = this.#deps;
    const people = await approvers.byEmployeeNo(
      rows.map(({ row }) => row.employeeNo),
      office,
    );
    const clock = await this.#clock();
    const faults: ImportFault[] = [];
    const held = rows.flatMap((each): HeldRow[] => {
      const applicant = people.get(each.row.employeeNo.toLowerCase());
      if (applicant === undefined) {
        faults.push(faultOf(each.line, 'employeeNo', NOBODY));
        return [];
      }
      const form = foreignFormOf(each.row, applicant.personId, clock);
      const own = [...clockFaultsOf(each, form), ...lengthFaults(each.line, form, clock)];
      faults.push(...own);
      return own.length > 0 ? [] : [{ ...each, form }];
    });
    const doubtful = contradictions(held.map(({ form }) => form));
    const { now: at } = await world.today();
    const judged: JudgedRow[] = [];
    const seen = new Set<string>();
    for (const [index, each] of held.entries()) {
      const { line, form } = each;
      const doubt = doubtful.get(index);
      const known = await this.#deps.forms.foreign(form.source, form.foreignId);
      const taken = takeForeign(form, known === undefined ? null : knownOf(known, clock), {
        by,
        at,
      });
      const wrong = doubt ?? (taken.ok ? undefined : taken.failure);
      if (wrong !== undefined) faults.push(faultOf(line, wrong.path, wrong));
      const identity = JSON.stringify([form.source, form.foreignId]);
      const isRepeated = seen.has(identity);
      seen.add(identity);
      if (wrong !== undefined || !taken.ok) continue;
      judged.push({ ...each, known, outcome: isRepeated ? { kind: 'same' } : taken.value });
    }
    return { rows: judged, faults };
  }

  async #write({ row, form, known, outcome }: JudgedRow): Promise<void> {
    if (outcome.kind === 'same') return;
    const { forms, recordDesk, world } = this.#deps;
    const clock = await this.#clock();
    const { now: at } = await world.today();
    const content = await this.#contentOf(row, form);
    if (known === undefined) {
      const made = {
        ...content,
        formId: randomUUID(),
        applicantId: form.personId,
        foreign: { source: form.source, foreignId: form.foreignId },
        begunAtMs: at * 1000,
        events: outcome.events,
      };
      await forms.add(made);
      await takeEffect({ ...made, state: formStateOf(made.events) }, recordDesk, clock);
      return;
    }
    const changed = { ...known, ...content };
    await forms.rewrite(changed, at * 1000);
    const next = await forms.append(changed, outcome.events, at * 1000);
    await takeEffect(next, recordDesk, clock);
  }

  async #contentOf(row: ForeignRow, form: ForeignForm) {
    const { subject } = form;
    const { timeline, clock } = await this.#deps.submissions.timelineOf(form.personId, subject);
    const leaveTypeId = subject.kind === 'leave' ? subject.leaveTypeId : null;
    const type = leaveTypeId === null ? null : await this.#leaveType(leaveTypeId);
    const { length, amounts } = foreignLengthOf(subject, type, timetableOf(timeline, clock));
    const { from, to } = datesOf(subject, clock);
    return {
      templateId: form.source,
      kind: subject.kind,
      name: form.name, // as it was sent: a name made up here would look like a change the next time
      content: { subject: subjectTextOf(row), reason: '', answers: {}, attachmentIds: [] },
      range: { from: isoOf(from), to: isoOf(to) },
      leaveTypeId,
      length,
      amounts: amounts.map(({ date, amount }) => ({ date: isoOf(date), amount })),
    };
  }

  async #leaveType(leaveTypeId: string): Promise<LeaveType | null> {
    const offered = await this.#deps.templates.offered();
    const types = offered.flatMap(({ template }) => template.leaveTypes);
    return types.find(({ id }) => id === leaveTypeId) ?? null;
  }

  async #clock(): Promise<ZoneClock> {
    const { world } = await this.#deps.world.now();
    return world.clockOf(world.zone);
  }
}

function knownOf(known: StoredFormRow, clock: ZoneClock) {
  const { applicantId, name, content, foreign, state } = known;
  const { source, foreignId } = foreign ?? { source: '', foreignId: '' };
  const status = state.status === 'approved' ? ('approved' as const) : ('withdrawn' as const);
  const subject = subjectOf(content.subject, clock);
  return {
    form: { source, foreignId, personId: applicantId, status, name, subject },
    status: state.status,
  };
}

/** What a row says about attendance, as a form of our own would say it. */
function subjectTextOf(row: ForeignRow): FormSubjectText {
  const { source: _s, foreignId: _f, employeeNo: _e, status: _t, name: _n, ...subject } = row;
  if (subject.kind !== 'leave') return subject;
  const { leaveType: leaveTypeId, ...extent } = subject;
  return { ...extent, leaveTypeId };
}

function countsOf(rows: readonly JudgedRow[]) {
  const count = (kind: ForeignOutcome['kind']): number =>
    rows.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    created: count('new'),
    changed: count('changed'),
    withdrawn: count('withdrawn'),
    same: count('same'),
  };
}

function lengthFaults(line: number, { subject }: ForeignForm, clock: ZoneClock): ImportFault[] {
  const [beyond] = horizonFaults(subject, clock);
  if (beyond !== undefined) return [faultOf(line, beyond.path, beyond)];
  if (subject.kind === 'makeup') return [];
  const { extent } = subject;
  const dayOf = (at: number): number => (extent.unit === 'day' ? at : clock.wallOf(at).day);
  const isLong = dayOf(extent.to) - dayOf(extent.from) > FORM_DAYS_MAX;
  return isLong ? [faultOf(line, 'to', TOO_LONG)] : [];
}

function faultOf(line: number, field: string, { 'zh-CN': zh, en }: Bilingual): ImportFault {
  return { line, field, 'zh-CN': zh, en };
}

const NOBODY: Bilingual = {
  'zh-CN': '没有这个工号，或不在您的管理范围内；请核对工号',
  en: 'nobody in your scope has this employee number; check it',
};
const TOO_LONG: Bilingual = {
  'zh-CN': `一张单最多 ${FORM_DAYS_MAX} 天，请检查日期`,
  en: `a form covers at most ${FORM_DAYS_MAX} days; check the dates`,
};
