import type { KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import {
  type ChainLink,
  chainStart,
  type EntryDraft,
  hashEntry,
} from '#platform/crypto/entry-chain';
import { isSignedBy, signBody } from '#platform/crypto/signed';

/** An act in its place in the log: what came before it can no longer change unnoticed. */
export interface AuditEntry<Act extends object = object> extends EntryDraft {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly act: Act;
  /** SHA-256 of the canonical JSON (RFC 8785) of everything else. */
  readonly hash: string;
}

/** The state of a log at one moment, signed: what a cut tail and a rewritten log cannot forge. */
export interface AuditCheckpoint {
  readonly body: ChainLink & { readonly at: string };
  /** Ed25519 by the hub, base64url. */
  readonly sig: string;
}

export interface AuditFault {
  /** The first number that is not as it was written. */
  readonly seq: number;
  /**
   * `changed`: an entry is not what its own hash, or the entry after it, says.
   * `missing`: an entry was taken out, or another put in its place.
   * `rewritten`: the log agrees with itself and not with a checkpoint; everything after the last
   * good checkpoint is in doubt. `cut-short`: a checkpoint has seen entries that are gone.
   * `forged-checkpoint`: a checkpoint was not signed by this hub, or is of another log.
   */
  readonly fault: 'changed' | 'missing' | 'rewritten' | 'cut-short' | 'forged-checkpoint';
}

export interface AuditProof {
  readonly logId: string;
  /** Best kept outside the database they vouch for; the more, the closer a fault is found. */
  readonly checkpoints: readonly AuditCheckpoint[];
  readonly publicKey: KeyObject;
}

export function appendAudit<Act extends object>(
  before: ChainLink,
  at: Temporal.Instant,
  act: Act,
): AuditEntry<Act> {
  const { logId, seq, hash: prev } = before;
  const draft = { logId, seq: seq + 1, prev, at: at.toString(), act };
  return { ...draft, hash: hashEntry(draft) };
}

export function signCheckpoint(
  head: ChainLink,
  at: Temporal.Instant,
  key: KeyObject,
): AuditCheckpoint {
  const { logId, seq, hash } = head;
  return signBody({ logId, seq, hash, at: at.toString() }, key);
}

/** @returns the head of the log when every entry is what was written, or the first that is not */
export async function verifyAudit(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  { logId, checkpoints, publicKey }: AuditProof,
): Promise<Result<ChainLink, AuditFault>> {
  const forged = checkpoints.find(
    (each) => each.body.logId !== logId || !isSignedBy(each, publicKey),
  );
  if (forged !== undefined) return failed({ seq: forged.body.seq, fault: 'forged-checkpoint' });
  const seen = new Map<number, AuditCheckpoint['body'][]>();
  for (const { body } of checkpoints) seen.set(body.seq, [...(seen.get(body.seq) ?? []), body]);

  let head = chainStart(logId);
  let vouchedSeq = 0;
  for await (const entry of entries) {
    const next = follow(entry, head);
    if (!next.ok) return next;
    head = next.value;
    const vouchers = seen.get(head.seq) ?? [];
    if (vouchers.some((body) => body.hash !== entry.hash)) {
      return failed({ seq: vouchedSeq + 1, fault: 'rewritten' });
    }
    if (vouchers.length > 0) vouchedSeq = head.seq;
  }
  const isCut = checkpoints.some(({ body }) => body.seq > head.seq);
  return isCut ? failed({ seq: head.seq + 1, fault: 'cut-short' }) : ok(head);
}

function follow(entry: AuditEntry, head: ChainLink): Result<ChainLink, AuditFault> {
  const expected = head.seq + 1;
  // Number first: after a deletion the entry found here is sound, and the absent one is the fault.
  if (entry.seq !== expected || entry.logId !== head.logId) {
    return failed({ seq: expected, fault: 'missing' });
  }
  if (hashEntry({ ...entry }) !== entry.hash) return failed({ seq: expected, fault: 'changed' });
  // Its own hash holds, so it is the entry before that is no longer the one this one was written after.
  if (entry.prev !== head.hash) return failed({ seq: Math.max(head.seq, 1), fault: 'changed' });
  return ok({ logId: entry.logId, seq: entry.seq, hash: entry.hash });
}
