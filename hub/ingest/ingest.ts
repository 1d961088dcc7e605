import type { AckBody } from '#contracts/wire/v1/messages';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { failed, ok, type Result } from '#domain/result';
import type { PunchTimes } from '#hub/attendance/punch-times';
import type { EntryActions, EntryEffect } from '#hub/ingest/entry-actions';
import { type BatchFault, judgeBatch, placesAround, readBatch } from '#hub/ingest/judge-batch';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { JoinedTerminal } from '#hub/storage/terminal-repository';
import type { StoredLink, UpLogRepository } from '#hub/storage/up-log-repository';
import type { Clock } from '#platform/clock/clock';
import { publicKeyOf } from '#platform/crypto/keys';

const CREDIT_ENTRIES = 400; // two full batches under way: the line is never idle, the hub never flooded

const EARLY_ENTRIES_MAX = 2000; // live entries of a busy day that may wait here for a backlog
const WANTED_RANGES_MAX = 20; // as many as an acknowledgement may carry
const JUDGEMENTS_MAX = 3; // of one batch, while another hub stores the same one

interface IngestDeps {
  readonly db: HubDatabase;
  readonly log: UpLogRepository;
  readonly actions: EntryActions;
  readonly times: PunchTimes;
  readonly clock: Clock;
}

export interface Ingested {
  /** Absent when it is not even known which log to speak of. */
  readonly ack: AckBody | undefined;
  readonly effects: readonly EntryEffect[];
  readonly fault?: BatchFault;
}

type AckWithoutPlace = Pick<AckBody, 'kind' | 'terminalId' | 'credit'>;

/** What a batch was judged against. */
interface Surroundings {
  readonly owner: string | undefined;
  readonly links: ReadonlyMap<number, StoredLink>;
}

/**
 * Schema, key, signature, chain, one transaction, and only then an acknowledgement. Batches of one
 * terminal must come one after the other; should two hubs be given the same one, the second finds the
 * log changed under its judgement and judges again.
 */
export class Ingest {
  readonly #deps: IngestDeps;

  constructor(deps: IngestDeps) {
    this.#deps = deps;
  }

  /** @throws when the disk is full or the database away: nothing was stored, nothing may be acknowledged */
  async receive(
    terminalId: string,
    terminal: JoinedTerminal | undefined,
    payload: Uint8Array,
  ): Promise<Ingested> {
    const entries = readBatch(payload);
    if (!entries.ok) return await this.#refused(terminalId, terminal?.logId, entries.failure);
    const logId = entries.value[0]?.logId;
    if (logId === undefined) {
      return await this.#refused(terminalId, terminal?.logId, { reason: 'schema' });
    }
    if (terminal === undefined) {
      return await this.#refused(terminalId, logId, { reason: 'not-joined' });
    }
    const taken = await this.#take(terminal, logId, entries.value);
    if (!taken.ok) return await this.#refused(terminalId, logId, taken.failure);
    return { ack: await this.#ack(terminalId, logId), effects: taken.value };
  }

  async #take(
    terminal: JoinedTerminal,
    logId: string,
    entries: readonly UpEntry[],
  ): Promise<Result<EntryEffect[], BatchFault>> {
    for (let round = 1; round <= JUDGEMENTS_MAX; round += 1) {
      const known = await this.#around(logId, entries);
      const fresh = await judge(terminal, known, entries);
      if (!fresh.ok) return fresh;
      if (fresh.value.length === 0) return ok([]);
      const effects = await this.#store(terminal, fresh.value, known);
      if (effects !== undefined) return ok(effects);
    }
    throw new Error(`another hub writes log ${logId} at the same time`);
  }

  async #around(logId: string, entries: readonly UpEntry[]): Promise<Surroundings> {
    const { log } = this.#deps;
    return {
      owner: await log.ownerOf(logId),
      links: await log.linksAt(logId, placesAround(entries)),
    };
  }

  /** @returns undefined when the log is no longer what the entries were judged against */
  async #store(
    terminal: JoinedTerminal,
    fresh: readonly UpEntry[],
    judged: Surroundings,
  ): Promise<EntryEffect[] | undefined> {
    const { db, log, actions, times, clock } = this.#deps;
    const { terminalId, siteId } = terminal;
    const receivedAtMs = clock.now().epochMilliseconds;
    const source = { terminalId, siteId, receivedAtMs };
    const logId = fresh[0]?.logId ?? '';
    return await db.transaction(async () => {
      if (!isAsJudged(await this.#around(logId, fresh), judged)) return undefined;
      await log.begin(logId, terminalId);
      const { upto } = await log.extent(logId);
      const room = EARLY_ENTRIES_MAX - (await log.countEarly(logId));
      const isNext = fresh[0]?.seq === upto + 1;
      if (!isNext && fresh.length > room) return []; // asked for again, in order
      await log.append(fresh, receivedAtMs);
      const inOrder = await log.closeGaps(logId);
      const early = fresh.filter((entry) => entry.seq > upto + inOrder.length);
      const shown = await actions.actOnEarly(early, source);
      const acted = await actions.actOn(inOrder, source);
      const timed = await times.onEntries(terminalId, fresh);
      return [...shown, ...acted, ...timed.map(retimedEffect)];
    });
  }

  /** Read back from the disk: a re-sent batch is answered exactly as it was the first time. */
  async #ack(terminalId: string, logId: string): Promise<AckBody> {
    const { upto, head, missing } = await this.#deps.log.extent(logId);
    const want = missing.slice(0, WANTED_RANGES_MAX);
    return { ...place(terminalId), logId, upto, head, ...(want.length > 0 ? { want } : {}) };
  }

  async #refused(
    terminalId: string,
    logId: string | undefined,
    fault: BatchFault,
  ): Promise<Ingested> {
    if (logId === undefined) return { ack: undefined, effects: [], fault };
    const isForeign = fault.reason === 'foreign-log' || fault.reason === 'not-joined';
    const nothing = { upto: 0, head: 0 }; // nobody learns about another's log
    const { upto, head } = isForeign ? nothing : await this.#deps.log.extent(logId);
    const ack = { ...place(terminalId), logId, upto, head, refused: fault };
    return { ack, effects: [], fault };
  }
}

function place(terminalId: string): AckWithoutPlace {
  return { kind: 'ack', terminalId, credit: CREDIT_ENTRIES };
}

async function judge(
  { terminalId, signKey }: JoinedTerminal,
  { owner, links }: Surroundings,
  entries: readonly UpEntry[],
): Promise<Result<UpEntry[], BatchFault>> {
  if (owner !== undefined && owner !== terminalId) return failed({ reason: 'foreign-log' });
  const writer = { terminalId, signKey, key: publicKeyOf('ed25519', signKey) };
  return await judgeBatch(entries, (seq) => links.get(seq), writer);
}

/** Nothing is ever changed or removed, so a place can only have been filled. */
function isAsJudged(found: Surroundings, judged: Surroundings): boolean {
  const isOwned = found.owner === judged.owner;
  return isOwned && [...found.links.keys()].every((seq) => judged.links.has(seq));
}

function retimedEffect({
  logId,
  seq,
}: {
  readonly logId: string;
  readonly seq: number;
}): EntryEffect {
  return { kind: 'retimed', logId, seq };
}
