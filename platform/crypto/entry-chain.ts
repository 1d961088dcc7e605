import type { KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import { canonicalJson, sha256Hex } from '#platform/crypto/canonical';
import { signText, verifyText } from '#platform/crypto/signed';

/** What the next entry must know of the one before it. */
export interface ChainLink {
  readonly logId: string;
  readonly seq: number;
  readonly hash: string;
}

/** An entry before it is sealed into its log: everything the hash covers. */
export interface EntryDraft {
  readonly logId: string;
  readonly seq: number;
  /** Hash of the entry before it. */
  readonly prev: string;
}

export type ChainedEntry<D extends EntryDraft = EntryDraft> = D & {
  readonly hash: string;
  /** Ed25519 over the text of `hash`, base64url. */
  readonly sig: string;
};

export type ChainFault = 'hash' | 'signature' | 'chain';

const NO_HASH = '0'.repeat(64);

/** What stands before the first entry of a log. */
export function chainStart(logId: string): ChainLink {
  return { logId, seq: 0, hash: NO_HASH };
}

/** SHA-256 of the canonical JSON (RFC 8785) of everything but `hash` and `sig`. */
export function hashEntry(entry: EntryDraft): string {
  const { hash: _hash, sig: _sig, ...covered } = entry as EntryDraft & Partial<ChainedEntry>;
  return sha256Hex(canonicalJson(covered));
}

export function signEntry<D extends EntryDraft>(draft: D, key: KeyObject): ChainedEntry<D> {
  const hash = hashEntry(draft);
  return { ...draft, hash, sig: signText(hash, key) };
}

/**
 * The one rule by which a terminal and a hub judge an entry against its predecessor. Content first:
 * an entry that does not match its own hash says nothing about where it belongs.
 */
export function checkEntry(
  entry: ChainedEntry,
  before: ChainLink,
  publicKey: KeyObject,
): Result<ChainLink, ChainFault> {
  if (hashEntry(entry) !== entry.hash) return failed('hash');
  // 86 base64url digits hold four bits more than a signature: only one spelling is the signature's.
  const spelled = Buffer.from(entry.sig, 'base64url').toString('base64url');
  if (spelled !== entry.sig || !verifyText(entry.hash, entry.sig, publicKey))
    return failed('signature');
  const follows =
    entry.logId === before.logId && entry.seq === before.seq + 1 && entry.prev === before.hash;
  return follows ? ok({ logId: entry.logId, seq: entry.seq, hash: entry.hash }) : failed('chain');
}
