import type { Problem } from '#contracts/rest/v1/problem';

/** Why the hub's answer cannot be used; each is a state of its own on a screen. */
export type HubFailure =
  /** Nobody answered: the hub is away, or the network is. */
  | { readonly kind: 'offline' }
  /** No session, an expired one, or (when signing in) a name and password that do not match. */
  | { readonly kind: 'signed-out'; readonly problem?: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** An answer that is not understood: caller and hub are of different versions. */
  | { readonly kind: 'unreadable' };
