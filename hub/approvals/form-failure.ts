import type { Fault } from '#domain/approvals/fault';

/** Why nothing happened to a form, a template, a quota, a delegation or a file. */
export type ApprovalFailure =
  | { readonly kind: 'absent' }
  /** Somebody moved it on since the caller looked. */
  | { readonly kind: 'stale' }
  /** It cannot be done as things stand, or is not the caller's to do. */
  | { readonly kind: 'conflict'; readonly faults: readonly Fault[] }
  /** What was written is not right by itself. */
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };
