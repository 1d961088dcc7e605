/**
 * What came of handing one message to somebody else's system.
 *
 * `reason` is a code for logs and for whoever mends it; it never holds an address or a text.
 */
export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  /** Try again, not before `afterSeconds` where the other side named a time. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterSeconds?: number }
  /** This message will never be taken; others may. */
  | { readonly kind: 'never'; readonly reason: string }
  /** There is nobody at this address any more: forget it. */
  | { readonly kind: 'gone'; readonly reason: string };

export const DELIVERED: DeliveryOutcome = { kind: 'delivered' };

export function later(reason: string, afterSeconds?: number): DeliveryOutcome {
  return { kind: 'later', reason, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
}

export function never(reason: string): DeliveryOutcome {
  return { kind: 'never', reason };
}

export function gone(reason: string): DeliveryOutcome {
  return { kind: 'gone', reason };
}
