import type { AttachmentRule } from '#domain/approvals/attachment/attachment';
import type { Bilingual } from '#domain/approvals/bilingual';
import type { Chain } from '#domain/approvals/chain/chain';
import type { Field } from '#domain/approvals/template/field';
import type { LeaveType } from '#domain/approvals/template/leave-type';

/** The five forms that act on attendance. */
export type FormKind = 'leave' | 'trip' | 'outing' | 'overtime' | 'makeup';

/** To what grain a form says when it holds. Leave asks its leave type instead, a make-up names a punch. */
export type ExtentUnit = 'minute' | 'halfDay' | 'day';

/**
 * One version of one form, as it is offered to people. A submitted form keeps the version it was
 * written on: a published one never changes, its successor has the next number.
 */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly kind: FormKind;
  readonly name: Bilingual;
  readonly unit: ExtentUnit;
  readonly fields: readonly Field[];
  /** Of `leave` only. */
  readonly leaveTypes: readonly LeaveType[];
  readonly attachments: AttachmentRule;
  readonly attachmentsRequired: boolean;
  /** What counts as a day where hours are compared with days, in minutes. */
  readonly dayMinutes: number;
  /** How long after its first day a form may still be handed in; null: any time. */
  readonly backdateDaysMax: number | null;
  readonly chain: Chain;
}
