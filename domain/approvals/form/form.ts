import type { Attachment } from '#domain/approvals/attachment/attachment';
import type { Answers } from '#domain/approvals/form/answer';
import type { Extent, MakeupReason } from '#domain/attendance/approval/approval';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** What a form says about attendance; the part that acts on days. */
export type FormSubject =
  | { readonly kind: 'leave'; readonly leaveTypeId: string; readonly extent: Extent }
  | { readonly kind: 'trip'; readonly extent: Extent }
  | { readonly kind: 'outing'; readonly extent: Extent }
  | {
      readonly kind: 'overtime';
      readonly extent: Extent;
      readonly compensation: 'pay' | 'leave' | null;
    }
  | {
      readonly kind: 'makeup';
      readonly date: DayNumber;
      readonly duty: 'on' | 'off';
      /** Counted from 0. */
      readonly section: number;
      /** Epoch second. */
      readonly at: number;
      readonly reason: MakeupReason;
    };

/** What a form holds. Frozen at submission; a change is a new form linked to the old one. */
export interface FormContent {
  readonly subject: FormSubject;
  readonly reason: string;
  readonly answers: Answers;
  readonly attachments: readonly Attachment[];
}

/** The first date a form is about, on a given clock. */
export function firstDateOf(
  subject: FormSubject,
  clock: { wallOf(at: number): { readonly day: DayNumber } },
): DayNumber {
  if (subject.kind === 'makeup') return subject.date;
  const { extent } = subject;
  return extent.unit === 'day' ? extent.from : clock.wallOf(extent.from).day;
}
