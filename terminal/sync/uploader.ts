import type { AckBody, Refusal } from '#contracts/wire/v1/messages';
import { BATCH_BYTES_MAX, BATCH_ENTRIES_MAX } from '#contracts/wire/v1/up-log';
import type { Logger } from '#platform/log/logger';
import type { LogRepository } from '#terminal/log/log-repository';

/** Sent before the hub has named its credit: enough for a door's quiet hour, small enough for any hub. */
const CREDIT_FIRST = 50;
/** Live entries go out beside the backfill without credit, but never more than this between two acks. */
const LIVE_UNPAID_MAX = 50;
const ACK_PATIENCE_MS = 10_000; // a hub that has not answered by then is asked again
const REFUSED_PATIENCE_MS = 30_000; // what the hub refuses now it will most likely refuse in a second
const BATCH_ENVELOPE_BYTES = 32; // `{"v":1,"entries":[` … `]}`

interface Range {
  readonly from: number;
  readonly upto: number;
}

interface UploaderParts {
  readonly repository: LogRepository;
  readonly publish: (payload: string) => Promise<void>;
  readonly monotonicMs: () => number;
  readonly logger: Logger;
  /** The hub holds another continuation of this log of ours. */
  readonly onForked: (logId: string) => void;
}

/**
 * Sends what the hub has not acknowledged, oldest first and on credit; what was just written goes out
 * at once even while an old backlog is still being sent. Nothing here decides that an entry has
 * arrived: only the hub's signed acknowledgement moves the cursor.
 */
export class Uploader {
  readonly #parts: UploaderParts;
  #connected = false;
  #credit = CREDIT_FIRST;
  #unpaid = 0;
  /** Highest `seq` that overtook a backlog not yet acknowledged; 0 when none has. */
  #liveUpto = 0;
  #sending = false;
  #again = false;
  /** Highest `seq` sent in order since the last connection or loss, per log. */
  readonly #sentUpto = new Map<string, number>();
  #seenHead: { logId: string; seq: number } | undefined;
  #wanted: { logId: string; ranges: readonly Range[] } | undefined;
  #quietUntilMs = 0;
  #lastProgressMs = 0;
  #refused: Refusal | undefined;

  constructor(parts: UploaderParts) {
    this.#parts = parts;
  }

  /** Why the hub takes nothing at the moment. */
  get refused(): Refusal | undefined {
    return this.#refused;
  }

  /** Entries not yet acknowledged, over all logs. */
  waiting(): number {
    return this.#parts.repository
      .debts()
      .reduce((sum, debt) => sum + Math.max(0, debt.headSeq - debt.ackedSeq), 0);
  }

  onConnected(): void {
    this.#connected = true;
    this.#quietUntilMs = 0;
    this.#startOver();
    this.nudge();
  }

  onDisconnected(): void {
    this.#connected = false;
  }

  /** Something was appended, or credit came. Safe to call at any time. */
  nudge(): void {
    if (!this.#connected) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = true;
    void this.#sendAll();
  }

  /** Called about once a second: batches and acknowledgements may be lost on the way. */
  tick(): void {
    if (!this.#connected || this.waiting() === 0) return;
    const nowMs = this.#parts.monotonicMs();
    if (nowMs < this.#quietUntilMs || nowMs - this.#lastProgressMs < ACK_PATIENCE_MS) return;
    this.#startOver();
    this.nudge();
  }

  /** @param ack already proved to be the hub's and meant for this terminal */
  acknowledge(ack: AckBody): void {
    const { repository, monotonicMs } = this.#parts;
    const debts = repository.debts();
    const debt = debts.find((each) => each.logId === ack.logId);
    if (debt === undefined) return;
    // A fork's `upto` counts the other continuation: it acknowledges nothing that we wrote.
    // An older log ends where the database was put back, so there the hub rightly knows more.
    const isCurrent = debt === debts.at(-1);
    const hubKnowsMore = Math.max(ack.upto, ack.head) > debt.headSeq;
    if ((hubKnowsMore && isCurrent) || ack.refused?.reason === 'fork') {
      this.#parts.onForked(ack.logId);
      this.nudge();
      return;
    }
    repository.acknowledge(ack.logId, Math.min(ack.upto, debt.headSeq));
    if (ack.upto > debt.ackedSeq) this.#lastProgressMs = monotonicMs();
    this.#credit = ack.credit;
    this.#unpaid = 0;
    this.#raiseSent(ack.logId, ack.upto);
    if (ack.refused === undefined) {
      this.#refused = undefined;
      this.#heed(ack, debt.ackedSeq);
    } else this.#backOff(ack.refused);
    this.nudge();
  }

  /**
   * What the hub misses of what it once acknowledged is sent beside the backlog; what it misses of the
   * backlog itself is sent by going back, unless it only saw a live entry overtake the rest.
   */
  #heed(ack: AckBody, ackedBefore: number): void {
    this.#wanted = wantedOf(ack, ackedBefore);
    if (ack.upto >= this.#liveUpto) this.#liveUpto = 0;
    const missesBacklog = ack.want?.some(({ from }) => from === ack.upto + 1) ?? false;
    if (missesBacklog && this.#liveUpto === 0) {
      this.#sentUpto.set(ack.logId, Math.max(ack.upto, ackedBefore));
    }
  }

  #backOff(refused: { readonly reason: Refusal; readonly seq?: number | undefined }): void {
    this.#refused = refused.reason;
    this.#quietUntilMs = this.#parts.monotonicMs() + REFUSED_PATIENCE_MS;
    this.#parts.logger.error({ refused }, 'the hub refuses our entries; they are kept');
  }

  #startOver(): void {
    this.#sentUpto.clear();
    this.#seenHead = undefined;
    this.#wanted = undefined;
    this.#liveUpto = 0;
    this.#credit = CREDIT_FIRST;
    this.#unpaid = 0;
    this.#lastProgressMs = this.#parts.monotonicMs();
  }

  async #sendAll(): Promise<void> {
    try {
      do {
        this.#again = false;
        await this.#drain();
      } while (this.#again && this.#connected);
    } catch {
      // The line went down in between: the next connection starts over from the cursor.
      this.#startOver();
    } finally {
      this.#sending = false;
    }
  }

  async #drain(): Promise<void> {
    while (this.#connected && this.#parts.monotonicMs() >= this.#quietUntilMs) {
      const batch = this.#nextBatch();
      if (batch === undefined) return;
      await this.#parts.publish(batch);
    }
  }

  /** What is newest first, then what the hub asked for, then the backlog. */
  #nextBatch(): string | undefined {
    return this.#liveBatch() ?? this.#wantedBatch() ?? this.#backlogBatch();
  }

  /** Entries written since we last looked, when a backlog stands before them. */
  #liveBatch(): string | undefined {
    const current = this.#parts.repository.debts().at(-1);
    if (current === undefined) return undefined;
    const { logId, headSeq, ackedSeq } = current;
    const seen = this.#seenHead?.logId === logId ? this.#seenHead.seq : headSeq;
    this.#seenHead = { logId, seq: headSeq };
    const sent = Math.max(this.#sentUpto.get(logId) ?? 0, ackedSeq);
    const fresh = headSeq - seen;
    const backlog = seen - sent;
    if (fresh <= 0 || backlog <= 0 || this.#unpaid + fresh > LIVE_UNPAID_MAX) return undefined;
    this.#unpaid += fresh;
    this.#liveUpto = headSeq;
    return this.#batch(logId, { from: seen + 1, upto: headSeq }, fresh)?.payload;
  }

  #wantedBatch(): string | undefined {
    const range = this.#wanted?.ranges[0];
    if (this.#wanted === undefined || range === undefined || this.#credit <= 0) return undefined;
    const { logId, ranges } = this.#wanted;
    const batch = this.#batch(logId, range, this.#credit);
    if (batch === undefined || batch.upto >= range.upto)
      this.#wanted = { logId, ranges: ranges.slice(1) };
    else
      this.#wanted = {
        logId,
        ranges: [{ from: batch.upto + 1, upto: range.upto }, ...ranges.slice(1)],
      };
    if (batch === undefined) return undefined;
    this.#credit -= batch.count;
    return batch.payload;
  }

  #backlogBatch(): string | undefined {
    if (this.#credit <= 0) return undefined;
    for (const { logId, ackedSeq, headSeq } of this.#parts.repository.debts()) {
      const sent = Math.max(this.#sentUpto.get(logId) ?? 0, ackedSeq);
      if (sent >= headSeq) continue;
      const batch = this.#batch(logId, { from: sent + 1, upto: headSeq }, this.#credit);
      if (batch === undefined) continue;
      this.#credit -= batch.count;
      this.#raiseSent(logId, batch.upto);
      return batch.payload;
    }
    return undefined;
  }

  #batch(
    logId: string,
    range: Range,
    countMax: number,
  ): { payload: string; count: number; upto: number } | undefined {
    const limit = Math.min(countMax, BATCH_ENTRIES_MAX);
    const texts = fitting(this.#parts.repository.texts(logId, range, limit));
    if (texts.length === 0) return undefined;
    // Stored texts are canonical JSON already: parsing them only to write them again proves nothing.
    const payload = `{"v":1,"entries":[${texts.join(',')}]}`;
    return { payload, count: texts.length, upto: range.from + texts.length - 1 };
  }

  #raiseSent(logId: string, seq: number): void {
    this.#sentUpto.set(logId, Math.max(this.#sentUpto.get(logId) ?? 0, seq));
  }
}

/** A hub that was put back to an earlier state lacks what it once acknowledged, and may not know it. */
function wantedOf(
  { logId, upto, want }: AckBody,
  ackedBefore: number,
): { logId: string; ranges: readonly Range[] } | undefined {
  const asked = (want ?? []).filter(({ from }) => from <= ackedBefore);
  const lost = upto < ackedBefore ? [{ from: upto + 1, upto: ackedBefore }] : [];
  const ranges = (asked.length > 0 ? asked : lost).map(({ from, upto: last }) => ({
    from,
    upto: Math.min(last, ackedBefore),
  }));
  return ranges.length === 0 ? undefined : { logId, ranges };
}

/** As many from the front as one message may hold, and always one. */
function fitting(texts: readonly string[]): readonly string[] {
  let bytes = BATCH_ENVELOPE_BYTES;
  const end = texts.findIndex((text, index) => {
    bytes += Buffer.byteLength(text) + 1;
    return index > 0 && bytes > BATCH_BYTES_MAX;
  });
  return end === -1 ? texts : texts.slice(0, end);
}
