import type { ClientActor } from '#domain/authority/actor';
import type { Grant } from '#domain/authority/grant';
import { failed, ok, type Result } from '#domain/result';

/** A program that was let in: what it may do, and until when. There is no token without an end. */
export interface ApiClient {
  readonly clientId: string;
  readonly grants: readonly Grant[];
  readonly expiresAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
}

export interface ClientUse {
  readonly at: Temporal.Instant;
  /** The person whose act the program passes on; `null` when it acts for itself. */
  readonly onBehalfOf: string | null;
}

/** The only way to an actor for a program, so that an expired or revoked token is never one. */
export function apiClientActor(
  client: ApiClient,
  use: ClientUse,
): Result<ClientActor, 'expired' | 'revoked'> {
  if (client.revokedAt !== null) return failed('revoked');
  if (Temporal.Instant.compare(use.at, client.expiresAt) >= 0) return failed('expired');
  const { clientId, grants } = client;
  return ok({ kind: 'client', clientId, grants, onBehalfOf: use.onBehalfOf });
}

/** A token nobody renews within a year is a token nobody remembers. */
export const CLIENT_DAYS_MAX = 366;

/** Why a token may not be made to end then, or `null`. */
export function clientExpiryFault(
  expiresAt: Temporal.Instant,
  at: Temporal.Instant,
): 'already-past' | 'too-far' | null {
  if (Temporal.Instant.compare(expiresAt, at) <= 0) return 'already-past';
  const latest = at.add({ hours: CLIENT_DAYS_MAX * 24 });
  return Temporal.Instant.compare(expiresAt, latest) > 0 ? 'too-far' : null;
}
