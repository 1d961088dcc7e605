import type { ResolvedStep } from '#domain/approvals/chain/resolve-chain';

/** Who wrote an event and when; the order of events is that of the store. */
interface Written {
  /** Epoch second. */
  readonly at: number;
  /** A person, or whoever else acts: an administrator's or an API client's id. */
  readonly by: string;
}

export type Decision = 'approve' | 'reject';

/** One thing that happened to a form. Events are only ever added; everything else is read from them. */
export type FormEvent = Written &
  (
    | {
        readonly kind: 'drafted';
        readonly applicantId: string;
        /** The form this one takes up again. */
        readonly resubmits: string | null;
      }
    | {
        readonly kind: 'submitted';
        readonly templateVersion: number;
        readonly steps: readonly ResolvedStep[];
        /** `approve`: the template lets forms without a step pass by themselves. */
        readonly unattended: 'refuse' | 'approve';
      }
    | {
        readonly kind: 'decided';
        readonly stepId: string;
        /** Whose vote it is; another than `by` where it was lent. */
        readonly for: string;
        readonly decision: Decision;
        readonly comment: string;
      }
    | {
        readonly kind: 'transferred';
        readonly stepId: string;
        readonly from: string;
        readonly to: string;
        readonly reason: string;
      }
    | { readonly kind: 'commented'; readonly text: string }
    | { readonly kind: 'withdrawn'; readonly reason: string }
    | { readonly kind: 'revoked'; readonly reason: string }
    /** Approved elsewhere; it never had a chain here. */
    | {
        readonly kind: 'imported';
        readonly applicantId: string;
        readonly source: string;
        readonly foreignId: string;
      }
    /** The other system changed it; what it was before stays in the record. */
    | { readonly kind: 'amended'; readonly fields: readonly string[] }
  );
