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
