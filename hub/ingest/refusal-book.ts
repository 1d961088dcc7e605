import type { Refusal } from '#contracts/wire/v1/messages';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { QuarantineRepository, RefusedPayload } from '#hub/storage/quarantine-repository';
import type { TerminalRepository } from '#hub/storage/terminal-repository';
import type { Clock } from '#platform/clock/clock';
import { sha256Hex } from '#platform/crypto/canonical';
import type { Logger } from '#platform/log/logger';

const FLUSH_AFTER_MS = 250;
const DIGESTS_PER_FLUSH_MAX = 50; // a flood is counted in full and exemplified in part
const TERMINALS_PER_FLUSH_MAX = 1000;

interface BookDeps {
  readonly db: HubDatabase;
  readonly terminals: TerminalRepository;
  readonly quarantine: QuarantineRepository;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onWritten: (terminalId: string) => Promise<void>;
}

interface Tally {
  count: number;
  reason: Refusal;
  atMs: number;
}

/** Counts what was refused, in memory first: a flood must not become a flood of disk writes. */
export class RefusalBook {
  readonly #deps: BookDeps;
  readonly #tallies = new Map<string, Tally>();
  #examples: RefusedPayload[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** One flush after the other, so that whoever waits for one sees everything counted before. */
  #flushed: Promise<void> = Promise.resolve();

  constructor(deps: BookDeps) {
    this.#deps = deps;
  }

  count(terminalId: string, reason: Refusal, payload: Uint8Array): void {
    const atMs = this.#deps.clock.now().epochMilliseconds;
    const tally = this.#tallies.get(terminalId);
    if (tally !== undefined) Object.assign(tally, { count: tally.count + 1, reason, atMs });
    else if (this.#tallies.size < TERMINALS_PER_FLUSH_MAX)
      this.#tallies.set(terminalId, { count: 1, reason, atMs });
    if (this.#examples.length < DIGESTS_PER_FLUSH_MAX) {
      const digest = sha256Hex(payload);
      const bytes = payload.byteLength;
      this.#examples.push({ terminalId, reason, digest, bytes, receivedAtMs: atMs });
    }
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS);
  }

  /** Also called before anyone reads the counts, and at the end. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushed = this.#flushed.then(() => this.#writeDown());
    return this.#flushed;
  }

  async #writeDown(): Promise<void> {
    if (this.#tallies.size === 0) return;
    const tallies = [...this.#tallies];
    const examples = this.#examples;
    this.#tallies.clear();
    this.#examples = [];
    try {
      await this.#write(tallies, examples);
      for (const [terminalId] of tallies) await this.#deps.onWritten(terminalId);
    } catch (error) {
      // counts are worth less than a running hub
      this.#deps.logger.error({ err: error }, 'refusals could not be written down');
    }
  }

  async #write(
    tallies: readonly [string, Tally][],
    examples: readonly RefusedPayload[],
  ): Promise<void> {
    const { db, terminals, quarantine } = this.#deps;
    await db.transaction(async () => {
      for (const [terminalId, tally] of tallies) await terminals.countRefusals(terminalId, tally);
      await quarantine.add(examples);
      await quarantine.trim();
    });
  }
}
