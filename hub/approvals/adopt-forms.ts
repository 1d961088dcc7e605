import type { ApprovalText } from '#contracts/attendance/person-contract';
import type { FormSubjectText } from '#contracts/rest/v1/approval-form';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import type {
  AttendanceRecordRepository,
  StoredApproval,
} from '#hub/storage/attendance-record-repository';
import type { FormRepository } from '#hub/storage/form-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';

/** The name under which approved forms of a hub from before there were forms can still be taken back. */
const SOURCE = 'attendance';

interface AdoptionDeps {
  readonly db: HubDatabase;
  readonly forms: FormRepository;
  readonly records: AttendanceRecordRepository;
  readonly clock: Clock;
}

/**
 * Gives what was approved before there were forms a form of its own, as if another system had sent it.
 * Doing it again does nothing; no day changes by it.
 */
export async function adoptForms({ db, forms, records, clock }: AdoptionDeps): Promise<void> {
  await db.transaction(async () => {
    const atMs = clock.now().epochMilliseconds;
    for (const approval of await records.approvedAlone()) {
      const subject = subjectOf(approval.form);
      if (subject !== null) await forms.add(formOf(approval, subject, atMs));
    }
  });
}

function formOf(
  { approvalId, personId, range, form }: StoredApproval,
  subject: FormSubjectText,
  atMs: number,
): Parameters<FormRepository['add']>[0] {
  const [source, foreignId, at] = [SOURCE, approvalId, Math.floor(atMs / 1000)];
  const imported = { kind: 'imported', at, by: 'system:approvals', applicantId: personId } as const;
  return {
    formId: approvalId,
    templateId: SOURCE,
    kind: subject.kind,
    applicantId: personId,
    name: form.name,
    content: { subject, reason: '', answers: {}, attachmentIds: [] },
    // What it may act on was written with a day to each side.
    range: { from: isoOf(dayNumberOf(range.from) + 1), to: isoOf(dayNumberOf(range.to) - 1) },
    leaveTypeId: null,
    length: null,
    amounts: [],
    foreign: { source, foreignId },
    begunAtMs: atMs,
    events: [{ ...imported, source, foreignId }],
  };
}

/** @returns null for what no form says */
function subjectOf(text: ApprovalText): FormSubjectText | null {
  const { id: _id, name: _name, state: _state, ...said } = text;
  if (said.kind === 'makeup') {
    const { submittedOn: _on, ...makeup } = said;
    return makeup;
  }
  if (said.kind === 'overtime') return said;
  const { kind, ...extent } = said;
  if (kind === 'approvalPunch') return null;
  return kind === 'leave' ? { kind, leaveTypeId: 'other', ...extent } : { kind, ...extent };
}
