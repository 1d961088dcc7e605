import type { KeyObject } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Refusal } from '#contracts/wire/v1/messages';
import { BATCH_BYTES_MAX, genesisBody, type UpEntry, upBatch } from '#contracts/wire/v1/up-log';
import { failed, ok, type Result } from '#domain/result';
import { jsonOf } from '#hub/ingest/signed-message';
import { type ChainLink, checkEntry } from '#platform/crypto/entry-chain';

/** What the hub already holds of the log a batch belongs to. */
export interface KnownLog {
  readonly last: ChainLink;
  hashAt(seq: number): string | undefined;
}

export interface Writer {
  readonly terminalId: string;
  readonly signKey: string;
  readonly key: KeyObject;
}

export interface Verdict {
  /** To be stored: in order, without a gap behind `known.last`. */
  readonly fresh: readonly UpEntry[];
  /** Highest `seq` of the batch; above `fresh` where something is missing before it. */
  readonly head: number;
}

export interface BatchFault {
  readonly reason: Refusal;
  readonly seq?: number;
}

const SLICE = 16; // entries checked before others get a turn: about 3 ms

/** One log per batch, in ascending order. */
export function readBatch(payload: Uint8Array): Result<UpEntry[], BatchFault> {
  if (payload.byteLength > BATCH_BYTES_MAX) return failed({ reason: 'too-large' });
  const batch = upBatch.safeParse(jsonOf(payload));
  if (!batch.success) return failed({ reason: 'schema' });
  const { entries } = batch.data;
  const isOrdered = entries.every((entry, index) => {
    const before = entries[index - 1];
    return before === undefined || (before.logId === entry.logId && before.seq < entry.seq);
  });
  return isOrdered ? ok(entries) : failed({ reason: 'schema' });
}

/** Decides about a whole batch before anything of it is stored: all that can be, or nothing. */
export async function judgeBatch(
  entries: readonly UpEntry[],
  known: KnownLog,
  writer: Writer,
): Promise<Result<Verdict, BatchFault>> {
  const fresh: UpEntry[] = [];
  let last = known.last;
  for (const [index, entry] of entries.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    if (entry.seq > last.seq + 1) break; // a gap: what lies behind it is asked for
    if (entry.seq <= last.seq) {
      const fault = judgeKnown(entry, known, writer);
      if (fault !== undefined) return failed(fault);
      continue;
    }
    const fault = judgeGenesis(entry, writer);
    if (fault !== undefined) return failed(fault);
    const checked = checkEntry(entry, last, writer.key);
    if (!checked.ok) return failed({ reason: reasonOf(checked.failure), seq: entry.seq });
    last = checked.value;
    fresh.push(entry);
  }
  return ok({ fresh, head: entries.at(-1)?.seq ?? last.seq });
}

/** A re-sent entry is what is stored, or it is a fork if really signed, a forgery if not. */
function judgeKnown(entry: UpEntry, known: KnownLog, writer: Writer): BatchFault | undefined {
  if (known.hashAt(entry.seq) === entry.hash) return undefined;
  const itsOwnPlace = { logId: entry.logId, seq: entry.seq - 1, hash: entry.prev };
  const isSigned = checkEntry(entry, itsOwnPlace, writer.key).ok;
  return { reason: isSigned ? 'fork' : 'signature', seq: entry.seq };
}

/** The first entry binds the log to the terminal and its key. */
function judgeGenesis(entry: UpEntry, writer: Writer): BatchFault | undefined {
  if (entry.seq !== 1) return undefined;
  const body = genesisBody.safeParse(entry.body);
  if (entry.kind !== 'genesis' || !body.success) return { reason: 'chain', seq: 1 };
  if (body.data.terminalId !== writer.terminalId) return { reason: 'foreign-log', seq: 1 };
  return body.data.signKey === writer.signKey ? undefined : { reason: 'wrong-key', seq: 1 };
}

/** A content that does not fit its own hash was not what the terminal signed. */
function reasonOf(fault: 'hash' | 'signature' | 'chain'): Refusal {
  return fault === 'chain' ? 'chain' : 'signature';
}
