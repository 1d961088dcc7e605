import { failed, ok, type Result } from '#domain/result';
import type { BackupRepository, KeptLog } from '#hub/storage/backup-repository';
import { verifyAudit } from '#platform/crypto/audit-chain';
import { chainStart, checkEntry, hashEntry } from '#platform/crypto/entry-chain';
import { publicKeyOf as keyOf } from '#platform/crypto/keys';

type PublicKey = ReturnType<typeof keyOf>;

const AUDIT_SINCE_SCHEMA = 6; // older databases have no audit log

/** What was found sound, for whoever wants to compare. */
export interface ProvedBooks {
  readonly logs: number;
  readonly entries: number;
  readonly auditEntries: number;
}

export interface BooksFault {
  readonly log: 'punches' | 'audit';
  readonly logId: string;
  readonly seq: number;
}

interface ProofOptions {
  readonly schemaVersion: number;
  /** Of the hub, which signs checkpoints of its audit log. */
  readonly hubKey: string;
}

/** Walks every chain of the books from its beginning: the logs of the terminals, and the audit log. */
export async function proveBooks(
  books: BackupRepository,
  { schemaVersion, hubKey }: ProofOptions,
): Promise<Result<ProvedBooks, BooksFault>> {
  let entries = 0;
  const logs = await books.logs();
  for (const log of logs) {
    const walked = await walk(books, log);
    if (!walked.ok) return walked;
    entries += walked.value;
  }
  if (schemaVersion < AUDIT_SINCE_SCHEMA)
    return ok({ logs: logs.length, entries, auditEntries: 0 });
  const audit = await proveAudit(books, keyOf('ed25519', hubKey));
  return audit.ok ? ok({ logs: logs.length, entries, auditEntries: audit.value }) : audit;
}

async function walk(books: BackupRepository, log: KeptLog): Promise<Result<number, BooksFault>> {
  const { logId, signKey, upto } = log;
  const key = signKey === null ? undefined : keyOf('ed25519', signKey);
  let link = chainStart(logId);
  try {
    for await (const entry of books.entriesOf(log)) {
      // A log that is nobody's any more has no key to check by; its chain is one all the same.
      const isNext = entry.seq === link.seq + 1 && entry.prev === link.hash;
      const next =
        key === undefined
          ? isNext && hashEntry(entry) === entry.hash
          : checkEntry(entry, link, key).ok;
      if (!next) return failed({ log: 'punches', logId, seq: link.seq + 1 });
      link = { logId, seq: entry.seq, hash: entry.hash };
    }
  } catch {
    return failed({ log: 'punches', logId, seq: link.seq + 1 }); // a row that is no entry any more
  }
  return link.seq === upto ? ok(upto) : failed({ log: 'punches', logId, seq: link.seq + 1 });
}

async function proveAudit(
  books: BackupRepository,
  publicKey: PublicKey,
): Promise<Result<number, BooksFault>> {
  const head = await books.auditHead();
  if (head === undefined) return ok(0); // never started with an audit log yet
  const { logId, seq, hash } = head;
  const checkpoints = await books.auditCheckpoints();
  const proved = await verifyAudit(books.auditEntries(), { logId, checkpoints, publicKey });
  if (!proved.ok) return failed({ log: 'audit', logId, seq: proved.failure.seq });
  const isWhole = proved.value.seq === seq && proved.value.hash === hash;
  return isWhole ? ok(seq) : failed({ log: 'audit', logId, seq: proved.value.seq + 1 });
}
