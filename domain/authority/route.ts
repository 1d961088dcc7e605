import { type Actor, holds } from '#domain/authority/actor';
import type { Access, Capability } from '#domain/authority/capability';
import { failed, ok, type Result } from '#domain/result';

/**
 * Who may knock at a route, as data beside it. A route without one is not served. `self` is for
 * somebody's own records, `signed-in` for anybody with a session; programs have neither.
 */
export type RouteAuthority =
  | 'public'
  | 'signed-in'
  | 'self'
  | { readonly capability: Capability; readonly access: Access };

export type Refusal = 'sign-in-needed' | 'not-allowed';

/** The first door; what is behind it is still limited by the reach. `null` is nobody in particular. */
export function admit(actor: Actor | null, authority: RouteAuthority): Result<undefined, Refusal> {
  if (authority === 'public') return ok(undefined);
  if (actor === null) return failed('sign-in-needed');
  return isAdmitted(actor, authority) ? ok(undefined) : failed('not-allowed');
}

function isAdmitted(actor: Actor, authority: Exclude<RouteAuthority, 'public'>): boolean {
  if (typeof authority === 'object') return holds(actor, authority.capability, authority.access);
  if (actor.kind !== 'account') return false;
  return authority === 'signed-in' || actor.personId !== null;
}
