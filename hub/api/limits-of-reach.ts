import type { Actor } from '#domain/authority/actor';
import { mayJudge, type OwnRecord } from '#domain/authority/conduct';
import type { Reach } from '#domain/authority/reach';
import { type AuthorityFault, authorityText } from '#domain/authority/refusal-text';
import { ProblemError } from '#hub/api/problem';

/**
 * Asked before a punch, request, exception or result of somebody is changed: never one's own, nor of
 * whom one stands in for. The reach leaves such a row out, which would only say that it is not there.
 *
 * @throws ProblemError that says so
 */
export function requireMayJudge(actor: Actor, personId: string, record: OwnRecord): void {
  const judged = mayJudge(actor, personId, record);
  if (!judged.ok) throw notAllowed(judged.failure);
}

/** What touches the whole company takes somebody whose reach is the whole company. */
export function requireEverybody(reach: Reach): void {
  if (reach.kind !== 'everybody') throw notAllowed('beyond-own');
}

/** With the words that say what to do instead. */
export function notAllowed(fault: AuthorityFault, path = ''): ProblemError {
  return new ProblemError('not-allowed', { errors: [{ path, reason: authorityText(fault) }] });
}
