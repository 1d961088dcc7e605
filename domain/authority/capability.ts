/**
 * What can be given to an administrator or an API client, one by one. Punches go with `results`,
 * sites and terminals with `fleet`, departments with `people`, switching attendance on with `rules`,
 * API clients and webhooks with `administrators`.
 */
export const CAPABILITIES = [
  'rules',
  'people',
  'enrolment',
  'approvals',
  'results',
  'exceptions',
  'exports',
  'fleet',
  'audit',
  'administrators',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Looking, or also acting. Of approvals, `change` is deciding them; filing one's own needs no grant. */
export const ACCESSES = ['view', 'change'] as const;
export type Access = (typeof ACCESSES)[number];

/** Whoever may change something may look at it; never the other way round. */
export function includesAccess(held: Access, wanted: Access): boolean {
  return held === 'change' || wanted === 'view';
}
