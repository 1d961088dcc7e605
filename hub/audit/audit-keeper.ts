import type { KeyObject } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { AuditVerification } from '#contracts/rest/v1/audit';
import {
  type AuditRepository,
  type AuditRow,
  savedCheckpoint,
  savedEntry,
} from '#hub/storage/audit-repository';
import type { Clock } from '#platform/clock/clock';
import {
  type AuditCheckpoint,
  type AuditEntry,
  signCheckpoint,
  verifyAudit,
} from '#platform/crypto/audit-chain';
import type { Logger } from '#platform/log/logger';

const OWNER_ONLY = 0o600;
const SIGNED_EVERY_MS = 3_600_000; // what is rewritten without a trace is at most an hour old

export interface AuditKeeperDeps {
  readonly audit: AuditRepository;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of the hub: what it has signed, nobody without its key file can have written. */
  readonly keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  /** Outside the database: whoever rewrites that one has not rewritten this. */
  readonly checkpointsPath: string;
}

/** Signs the end of the audit log now and then, and finds out whether everything is as it was written. */
export class AuditKeeper {
  readonly #deps: AuditKeeperDeps;
  #timer: NodeJS.Timeout | undefined;
  #signing: Promise<void> = Promise.resolve();

  constructor(deps: AuditKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => this.#signSoon(), SIGNED_EVERY_MS);
    this.#timer.unref();
  }

  /** With a last one, so that what was written up to now is vouched for while the hub is away. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#signSoon();
    await this.#signing;
  }

  #signSoon(): void {
    this.#signing = this.#signAfter(this.#signing);
  }

  async #signAfter(before: Promise<void>): Promise<void> {
    await before;
    try {
      await this.sign();
    } catch (error) {
      // The next one vouches for as much; a disk that is full keeps nobody from stopping the hub.
      this.#deps.logger.error({ err: error }, 'the audit log could not be signed');
    }
  }

  /** @returns undefined when nothing was written since the last one */
  async sign(): Promise<AuditCheckpoint | undefined> {
    const { audit, clock, keys, checkpointsPath } = this.#deps;
    const head = await audit.head();
    const last = (await audit.checkpoints()).at(-1);
    if (head.seq === 0 || last?.body.seq === head.seq) return undefined;
    const checkpoint = signCheckpoint(head, clock.now(), keys.privateKey);
    await audit.addCheckpoint(checkpoint);
    appendFileSync(checkpointsPath, `${JSON.stringify(checkpoint)}\n`, { mode: OWNER_ONLY });
    return checkpoint;
  }

  /** From the database and from the file beside it, each once. */
  async checkpoints(): Promise<readonly AuditCheckpoint[]> {
    const both = [...(await this.#deps.audit.checkpoints()), ...this.#kept()];
    const texts = new Map(both.map((each) => [JSON.stringify(each), each]));
    return [...texts.values()].toSorted((one, other) => one.body.seq - other.body.seq);
  }

  async verify(): Promise<AuditVerification> {
    const { audit, keys } = this.#deps;
    const { logId, seq, hash } = await audit.head();
    const checkpoints = await this.checkpoints();
    const proof = { logId, checkpoints, publicKey: keys.publicKey };
    const verified = await verifyAudit(entriesFrom(audit.rows(), logId), proof);
    const counted = { logId, checkpoints: checkpoints.length };
    if (!verified.ok) return { outcome: 'broken', ...counted, ...verified.failure };
    const { value: head } = verified;
    // The row that says where the log ends knows of entries that nobody has signed for yet.
    if (head.seq < seq) {
      return { outcome: 'broken', ...counted, seq: head.seq + 1, fault: 'cut-short' };
    }
    if (head.seq > seq || head.hash !== hash) {
      return { outcome: 'broken', ...counted, seq: seq + 1, fault: 'changed' };
    }
    return { outcome: 'whole', ...counted, entries: head.seq, hash: head.hash };
  }

  #kept(): readonly AuditCheckpoint[] {
    const { checkpointsPath } = this.#deps;
    if (!existsSync(checkpointsPath)) return [];
    const lines = readFileSync(checkpointsPath, 'utf8').split('\n');
    return lines.filter((line) => line !== '').flatMap((line) => checkpointFrom(line) ?? []);
  }
}

/** A line cut short by a power cut vouches for nothing, and accuses nobody. */
function checkpointFrom(line: string): AuditCheckpoint | undefined {
  const parsed = savedCheckpoint.safeParse(line);
  return parsed.success ? parsed.data : undefined;
}

/** What cannot be read any more stands there as what it is: an entry whose hash does not hold. */
async function* entriesFrom(
  rows: AsyncIterable<AuditRow>,
  logId: string,
): AsyncGenerator<AuditEntry> {
  for await (const { seq, isAsWritten, text } of rows) {
    const parsed = savedEntry.safeParse(text);
    const isSound = parsed.success && isAsWritten;
    yield isSound ? parsed.data : { logId, seq, prev: '', at: '', act: {}, hash: '' };
  }
}
