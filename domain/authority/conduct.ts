import { type Actor, selvesOf } from '#domain/authority/actor';
import { failed, ok, type Result } from '#domain/result';

/** Records that are nobody's to judge who is in them. */
export type OwnRecord = 'punch' | 'request' | 'exception' | 'result';
export type ConductFault = `own-${OwnRecord}`;

const FAULTS = {
  punch: 'own-punch',
  request: 'own-request',
  exception: 'own-exception',
  result: 'own-result',
} as const satisfies Record<OwnRecord, ConductFault>;

/**
 * Whether an actor may edit a punch, decide a request, resolve an exception or adjust a result of a
 * person. Not their own, and not of somebody they stand in for; no rank is above this. The reach
 * leaves these rows out as well: this is what tells the person why.
 */
export function mayJudge(
  actor: Actor,
  personId: string,
  record: OwnRecord,
): Result<undefined, ConductFault> {
  return selvesOf(actor).has(personId) ? failed(FAULTS[record]) : ok(undefined);
}
