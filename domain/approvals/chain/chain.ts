import type { Bilingual } from '#domain/approvals/bilingual';

/** Who approves, as a template says it. */
export type ApproverRule =
  | { readonly kind: 'directManager' }
  /** 0: the head of the applicant's own department, 1: of the one above it, … */
  | { readonly kind: 'departmentHead'; readonly levelsUp: number }
  | { readonly kind: 'people'; readonly personIds: readonly string[] };

/** When a step applies at all. */
export type Condition =
  | { readonly kind: 'lengthDays'; readonly is: 'atLeast' | 'below'; readonly days: number }
  | { readonly kind: 'leaveType'; readonly leaveTypeIds: readonly string[] }
  | { readonly kind: 'choice'; readonly fieldId: string; readonly optionIds: readonly string[] }
  | {
      readonly kind: 'number';
      readonly fieldId: string;
      readonly is: 'atLeast' | 'below';
      readonly value: number;
    };

/**
 * How many must agree. `any`: one yes passes, only everybody's no rejects. `all`: one no rejects, only
 * everybody's yes passes. The two mirror each other, so the order of votes decides nothing.
 */
export type StepMode = 'any' | 'all';

export interface ChainStep {
  readonly id: string;
  readonly name: Bilingual;
  readonly mode: StepMode;
  readonly approvers: readonly ApproverRule[];
  /** All must hold; none: always. */
  readonly when: readonly Condition[];
}

/** What a step does when nobody can take it. */
export type Fallback =
  | { readonly kind: 'people'; readonly personIds: readonly string[] }
  | { readonly kind: 'skip' }
  | { readonly kind: 'refuse' };

export interface Chain {
  readonly steps: readonly ChainStep[];
  readonly fallback: Fallback;
  /** When no step is left at all. Nothing is approved without anybody's word unless it says so here. */
  readonly unattended: 'refuse' | 'approve';
}
