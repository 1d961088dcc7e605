import { subjectOf } from '#contracts/rest/v1/approval-form';
import type { Chain } from '#domain/approvals/chain/chain';
import { leaveTypeOf } from '#domain/approvals/form/check-content';
import { type FormContent, type FormSubject, firstDateOf } from '#domain/approvals/form/form';
import { approvalStateOf } from '#domain/approvals/process/attendance-form';
import type { SubmissionFacts } from '#domain/approvals/submission/submission';
import type { MakeupForm } from '#domain/attendance/approval/approval';
import { civilOf, type DayNumber, isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { Timeline } from '#domain/attendance/timeline';
import type { LeaveAccounts } from '#hub/approvals/leave-accounts';
import { timetableOf } from '#hub/approvals/timetable';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { PersonReader } from '#hub/attendance/person-reader';
import type { StoredTemplate } from '#hub/storage/approval-template-repository';
import type { Applicant, ApproverRepository } from '#hub/storage/approver-repository';
import type { FormRepository, StoredFormRow } from '#hub/storage/form-repository';

const READ_DAYS_MAX = 400; // beyond what a form may last: a longer one is refused whatever lies there

interface ReaderDeps {
  readonly forms: FormRepository;
  readonly approvers: ApproverRepository;
  readonly accounts: LeaveAccounts;
  readonly world: AttendanceWorld;
  readonly reader: PersonReader;
}

/** A form in somebody's hands. */
export interface HeldForm {
  readonly formId: string;
  readonly applicant: Applicant;
  readonly content: FormContent;
}

/** Reads everything a form is held against when it is handed in. */
export class SubmissionReader {
  readonly #deps: ReaderDeps;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  async read(form: HeldForm, { template }: StoredTemplate): Promise<SubmissionFacts> {
    const { world, approvers } = this.#deps;
    const { formId, applicant, content } = form;
    const { day: today } = await world.today();
    const { timeline, clock } = await this.timelineOf(applicant.personId, content.subject);
    const named = [applicant.personId, ...namedIn(template.chain)];
    const dates = datesOf(content.subject, clock);
    return {
      formId,
      applicantId: applicant.personId,
      today,
      template,
      organisation: await approvers.organisation(named, isoOf(today)),
      timetable: timetableOf(timeline, clock),
      others: (await this.#near(form, dates)).map((other) => ({
        id: other.formId,
        subject: subjectOf(other.content.subject, clock),
      })),
      account: await this.#accountOf(form, template, clock),
      makeup: await this.#makeupOf(form, timeline, clock),
    };
  }

  /** The person's own hours around what a form is about. */
  async timelineOf(
    personId: string,
    subject: FormSubject,
  ): Promise<{ readonly timeline: Timeline; readonly clock: ZoneClock }> {
    const { world, reader } = this.#deps;
    const { world: now } = await world.now();
    const clock = now.clockOf(now.zone);
    const { from, to } = datesOf(subject, clock);
    const { timeline } = await reader.read(personId, [from, to], now);
    return { timeline, clock };
  }

  async #near({ formId, applicant }: HeldForm, { from, to }: Dates): Promise<StoredFormRow[]> {
    const range = { from: isoOf(from - 1), to: isoOf(to + 1) };
    return await this.#deps.forms.counting(applicant.personId, range, formId);
  }

  async #accountOf(
    { applicant, content }: HeldForm,
    template: StoredTemplate['template'],
    clock: ZoneClock,
  ): Promise<SubmissionFacts['account']> {
    const type = leaveTypeOf(content, template);
    if (type === null) return null;
    return await this.#deps.accounts.of(applicant, type, { templateId: template.id, clock });
  }

  async #makeupOf(
    { formId, applicant, content: { subject } }: HeldForm,
    timeline: Timeline,
    clock: ZoneClock,
  ): Promise<SubmissionFacts['makeup']> {
    if (subject.kind !== 'makeup') return { policy: null, others: [] };
    const policy = timeline.rulingOn(subject.date).rule?.makeup ?? null;
    const others = await this.makeupsOf(applicant.personId, subject.date, clock);
    return { policy, others: others.filter(({ id }) => id !== formId) };
  }

  /** The make-ups of the month that a date lies in. */
  async makeupsOf(personId: string, date: DayNumber, clock: ZoneClock): Promise<MakeupForm[]> {
    const first = date - civilOf(date).day + 1;
    const range = { from: isoOf(first), to: isoOf(first + 30) };
    const forms = await this.#deps.forms.counting(personId, range);
    return forms.flatMap((form) => makeupFrom(form, clock));
  }
}

function makeupFrom(
  { formId, name, content, state }: StoredFormRow,
  clock: ZoneClock,
): MakeupForm[] {
  const subject = subjectOf(content.subject, clock);
  const known = approvalStateOf(state.status);
  if (subject.kind !== 'makeup' || known === null) return [];
  const submittedOn = clock.wallOf(state.submittedAt ?? subject.at).day;
  return [{ ...subject, id: formId, name, state: known, submittedOn }];
}

interface Dates {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** The dates a form is about, both inside. */
export function datesOf(subject: FormSubject, clock: ZoneClock): Dates {
  const from = firstDateOf(subject, clock);
  if (subject.kind === 'makeup') return { from, to: from };
  const { extent } = subject;
  const last = extent.unit === 'day' ? extent.to : clock.wallOf(extent.to).day;
  return { from, to: Math.min(Math.max(from, last), from + READ_DAYS_MAX) };
}

function namedIn({ steps, fallback }: Chain): readonly string[] {
  const ofSteps = steps.flatMap(({ approvers }) =>
    approvers.flatMap((rule) => (rule.kind === 'people' ? rule.personIds : [])),
  );
  return [...ofSteps, ...(fallback.kind === 'people' ? fallback.personIds : [])];
}
