import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Files under the digest of what is in them: the same content lies there once, no name of anybody's
 * reaches the disk, and what was changed behind our back is not handed out.
 */
export class DigestStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Durable when it returns; a power cut leaves the whole file or none. @returns its digest */
  async keep(content: Uint8Array): Promise<string> {
    const digest = digestOf(content);
    const folder = join(this.#folder, digest.slice(0, 2));
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    const draft = join(folder, `${randomUUID()}.new`);
    try {
      const file = await open(draft, 'wx', OWNER_ONLY);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, this.#pathOf(digest));
    } finally {
      await rm(draft, { force: true });
    }
    await chmod(this.#pathOf(digest), OWNER_ONLY);
    return digest;
  }

  /** @returns undefined where it is gone, or is not what it was */
  async read(digest: string): Promise<Uint8Array | undefined> {
    try {
      const content = await readFile(this.#pathOf(digest));
      return digestOf(content) === digest ? content : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Takes away what nobody holds. Only what has lain there since before a moment: others come in meanwhile. */
  async sweep(beforeMs: number, isHeld: (digest: string) => Promise<boolean>): Promise<number> {
    let removed = 0;
    for (const digest of await this.#all()) {
      const path = this.#pathOf(digest);
      if ((await stat(path)).mtimeMs >= beforeMs || (await isHeld(digest))) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  async #all(): Promise<string[]> {
    try {
      const names = await readdir(this.#folder, { recursive: true });
      return names.map((name) => name.slice(-DIGEST_LENGTH)).filter((name) => DIGEST.test(name));
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  #pathOf(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), digest);
  }
}

const DIGEST_LENGTH = 64; // SHA-256 in hexadecimal

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
