import type { Refusal, StateBody } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import { isFrom, type ReadMessage } from '#hub/ingest/signed-message';
import type { JoinedTerminal } from '#hub/storage/terminal-repository';
import { isJoinProof, proofClaim } from '#platform/crypto/join-code';

/**
 * Whether a state message is what its topic says. The first key that proves the join code is pinned;
 * after that another key for the same id is an alarm, whatever it can prove.
 */
export function judgeState(
  read: ReadMessage<StateBody>,
  known: JoinedTerminal | undefined,
  expected: { readonly terminalId: string; readonly joinCode: string },
): Result<'known' | 'joins', Refusal> {
  const { body, message } = read;
  if (body.terminalId !== expected.terminalId) return failed('foreign-log');
  if (known !== undefined && !hasKeysOf(body, known)) return failed('wrong-key');
  if (!isFrom(message, body.signKey)) return failed('signature');
  if (known !== undefined) return ok('known');
  const claim = proofClaim.terminal(body.terminalId, body.signKey, body.sealKey);
  return isJoinProof(body.proof, expected.joinCode, claim) ? ok('joins') : failed('not-joined');
}

function hasKeysOf(body: StateBody, known: JoinedTerminal): boolean {
  return body.signKey === known.signKey && body.sealKey === known.sealKey;
}
