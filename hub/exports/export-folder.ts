import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type SheetFile, writeSheetFile } from '#platform/sheet/sheet-file';

const OWNER_ONLY = 0o700; // what is exported is nobody else's business

/** Both ends inside. */
export interface BytesWanted {
  readonly first: number;
  readonly last: number;
}

/** Finished exports on the disk. Several hubs that share a database share this folder too. */
export class ExportFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async write(stored: string, chunks: AsyncIterable<Uint8Array>): Promise<SheetFile> {
    await mkdir(this.#path, { recursive: true, mode: OWNER_ONLY });
    return await writeSheetFile(join(this.#path, stored), chunks);
  }

  /** @returns undefined when it is not there, or is not as long as it was */
  async read(stored: string, bytes: number, wanted?: BytesWanted): Promise<ReadStream | undefined> {
    const path = join(this.#path, stored);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== bytes) return undefined;
    return createReadStream(path, wanted && { start: wanted.first, end: wanted.last });
  }

  async remove(stored: string): Promise<void> {
    await rm(join(this.#path, stored), { force: true });
  }

  /** Removes what belongs to none of these exports: files that expired, halves that a crash left. */
  async keepOnly(exportIds: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#path).catch(() => []); // nothing was exported yet
    for (const name of names) {
      const [exportId = ''] = name.split('.');
      if (!exportIds.has(exportId)) await this.remove(name);
    }
  }
}
