import type { Actor } from '#domain/authority/actor';

/** By which name somebody stands in the records of what they did. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return actor.accountId;
    case 'client':
      return `client:${actor.clientId}`;
    case 'system':
      return `system:${actor.part}`;
  }
}
