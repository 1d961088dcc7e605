import type { Problem } from '#contracts/rest/v1/problem';

/** Why the hub's answer cannot be used; each is a state of its own on the screen. */
export type HubFailure =
  | { readonly kind: 'offline' }
  /** No session, an expired one, or (when signing in) a name and password that do not match. */
  | { readonly kind: 'signed-out'; readonly problem?: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** An answer this page does not understand: page and hub are of different versions. */
  | { readonly kind: 'unreadable' };
