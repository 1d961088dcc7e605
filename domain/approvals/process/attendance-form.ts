import type { FormContent } from '#domain/approvals/form/form';
import type { FormStatus } from '#domain/approvals/process/form-state';
import type { Approval, ApprovalState } from '#domain/attendance/approval/approval';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** How the day calculation sees a status; null: it does not see the form at all. */
export function approvalStateOf(status: FormStatus): ApprovalState | null {
  switch (status) {
    case 'none':
    case 'draft':
      return null;
    case 'submitted':
      return 'pending';
    case 'approved':
    case 'rejected':
    case 'withdrawn':
      return status;
    case 'revoked':
      return 'withdrawn';
  }
}

/** What identifies a form to the day calculation. */
export interface FormIdentity {
  readonly id: string;
  /** As explanations call it: the leave type, or the template. */
  readonly name: string;
  readonly status: FormStatus;
  /** On the clock of the applicant's place. */
  readonly submittedOn: DayNumber;
}

/** A form as the day calculation takes it; null while it is nobody's business but its writer's. */
export function attendanceFormOf(identity: FormIdentity, content: FormContent): Approval | null {
  const { id, name, submittedOn } = identity;
  const state = approvalStateOf(identity.status);
  if (state === null) return null;
  const { subject } = content;
  switch (subject.kind) {
    case 'leave':
    case 'trip':
    case 'outing':
      return { id, name, state, kind: subject.kind, extent: subject.extent };
    case 'overtime':
      return { id, name, state, ...subject };
    case 'makeup':
      return { id, name, state, submittedOn, ...subject };
  }
}
