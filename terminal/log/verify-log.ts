import { genesisBody, upEntry } from '#contracts/wire/v1/up-log';
import { failed, ok, type Result } from '#domain/result';
import { canonicalJson } from '#platform/crypto/canonical';
import {
  type ChainFault,
  type ChainLink,
  chainStart,
  checkEntry,
} from '#platform/crypto/entry-chain';
import { publicKeyOf } from '#platform/crypto/keys';

export interface LogFault {
  readonly logId: string | undefined;
  /** The entry that should have stood here. */
  readonly seq: number;
  readonly fault: ChainFault | 'unreadable' | 'genesis' | 'cut-off';
}

export interface LogOwner {
  readonly terminalId: string;
  readonly signKey: string;
}

/**
 * Walks every log of a database from its first entry to its last and stops at the first that is not
 * as it was written. Any one changed bit, deletion, insertion or swap is found; a cut tail is found
 * where `witness` remembers more than is there.
 *
 * @param texts stored entries, oldest first
 */
export function verifyLog(
  texts: Iterable<string>,
  owner: LogOwner,
  witness: ChainLink | undefined,
): Result<{ readonly entries: number }, LogFault> {
  const key = publicKeyOf('ed25519', owner.signKey);
  const heads = new Map<string, ChainLink>();
  let last: ChainLink | undefined;
  let entries = 0;
  let witnessed = witness === undefined;
  for (const text of texts) {
    const entry = readEntry(text);
    if (entry === undefined) return failed(faultAfter(last, 'unreadable'));
    const known = heads.get(entry.logId);
    if (known === undefined && !isGenesis(entry, owner)) return failed(faultAfter(last, 'genesis'));
    const before = known ?? chainStart(entry.logId);
    const checked = checkEntry(entry, before, key);
    if (!checked.ok) return failed(faultAfter(before, checked.failure));
    last = checked.value;
    heads.set(entry.logId, last);
    witnessed ||= witness?.hash === last.hash;
    entries += 1;
  }
  return witnessed
    ? ok({ entries })
    : failed(faultAfter(heads.get(witness?.logId ?? ''), 'cut-off'));
}

function readEntry(text: string): ReturnType<typeof upEntry.parse> | undefined {
  try {
    const entry = upEntry.parse(JSON.parse(text));
    return canonicalJson(entry) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isGenesis(entry: { kind: string; body: object }, owner: LogOwner): boolean {
  const body = genesisBody.safeParse(entry.body);
  if (entry.kind !== 'genesis' || !body.success) return false;
  return body.data.terminalId === owner.terminalId && body.data.signKey === owner.signKey;
}

function faultAfter(before: ChainLink | undefined, fault: LogFault['fault']): LogFault {
  return { logId: before?.logId, seq: (before?.seq ?? 0) + 1, fault };
}
