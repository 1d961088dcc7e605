import { z } from 'zod';
import { digest, logId } from '#contracts/wire/v1/ids';
import type { ChainLink } from '#platform/crypto/entry-chain';
import { readPrivateFile, writePrivateFile } from '#platform/files/private-file';

const link = z.strictObject({ logId, seq: z.int().min(0), hash: digest });

const WRITE_DELAY_MS = 1000; // one small file a second at most, however many punches there are

/**
 * Remembers outside the database how far the log had come. A database that is behind its witness was
 * restored; one that is ahead only outlived a crash.
 */
export class LogWitness {
  readonly #path: string;
  #latest: ChainLink | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** @returns undefined where there is none to ask: a new terminal, or a damaged file */
  read(): ChainLink | undefined {
    const text = readPrivateFile(this.#path);
    if (!text.ok) return undefined;
    try {
      return link.parse(JSON.parse(text.value));
    } catch {
      return undefined; // cut by a power loss; the chain itself is not in doubt
    }
  }

  note(head: ChainLink): void {
    this.#latest = head;
    this.#timer ??= setTimeout(() => this.flush(), WRITE_DELAY_MS).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#latest === undefined) return;
    try {
      writePrivateFile(this.#path, JSON.stringify(this.#latest));
      this.#latest = undefined;
    } catch {
      // No room: the log itself says so to people. Being behind is safe, and the next note retries.
    }
  }
}
