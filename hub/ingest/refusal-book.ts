import type { Refusal } from '#contracts/wire/v1/messages';
import type { QuarantineRepository, RefusedPayload } from '#hub/storage/quarantine-repository';
import type { TerminalRepository } from '#hub/storage/terminal-repository';
import type { Clock } from '#platform/clock/clock';
import { sha256Hex } from '#platform/crypto/canonical';
import type { Logger } from '#platform/log/logger';
import type { SqliteDatabase } from '#platform/sqlite/database';

const FLUSH_AFTER_MS = 250;
const DIGESTS_PER_FLUSH_MAX = 50; // a flood is counted in full and exemplified in part
const TERMINALS_PER_FLUSH_MAX = 1000;

interface BookDeps {
  readonly db: SqliteDatabase;
  readonly terminals: TerminalRepository;
  readonly quarantine: QuarantineRepository;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onWritten: (terminalId: string) => void;
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
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS);
  }

  /** Also called before anyone reads the counts, and at the end. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#tallies.size === 0) return;
    const tallies = [...this.#tallies];
    const examples = this.#examples;
    this.#tallies.clear();
    this.#examples = [];
    try {
      this.#write(tallies, examples);
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'refusals could not be written down');
      return; // counts are worth less than a running hub
    }
    for (const [terminalId] of tallies) this.#deps.onWritten(terminalId);
  }

  #write(tallies: readonly [string, Tally][], examples: readonly RefusedPayload[]): void {
    const { db, terminals, quarantine } = this.#deps;
    db.transaction(() => {
      for (const [terminalId, tally] of tallies) terminals.countRefusals(terminalId, tally);
      for (const example of examples) quarantine.add(example);
      quarantine.trim();
    })();
  }
}
