import type { DayNumber } from '#domain/attendance/time/day-number';

export type ApprovalState = 'approved' | 'pending' | 'rejected' | 'withdrawn';

/** The forms that excuse working time. */
export type CreditKind = 'leave' | 'trip' | 'outing' | 'approvalPunch';

/** When a form holds: to the second, or by days and halves of days, both ends included. */
export type Extent =
  | { readonly unit: 'time'; readonly from: number; readonly to: number }
  | {
      readonly unit: 'day';
      readonly from: DayNumber;
      readonly to: DayNumber;
      readonly starts: 'am' | 'pm';
      readonly ends: 'am' | 'pm';
    };

interface Form {
  readonly id: string;
  readonly name: string;
  readonly state: ApprovalState;
}

export interface CreditForm extends Form {
  readonly kind: CreditKind;
  readonly extent: Extent;
}

export interface OvertimeForm extends Form {
  readonly kind: 'overtime';
  readonly extent: Extent;
  /** The applicant's choice, where the form offers one. */
  readonly compensation: 'pay' | 'leave' | null;
}

/** What a make-up wants to put right. */
export type MakeupReason = 'missing' | 'late' | 'early' | 'other';

export interface MakeupForm extends Form {
  readonly kind: 'makeup';
  readonly date: DayNumber;
  readonly duty: 'on' | 'off';
  /** Which section, counted from 0. */
  readonly section: number;
  readonly at: number;
  readonly submittedOn: DayNumber;
  readonly reason: MakeupReason;
}

export type Approval = CreditForm | OvertimeForm | MakeupForm;
