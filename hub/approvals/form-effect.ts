import type { ApprovalText } from '#contracts/attendance/person-contract';
import type { FormSubjectText } from '#contracts/rest/v1/approval-form';
import { approvalStateOf } from '#domain/approvals/process/attendance-form';
import { isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { RecordDesk } from '#hub/attendance/record-desk';
import type { StoredFormRow } from '#hub/storage/form-repository';

/** Carries a form over to the days it acts on, within the unit of work that moved it. */
export async function takeEffect(
  form: StoredFormRow,
  recordDesk: RecordDesk,
  clock: ZoneClock,
): Promise<void> {
  const state = approvalStateOf(form.state.status);
  if (state === null) return;
  const { formId: id, name } = form;
  const submittedOn = isoOf(clock.wallOf(form.state.submittedAt ?? 0).day);
  const text = approvalTextOf(form.content.subject, { id, name, state, submittedOn });
  await recordDesk.keepForm(form.applicantId, text);
}

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly state: ApprovalText['state'];
  readonly submittedOn: string;
}

function approvalTextOf(
  subject: FormSubjectText,
  { submittedOn, ...identity }: Identity,
): ApprovalText & { readonly id: string } {
  if (subject.kind === 'makeup') return { ...subject, ...identity, submittedOn };
  if (subject.kind === 'leave') {
    const { leaveTypeId: _, ...leave } = subject;
    return { ...leave, ...identity };
  }
  return { ...subject, ...identity };
}
