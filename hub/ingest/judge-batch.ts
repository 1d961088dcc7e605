import type { KeyObject } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Refusal } from '#contracts/wire/v1/messages';
import { BATCH_BYTES_MAX, genesisBody, type UpEntry, upBatch } from '#contracts/wire/v1/up-log';
import { failed, ok, type Result } from '#domain/result';
import { jsonOf } from '#hub/ingest/signed-message';
import type { StoredLink } from '#hub/storage/up-log-repository';
import { chainStart, checkEntry } from '#platform/crypto/entry-chain';

/** What the hub already holds at one place of the log a batch belongs to. */
export type LinkAt = (seq: number) => StoredLink | undefined;

export interface Writer {
  readonly terminalId: string;
  readonly signKey: string;
  readonly key: KeyObject;
}

export interface BatchFault {
  readonly reason: Refusal;
  readonly seq?: number;
}

const SLICE = 16; // entries checked before others get a turn: about 3 ms

/** Every place of the log that `judgeBatch` will look at. */
export function placesAround(entries: readonly UpEntry[]): number[] {
  return [...new Set(entries.flatMap(({ seq }) => [seq - 1, seq, seq + 1]))];
}

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

/**
 * Decides about a whole batch before anything of it is stored: all of it or nothing.
 *
 * Entries may come before what precedes them, as live punches do while a backlog is being sent. Each
 * is checked against both neighbours, as far as they are here: once a log has no gaps, every link of
 * its chain has been checked.
 *
 * @returns the entries that are new
 */
export async function judgeBatch(
  entries: readonly UpEntry[],
  linkAt: LinkAt,
  writer: Writer,
): Promise<Result<UpEntry[], BatchFault>> {
  const fresh: UpEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    const stored = linkAt(entry.seq);
    if (stored?.hash === entry.hash) continue; // sent again
    const last = fresh.at(-1);
    const before = last?.seq === entry.seq - 1 ? last : linkAt(entry.seq - 1);
    const fault = judgeGenesis(entry, writer) ?? judgeEntry(entry, before, writer);
    if (fault !== undefined) return failed(fault);
    // Signed by the terminal itself, and yet not what it signed before for this place.
    const after = linkAt(entry.seq + 1);
    const isFork = stored !== undefined || (after !== undefined && after.prev !== entry.hash);
    if (isFork) return failed({ reason: 'fork', seq: entry.seq });
    fresh.push(entry);
  }
  return ok(fresh);
}

/** An entry whose predecessor is not here yet is checked for content and signature alone. */
function judgeEntry(
  entry: UpEntry,
  before: StoredLink | undefined,
  writer: Writer,
): BatchFault | undefined {
  const place = { logId: entry.logId, seq: entry.seq - 1 };
  const link =
    entry.seq === 1 ? chainStart(entry.logId) : { ...place, hash: before?.hash ?? entry.prev };
  const checked = checkEntry(entry, link, writer.key);
  return checked.ok ? undefined : { reason: reasonOf(checked.failure), seq: entry.seq };
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
